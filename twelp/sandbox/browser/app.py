"""The routes of the town: the page, what changes while somebody looks, what forms do, and the two files beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib import resources
from typing import Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from twelp.sandbox.browser.behind import Told
from twelp.sandbox.browser.guard import Guard
from twelp.sandbox.browser.live import changes
from twelp.sandbox.browser.page import Pages
from twelp.sandbox.browser.place import PATH, Place
from twelp.sandbox.browser.pressing import Pressed
from twelp.sandbox.wire import App
from twelp.sandbox.world import Sandbox

LEAVE: Final = "/_sandbox/town/app"
"""Where the app leaves the address at which it tells of questions."""

_FILES: Final = {"town.css": "text/css", "town.js": "text/javascript"}
_MOST_BYTES: Final = 200_000


def town_app(sandbox: Sandbox) -> App:
    """The app that serves `PATH` and `LEAVE`."""
    told, pressed = Told(), Pressed(sandbox)
    pages = Pages(sandbox, told, pressed)

    async def page(request: Request) -> Response:
        place = Place.read(request.url.query)
        pages.keep(place)
        await pages.open_home(place)
        return Response(await pages.whole(place), media_type="text/html")

    async def live(request: Request) -> Response:
        place = Place.read(request.url.query)

        async def events() -> AsyncIterator[str]:
            async for event in changes(pages, place):
                yield event

        return StreamingResponse(events(), media_type="text/event-stream")

    async def act(request: Request) -> Response:
        body = await request.body()
        if len(body) > _MOST_BYTES:
            return PlainTextResponse("That is more than anybody types.\n", status_code=413)
        form: dict[str, str] = {}
        for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=500):
            form[name] = f"{form[name]}\x1f{value}" if name in form and name.startswith("field ") else value
        place = await pressed.press(request.path_params["act"], Place.read(form.get("place", "")), form)
        return RedirectResponse(place.to(), status_code=303)

    async def leave(request: Request) -> Response:
        try:
            told.leave(str((await request.json())["url"]))
        except (ValueError, KeyError, TypeError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return JSONResponse({"url": told.url})

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _FILES:
            return PlainTextResponse("There is no such file.\n", status_code=404)
        found = resources.files("twelp.sandbox.browser").joinpath("static", name).read_bytes()
        return Response(found, media_type=_FILES[name])

    routes = [
        Route(PATH, page),
        Route(f"{PATH}/live", live),
        Route(f"{PATH}/act/{{act}}", act, methods=["POST"]),
        Route(f"{PATH}/static/{{name}}", file),
        Route(LEAVE, leave, methods=["POST"]),
    ]
    made = Starlette(routes=routes)
    made.router.redirect_slashes = False
    return Guard(made)
