"""What people do in the local Slack: write, click, type, submit, close, command; and what they see of it.

Each act is refused when a real person could not do it (a button that is gone, a view that is closed, an account that is
deactivated), and otherwise returns what the person saw: whether the app acknowledged in time, after how long, which
errors, and the view now open. What Slack's own client checks before sending (required fields, lengths) is checked here.
"""

from __future__ import annotations

import uuid
from collections import deque
from typing import Any, Final

from twelp.sandbox.slack import payloads
from twelp.sandbox.slack.backend import Backend
from twelp.sandbox.slack.delivery import Delivery
from twelp.sandbox.slack.finding import NotThere, clickable, open_view, text_input, visible
from twelp.sandbox.slack.forms import apply_answer, choose, fill, missing
from twelp.sandbox.slack.people import Person
from twelp.sandbox.slack.responses import respond
from twelp.sandbox.slack.sockets import Outcome
from twelp.sandbox.slack.views import View, shown
from twelp.sandbox.slack.workspace import Channel, Json, Message, Refused

_KEPT_ACTS: Final = 10_000


class Acts:
    """The acts of all people; `log` keeps the last ones, oldest first, with what was seen."""

    def __init__(self, backend: Backend, delivery: Delivery) -> None:
        self._backend = backend
        self._delivery = delivery
        self.log: deque[Json] = deque(maxlen=_KEPT_ACTS)

    async def write(self, user: str, text: str, channel: str | None = None, thread_ts: str | None = None) -> Json:
        """Write a message, to the app unless a channel is named; returns its ``ts`` and ``event_id`` too.

        Raises:
            NotThere: for a person, conversation or thread that is not there.
        """
        workspace = self._backend.workspace
        with workspace.lock:
            person, where = self._actor(user), self._place(user, channel)
            if not text.strip():
                raise NotThere("there is no text to send")
            if thread_ts is not None and not workspace.thread(where, thread_ts):
                raise NotThere(f"no message {thread_ts} in {where.id} to reply to")
            escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            message = Message(workspace.ids.fresh_ts(), where.id, person.id, escaped, thread_ts=thread_ts)
            message.client_msg_id = str(uuid.uuid4())
            workspace.post(message)
            event = payloads.written(self._backend, message, text)
        event_id, outcome = await self._delivery.emit_now(event)
        return self._seen("write", person, outcome, ts=message.ts, channel=where.id, event_id=event_id)

    async def click(self, user: str, **where: Any) -> Json:
        """Press a button or choose from a menu, on a message or in a view.

        Args:
            user: who; by id, name or e-mail.
            where: ``channel`` and ``ts`` (default: the newest message that has it, anywhere), or ``view_id``; the
                element by ``action_id``, ``label`` or ``block_id``; ``value`` for what a menu is set to.

        Raises:
            NotThere: when there is no such element (any more), listing what there is.
        """
        with self._backend.workspace.lock:
            person = self._actor(user)
            if where.get("view_id") or where.get("in_view"):
                view = open_view(self._backend.views, person, where.get("view_id"))
                payload = self._pressed_in_view(person, view, where)
            else:
                payload = self._pressed_on_message(person, where)
        if payload is None:
            return self._seen("click", person, Outcome(True, None, 0.0))
        outcome = await self._delivery.send("interactive", payload)
        return self._seen("click", person, outcome, trigger_id=payload["trigger_id"])

    async def type(self, user: str, text: str, **where: Any) -> Json:
        """Type into a field of a view, replacing what is there; tells the app where the field asks for it.

        Args:
            user: who.
            text: the field's whole new text.
            where: ``view_id`` (default: the modal on top), ``block_id``, ``action_id`` (default: the first field);
                ``enter`` true to press Enter at the end.

        Raises:
            NotThere: when there is no such field.
        """
        with self._backend.workspace.lock:
            person = self._actor(user)
            view = open_view(self._backend.views, person, where.get("view_id"))
            block, element = text_input(view.given["blocks"], where.get("block_id"), where.get("action_id"))
            state = fill(view, block, element, text)
            triggers = (element.get("dispatch_action_config") or {}).get("trigger_actions_on") or ["on_enter_pressed"]
            pressed = "on_enter_pressed" if where.get("enter") else "on_character_entered"
            if not block.get("dispatch_action") or pressed not in triggers:
                return self._seen("type", person, Outcome(True, None, 0.0))
            done = payloads.action(self._backend, block, element, state)
            payload = payloads.on_view(self._backend, person, view, done)
        return self._seen("type", person, await self._delivery.send("interactive", payload))

    async def submit(self, user: str, view_id: str | None = None, values: Json | None = None) -> Json:
        """Fill in fields and submit a modal; ``errors`` holds a line per field that was refused.

        Args:
            user: who.
            view_id: default is the modal on top.
            values: ``{block_id: {action_id: value}}``, or ``{block_id: value}`` where a block has one field.

        Raises:
            NotThere: when there is no such modal or field.
        """
        with self._backend.workspace.lock:
            person = self._actor(user)
            view = open_view(self._backend.views, person, view_id)
            for block_id, given in (values or {}).items():
                for action_id, value in given.items() if isinstance(given, dict) else [(None, given)]:
                    block, element = clickable(
                        view.given["blocks"], {"block_id": block_id, "action_id": action_id}, fields=True
                    )
                    fill(view, block, element, value)
            if wrong := missing(view):
                return self._seen("submit", person, Outcome(False, None, 0.0, "client_validation"), errors=wrong)
            payload = payloads.submission(self._backend, person, view)
        outcome = await self._delivery.send("interactive", payload)
        errors: Json = {}
        if outcome.acked:
            with self._backend.workspace.lock:
                try:
                    errors = apply_answer(self._backend.views, view, outcome.payload)
                except Refused as refused:
                    bad = f"bad_response: {refused.error} {'; '.join(refused.faults)}".strip()
                    outcome = Outcome(False, outcome.via, outcome.ms, bad, outcome.payload)
        return self._seen("submit", person, outcome, errors=errors)

    async def close(self, user: str, view_id: str | None = None, *, clear: bool = False) -> Json:
        """Close the modal on top (back to the one under it), or the whole stack with `clear`.

        Raises:
            NotThere: when no such modal is open.
        """
        with self._backend.workspace.lock:
            person = self._actor(user)
            view = open_view(self._backend.views, person, view_id)
            everything = clear or bool(view.given.get("clear_on_close"))
            closed = self._backend.views.close(person.id, everything=everything)
            told = [v for v in closed if v.given.get("notify_on_close")]
            sent = [payloads.closing(self._backend, person, v, cleared=everything) for v in told]
        outcome = Outcome(True, None, 0.0)
        for payload in sent:
            outcome = await self._delivery.send("interactive", payload)
        return self._seen("close", person, outcome)

    async def command(self, user: str, command: str, text: str = "", channel: str | None = None) -> Json:
        """Use a slash command; the app's immediate answer is shown to the person.

        Raises:
            NotThere: for a person or conversation that is not there.
        """
        with self._backend.workspace.lock:
            person, where = self._actor(user), self._place(user, channel)
            name = command if command.startswith("/") else f"/{command}"
            payload = payloads.command(self._backend, person, where, name, text)
        outcome = await self._delivery.send("slash_commands", payload)
        if outcome.acked and outcome.payload:
            with self._backend.workspace.lock:
                try:
                    respond(self._backend, str(payload["response_url"]).rsplit("/", 1)[1], outcome.payload)
                except Refused as refused:
                    outcome = Outcome(False, outcome.via, outcome.ms, f"bad_response: {refused.error}")
        elif not outcome.acked:
            late = outcome.error in ("timeout", "http_timeout")
            outcome = Outcome(False, outcome.via, outcome.ms, "operation_timeout" if late else "dispatch_failed")
        return self._seen("command", person, outcome, channel=where.id)

    async def shortcut(self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None) -> Json:
        """Use a shortcut; a message shortcut when `ts` is given.

        Raises:
            NotThere: for a person or message that is not there.
        """
        with self._backend.workspace.lock:
            person = self._actor(user)
            message = visible(self._backend.workspace, person, channel, ts)[0] if ts is not None else None
            payload = payloads.shortcut(self._backend, person, callback_id, message)
        return self._seen("shortcut", person, await self._delivery.send("interactive", payload))

    async def home(self, user: str, tab: str = "home") -> Json:
        """Open the app's Home tab (or its ``messages``).

        Raises:
            NotThere: for a person who is not there.
        """
        workspace = self._backend.workspace
        with workspace.lock:
            person = self._actor(user)
            event: Json = {"type": "app_home_opened", "user": person.id, "channel": workspace.im(person.id).id}
            event |= {"tab": tab, "event_ts": workspace.ids.fresh_ts()}
            view = self._backend.views.homes.get(person.id)
            if view is not None and tab == "home":
                event["view"] = shown(view, self._backend.workspace)
        event_id, outcome = await self._delivery.emit_now(event)
        return self._seen("home", person, outcome, event_id=event_id)

    def _pressed_on_message(self, person: Person, where: Json) -> Json:
        named = _named(where)
        messages = visible(self._backend.workspace, person, where.get("channel"), where.get("ts"))
        found: tuple[Message, Json, Json] | None = None
        trouble: NotThere | None = None
        for message in messages:
            try:
                found = (message, *clickable(message.blocks, named))
                break
            except NotThere as nothing:
                trouble = trouble or nothing
        if found is None:
            raise trouble or NotThere("there are no messages")
        message, block, element = found
        state = choose(message.state, block, element, where.get("value"))
        return payloads.on_message(
            self._backend, person, message, payloads.action(self._backend, block, element, state)
        )

    def _pressed_in_view(self, person: Person, view: View, where: Json) -> Json | None:
        named = _named(where)
        block, element = clickable(view.given["blocks"], named)
        state = choose(view.values, block, element, where.get("value"))
        if block["type"] == "input" and not block.get("dispatch_action"):
            return None
        return payloads.on_view(self._backend, person, view, payloads.action(self._backend, block, element, state))

    def _actor(self, user: str) -> Person:
        try:
            person = self._backend.workspace.find(user)
        except LookupError as error:
            raise NotThere(str(error)) from error
        if person.deleted:
            raise NotThere(f"user {user!r} is deactivated and cannot act")
        return person

    def _place(self, user: str, channel: str | None) -> Channel:
        person = self._actor(user)
        if channel is None:
            return self._backend.workspace.im(person.id)
        try:
            place = self._backend.workspace.channel(channel)
        except Refused as error:
            raise NotThere(f"no conversation {channel!r}") from error
        if person.id not in place.members:
            raise NotThere(f"user {user!r} is not in {channel}")
        return place

    def _seen(self, act: str, person: Person, outcome: Outcome, **more: Any) -> Json:
        top = self._backend.views.top(person.id)
        seen: Json = {"act": act, "user": person.id, "acked": outcome.acked, "ms": outcome.ms, "via": outcome.via}
        seen |= {"error": outcome.error, "errors": {}, **more}
        self.log.append({**seen, "at_s": self._backend.workspace.clock.time()})
        return {**seen, "view": shown(top, self._backend.workspace) if top else None}


def _named(where: Json) -> dict[str, str | None]:
    return {name: where.get(name) for name in ("action_id", "label", "block_id")}
