"""The console's routes: pages, the same as JSON where there is more to them, and the style sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from twelp.console import shown
from twelp.console.guard import guarded
from twelp.console.sources import Sources
from twelp.model import Figure
from twelp.reading import By, as_json
from twelp.reading.sheet import sheet

SPANS: Final = (1, 7, 28, 91)
"""Days that the report is offered for."""

WAYS: Final = {"topic": By.TOPIC, "hour": By.HOUR, "language": By.LANGUAGE, "week": By.WEEK}


class Console:
    """The pages.

    Args:
        sources: what they show.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._templates = Environment(
            loader=PackageLoader("twelp.console"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= shown.words(sources.in_force)

    def routes(self) -> list[BaseRoute]:
        """All of them, each for this machine alone."""
        pages = {
            "/": self._now,
            "/questions/{key}.json": self._question_json,
            "/questions/{key}": self._question,
            "/people": self._people,
            "/insight": self._insight,
            "/insight.json": self._insight_json,
            "/insight.csv": self._insight_csv,
            "/trail": self._trail,
            "/jobs": self._jobs,
            "/console.css": self._style,
        }
        return [Route(path, guarded(page)) for path, page in pages.items()]

    async def _now(self, request: Request) -> Response:
        return self._page("now.html", await run_in_threadpool(self._sources.now))

    async def _question(self, request: Request) -> Response:
        key = request.path_params["key"]
        found = await run_in_threadpool(self._sources.question, key)
        if found is None:
            return self._page("missing.html", {"key": key}, status=404)
        if found.question is None and found.belongs_to not in (None, key):
            return RedirectResponse(f"/questions/{found.belongs_to}", status_code=302)
        return self._page("question.html", {"found": found, "key": key})

    async def _question_json(self, request: Request) -> Response:
        found = await run_in_threadpool(self._sources.question, request.path_params["key"])
        if found is None:
            return JSONResponse({"error": "that post was never heard"}, status_code=404)
        return JSONResponse(as_json(found))

    async def _people(self, request: Request) -> Response:
        return self._page("people.html", await run_in_threadpool(self._sources.people))

    async def _insight(self, request: Request) -> Response:
        days, by = _asked(request)
        report = await run_in_threadpool(self._sources.report, days, WAYS.get(by))
        each_day = await run_in_threadpool(self._sources.each_day, days)
        given = {"report": report, "days": days, "by": by, "spans": SPANS, "ways": WAYS, "Figure": Figure}
        return self._page("insight.html", {**given, "bars": shown.bars(each_day)})

    async def _insight_json(self, request: Request) -> Response:
        days, by = _asked(request)
        return JSONResponse(as_json(await run_in_threadpool(self._sources.report, days, WAYS.get(by))))

    async def _insight_csv(self, request: Request) -> Response:
        days, by = _asked(request)
        out = io.StringIO()
        csv.writer(out).writerows(sheet(await run_in_threadpool(self._sources.report, days, WAYS.get(by))))
        return Response(out.getvalue(), media_type="text/csv")

    async def _trail(self, request: Request) -> Response:
        """The journal; a post's id or key leads to its question."""
        wanted = request.query_params.get("post", "").strip().rstrip("/").rpartition("/")[2]
        if wanted:
            key = wanted if ":" in wanted else await run_in_threadpool(self._key, wanted)
            return RedirectResponse(f"/questions/{key}", status_code=302)
        return self._page("trail.html", await run_in_threadpool(self._sources.journal))

    def _key(self, post_id: str) -> str:
        keys = [f"{network}:{post_id}" for network in self._sources.roster.brand.handles]
        return next((key for key in keys if self._sources.question(key) is not None), keys[0])

    async def _jobs(self, request: Request) -> Response:
        failed = request.query_params.get("failed") == "1"
        return self._page("jobs.html", await run_in_threadpool(self._sources.queue, failed))

    async def _style(self, request: Request) -> Response:
        found = resources.files("twelp.console").joinpath("static", "console.css").read_bytes()
        return Response(found, media_type="text/css")

    def _page(self, name: str, given: Mapping[str, Any], *, status: int = 200) -> Response:
        made = self._templates.get_template(name).render(**given, now=self._sources.clock.now())
        return Response(made, status_code=status, media_type="text/html")


def console_routes(sources: Sources) -> list[BaseRoute]:
    """Where the console answers."""
    return Console(sources).routes()


def _asked(request: Request) -> tuple[int, str]:
    """Of how many days, and by what; what cannot be understood is as at the beginning."""
    given = request.query_params.get("days", "")
    days = int(given) if given.isascii() and given.isdigit() and 1 <= int(given[:4]) <= 366 else 7
    by = request.query_params.get("by", "")
    return min(days, 366), by if by in WAYS else ""
