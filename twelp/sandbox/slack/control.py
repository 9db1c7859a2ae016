"""Drives the people of the local Slack over HTTP, and shows what they see. Mounted by the server, apart from the API.

Bodies are JSON objects; a person is named by id, name or e-mail. Errors are ``{"error": "…"}``: 404 for something that
is not there (any more), 400 for a body that cannot be read.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from twelp.sandbox.slack.acts import Acts
from twelp.sandbox.slack.backend import Backend
from twelp.sandbox.slack.delivery import Delivery
from twelp.sandbox.slack.finding import visible
from twelp.sandbox.slack.people_methods import dnd_status
from twelp.sandbox.slack.shapes import members_json, seen_json
from twelp.sandbox.slack.sockets import DISCONNECT_REASONS
from twelp.sandbox.slack.web_api import as_response
from twelp.sandbox.slack.workspace import Json, pings

Handler = Callable[[Json], Awaitable[Any]]
_ON_MESSAGE: Final = ("channel", "ts", "view_id", "in_view", "action_id", "label", "block_id", "value")


class Control:
    """The control routes of one world.

    Args:
        backend: the workspace and its views.
        acts: what people do.
        delivery: the ways to the app.
        entered: called on the server's loop at each request.
    """

    def __init__(self, backend: Backend, acts: Acts, delivery: Delivery, entered: Callable[[], None]) -> None:
        self._backend = backend
        self._acts = acts
        self._delivery = delivery
        self._entered = entered

    def routes(self) -> list[BaseRoute]:
        """All routes, relative to where they are mounted."""
        looks: dict[str, Handler] = {
            "/users": self._users,
            "/messages": self._messages,
            "/views": self._views,
            "/pings": self._pings,
            "/acts": self._log,
            "/events": self._events,
            "/connections": self._connections,
        }
        acts: dict[str, Handler] = {
            "/users": self._join,
            "/click": self._click,
            "/type": self._type,
            "/submit": self._submit,
            "/close": self._close,
            "/write": self._write,
            "/command": self._command,
            "/shortcut": self._shortcut,
            "/home": self._home,
            "/play": self._play,
            "/redeliver": self._redeliver,
            "/disconnect": self._disconnect,
            "/cut": self._cut,
            "/request_url": self._request_url,
        }
        return [
            *(Route(path, self._served(handler), methods=["GET"]) for path, handler in looks.items()),
            *(Route(path, self._served(handler), methods=["POST"]) for path, handler in acts.items()),
            Route("/users/{user}", self._served(self._change), methods=["PATCH"]),
        ]

    def _served(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def serve(request: Request) -> Response:
            self._entered()
            self._backend.base_url = str(request.base_url).split("/_sandbox")[0].rstrip("/")
            try:
                given = {**request.query_params, **await _body(request), **request.path_params}
                return as_response(await handler(given))
            except LookupError as error:
                missing = isinstance(error, KeyError)
                text = f"the field {error.args[0]!r} is missing" if missing else str(error)
                return as_response({"error": text}, 400 if missing else 404)
            except (ValueError, TypeError, AttributeError) as error:
                return as_response({"error": str(error)}, 400)

        return serve

    async def _users(self, given: Json) -> Any:
        workspace = self._backend.workspace
        with workspace.lock:
            return {"users": members_json(workspace)}

    async def _join(self, given: Json) -> Any:
        workspace = self._backend.workspace
        with workspace.lock:
            person = workspace.add_person(given)
            workspace.touch("user", person.id)
            shown = person.as_json(workspace.team["id"], workspace.clock.now())
            event = {
                "type": "team_join",
                "user": shown,
                "cache_ts": person.updated_s,
                "event_ts": workspace.ids.fresh_ts(),
            }
        self._backend.emit("team_join", event)
        return {"user": shown}

    async def _change(self, given: Json) -> Any:
        workspace = self._backend.workspace
        with workspace.lock:
            person = workspace.find(given.pop("user"))
            person.change(given, int(workspace.clock.time()))
            workspace.index()
            workspace.touch("user", person.id)
            shown = person.as_json(workspace.team["id"], workspace.clock.now())
            event = {"type": "user_change", "user": shown, "cache_ts": person.updated_s}
            event["event_ts"] = workspace.ids.fresh_ts()
            quiet = {"type": "dnd_updated_user", "user": person.id, "dnd_status": dnd_status(person, workspace)}
            quiet["event_ts"] = workspace.ids.fresh_ts()
        self._backend.emit("user_change", event)
        if "dnd" in given:
            self._backend.emit("dnd_updated_user", quiet)
        return {"user": shown}

    async def _messages(self, given: Json) -> Any:
        workspace = self._backend.workspace
        with workspace.lock:
            if "user" in given:
                person = workspace.find(given["user"])
                shown = visible(workspace, person, given.get("channel"))
            else:
                every = [m for c in workspace.channels.values() for m in c.messages.values()]
                shown = sorted(every, key=lambda m: m.ts, reverse=True)
            after = str(given.get("after", ""))
            return {"messages": [seen_json(workspace, m) for m in shown if m.ts > after]}

    async def _views(self, given: Json) -> Any:
        with self._backend.workspace.lock:
            person = self._backend.workspace.find(given["user"])
            return self._backend.views.of(person.id)

    async def _pings(self, given: Json) -> Any:
        with self._backend.workspace.lock:
            return {"pings": pings(self._backend.workspace)}

    async def _log(self, given: Json) -> Any:
        return {"acts": list(self._acts.log)}

    async def _events(self, given: Json) -> Any:
        return {"events": [e.as_json() for e in list(self._delivery.events.values())]}

    async def _connections(self, given: Json) -> Any:
        sockets, url = self._delivery.sockets, self._delivery.request_url
        return {"sockets": sockets.count, "received": sockets.received, "request_url": url}

    async def _click(self, given: Json) -> Any:
        return await self._acts.click(given["user"], **{k: given[k] for k in _ON_MESSAGE if k in given})

    async def _type(self, given: Json) -> Any:
        where = {k: given[k] for k in ("view_id", "block_id", "action_id", "enter") if k in given}
        return await self._acts.type(given["user"], str(given["text"]), **where)

    async def _submit(self, given: Json) -> Any:
        return await self._acts.submit(given["user"], given.get("view_id"), given.get("values"))

    async def _close(self, given: Json) -> Any:
        return await self._acts.close(given["user"], given.get("view_id"), clear=bool(given.get("clear")))

    async def _write(self, given: Json) -> Any:
        where, thread = given.get("channel"), given.get("thread_ts")
        return await self._acts.write(given["user"], str(given["text"]), where, thread)

    async def _command(self, given: Json) -> Any:
        text = str(given.get("text", ""))
        return await self._acts.command(given["user"], given["command"], text, given.get("channel"))

    async def _shortcut(self, given: Json) -> Any:
        where = (given.get("channel"), given.get("ts"))
        return await self._acts.shortcut(given["user"], given["callback_id"], *where)

    async def _home(self, given: Json) -> Any:
        return await self._acts.home(given["user"], given.get("tab", "home"))

    async def _play(self, given: Json) -> Any:
        workspace, for_s = self._backend.workspace, given["for_s"]
        if isinstance(for_s, bool) or not isinstance(for_s, int | float):
            raise ValueError(f"for_s is {for_s!r}; expected a number of seconds")
        with workspace.lock:
            person = workspace.find(given["user"])
        self._backend.played.keep(person.id, float(for_s))
        return {"user": person.id, "played": person.id in self._backend.played}

    async def _redeliver(self, given: Json) -> Any:
        outcome = await self._delivery.redeliver(given["event_id"])
        return {"acked": outcome.acked, "via": outcome.via, "ms": outcome.ms, "error": outcome.error}

    async def _disconnect(self, given: Json) -> Any:
        reason = given.get("reason", "refresh_requested")
        if reason not in DISCONNECT_REASONS:
            raise ValueError(f"reason {reason!r} is not known; expected one of {', '.join(DISCONNECT_REASONS)}")
        close = bool(given.get("close", reason != "warning"))
        return {"told": await self._delivery.sockets.disconnect(reason, close=close)}

    async def _cut(self, given: Json) -> Any:
        return {"cut": await self._delivery.sockets.cut()}

    async def _request_url(self, given: Json) -> Any:
        url = given["url"]
        if url is not None and given.get("verify", True) and not await self._delivery.verify(url):
            raise ValueError(f"{url} did not answer the challenge; nothing was changed")
        self._delivery.request_url = url
        return {"request_url": url}


async def _body(request: Request) -> Json:
    raw = await request.body()
    if not raw:
        return {}
    try:
        parsed = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the body is no JSON: {error}") from error
    if not isinstance(parsed, dict):
        raise ValueError(f"the body is a {type(parsed).__name__}; expected a JSON object")
    return parsed
