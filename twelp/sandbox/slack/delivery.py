"""Carries events and interactions to the app, over its sockets if it has any, else to its request URL.

Events that are not acknowledged within three seconds come again: at once, after a minute and after five more, by the
sandbox's clock, with the same ``event_id``. Interactions never come again; the person sees an error instead.

Source: https://docs.slack.dev/apis/events-api (field guide, retries); acknowledgements are awaited in real seconds.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final

from twelp.sandbox.slack import request_url
from twelp.sandbox.slack.sockets import Outcome, Sockets
from twelp.sandbox.slack.workspace import Json, Workspace

ACK_TIMEOUT_S: Final = 3.0
RETRY_DELAYS_S: Final = (0.0, 60.0, 300.0)
_POLL_S: Final = 0.05
_KEPT_EVENTS: Final = 5_000


@dataclass(slots=True)
class Event:
    """One event with every attempt to deliver it."""

    payload: Json
    attempts: list[Outcome] = field(default_factory=list)

    def as_json(self) -> Json:
        """For the control plane."""
        tries = [{"acked": o.acked, "via": o.via, "ms": o.ms, "error": o.error} for o in self.attempts]
        body = self.payload["event"]
        return {"event_id": self.payload["event_id"], "type": body["type"], "event": body, "attempts": tries}


class Delivery:
    """The ways to the app. `request_url` may be set at any time."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        seed = workspace.seed
        self.sockets = Sockets(workspace.app_id)
        self.request_url: str | None = seed.get("request_url")
        self.ack_timeout_s = float(seed.get("ack_timeout_s", ACK_TIMEOUT_S))
        self.events: dict[str, Event] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def signing_secret(self) -> str:
        """What requests are signed with."""
        return str(self._workspace.seed.get("signing_secret", "sandbox-signing-secret"))

    def reset(self) -> None:
        """Forget events and give up repeating them; connections and the request URL stay."""
        self.events.clear()
        for task in self._tasks:
            task.cancel()

    def ticket(self) -> str:
        """A one-use ticket for a connection."""
        return self.sockets.ticket()

    async def send(self, kind: str, payload: Json, *, retry: tuple[int, str] | None = None) -> Outcome:
        """One attempt."""
        if self.sockets.count:
            return await self.sockets.deliver(kind, payload, timeout_s=self.ack_timeout_s, retry=retry)
        if self.request_url:
            return await request_url.deliver(
                self.request_url,
                self.signing_secret,
                kind=kind,
                payload=payload,
                timeout_s=self.ack_timeout_s,
                retry=retry,
            )
        return Outcome(False, None, 0.0, "no_connection")

    def emit(self, event: Json) -> str:
        """Send an event in the background; without a running server it is only noted."""
        made = self._made(event)
        event_id = str(made.payload["event_id"])
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return event_id
        self._in_background(self._carry(made))
        return event_id

    async def emit_now(self, event: Json) -> tuple[str, Outcome]:
        """Send an event and wait for the first attempt; repeats go on in the background."""
        made, began_s = self._made(event), self._workspace.clock.time()
        outcome = await self._attempt(made, 0, "")
        if not outcome.acked and outcome.may_retry:
            self._in_background(self._repeat(made, outcome, began_s))
        return str(made.payload["event_id"]), outcome

    async def redeliver(self, event_id: str) -> Outcome:
        """Send an event once more on purpose, as if its acknowledgement had been lost.

        Raises:
            LookupError: for an event that never was.
        """
        if event_id not in self.events:
            raise LookupError(f"no event {event_id!r}")
        event = self.events[event_id]
        reason = "timeout" if self.sockets.count else "http_timeout"
        return await self._attempt(event, len(event.attempts), reason)

    async def verify(self, url: str) -> bool:
        """Whether the app at `url` answers Slack's challenge, as it must before the URL is taken."""
        payload = {"token": "sandbox", "challenge": "sandbox-challenge", "type": "url_verification"}
        secret, wait = self.signing_secret, self.ack_timeout_s
        sent = request_url.deliver(url, secret, kind="events_api", payload=payload, timeout_s=wait, retry=None)
        outcome = await sent
        answer = outcome.payload.get("challenge") if isinstance(outcome.payload, dict) else outcome.payload
        return outcome.acked and answer == payload["challenge"]

    def _made(self, event: Json) -> Event:
        workspace = self._workspace
        team = workspace.team["id"]
        payload: Json = {
            "token": "sandbox",
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": workspace.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": workspace.ids.fresh("Ev"),
            "event_time": int(workspace.clock.time()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team,
                    "user_id": workspace.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "4-sandbox",
        }
        made = Event(payload)
        self.events[payload["event_id"]] = made
        if len(self.events) > _KEPT_EVENTS:
            del self.events[next(iter(self.events))]
        return made

    async def _carry(self, event: Event) -> None:
        began_s = self._workspace.clock.time()
        outcome = await self._attempt(event, 0, "")
        if not outcome.acked and outcome.may_retry:
            await self._repeat(event, outcome, began_s)

    async def _repeat(self, event: Event, outcome: Outcome, began_s: float) -> None:
        """Try again up to three times; each delay counts from when the attempt before it began."""
        for number, delay_s in enumerate(RETRY_DELAYS_S, start=1):
            await self._until(began_s + delay_s)
            began_s = self._workspace.clock.time()
            outcome = await self._attempt(event, number, outcome.error or "unknown_error")
            if outcome.acked or not outcome.may_retry:
                return

    async def _attempt(self, event: Event, number: int, reason: str) -> Outcome:
        outcome = await self.send("events_api", event.payload, retry=(number, reason))
        event.attempts.append(outcome)
        return outcome

    async def _until(self, due_s: float) -> None:
        """Wait for the sandbox's clock, which may be moved forward at any moment."""
        while (left_s := due_s - self._workspace.clock.time()) > 0:
            await asyncio.sleep(min(_POLL_S, left_s))

    def _in_background(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
