"""What people do with a private case, handed to the desk: reply, undo, let a reply pass, give it to a colleague."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from slack_bolt import Ack
from slack_sdk import WebClient

from twelp.adapters.slack import buttons, modal, privates, repairs, window_state
from twelp.adapters.slack.people import People
from twelp.adapters.slack.telling import Body, clicked, do, open_window, sent, tell
from twelp.model import Done, Press, Preview, PrivateCard, PrivateForm
from twelp.texts import slack as texts


class Desk(Protocol):
    """What becomes of a private case; see `listeners.Desk`."""

    def begin_private(self, case: str, person: str, press: Press | None = None) -> PrivateForm | Done:
        """What the window opens with, or why not."""

    def preview_private(self, case: str, person: str, text: str) -> Preview:
        """The reply as it would be sent."""

    def confirm_private(self, case: str, person: str, text: str, press: Press | None = None) -> Done:
        """The person confirmed it, word for word. Where the case changed: `details["form"]` shows how it is now."""

    def undo_private(self, case: str, person: str, press: Press | None = None) -> Done:
        """Takes a reply back that is not sent yet."""

    def approve_private(self, case: str, person: str, press: Press | None = None) -> Done:
        """Lets another's reply pass."""

    def settle_private(self, case: str, person: str, press: Press | None = None) -> Done:
        """No reply is needed."""

    def private_shown(self, case: str, person: str) -> PrivateCard | Done:
        """The case as a moderator may see it now."""

    def give_private(self, case: str, person: str, other: str, press: Press | None = None) -> Done:
        """A moderator gives it to a colleague."""


class Privately:
    """The listeners."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people
        self.by_action: Mapping[str, Callable[[str, str, Press], Done]] = {
            privates.UNDO: desk.undo_private,
            privates.APPROVE: desk.approve_private,
            privates.SETTLE: desk.settle_private,
        }

    def act(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """A button that is one step."""
        ack()
        public = action["action_id"] == privates.APPROVE
        person = (self._people.person_now if public else self._people.person)(body["user"]["id"])
        do(self.by_action[action["action_id"]], action["value"], person, body, client)

    def reply(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """Opens the window in which a reply is written, with the case as it is now."""
        ack()
        person = self._people.person(body["user"]["id"])
        case, seen = buttons.pressed(action["value"])
        refused = Done(False, texts.NOT_ROSTERED)
        form = self._desk.begin_private(case, person, clicked(body, seen)) if person else refused
        if isinstance(form, Done):
            tell(body, form.message, client)
        else:
            open_window(client, body, privates.form_view(form))

    def written(self, ack: Ack, body: Body, view: Body) -> None:
        """The reply as it would be sent, to be confirmed; or what is in its way."""
        person = self._people.person(body["user"]["id"])
        case, block = window_state.unpack(view["private_metadata"])[0], window_state.answer_block(view)
        text = window_state.typed(view, block, privates.TYPED)
        if person is None:
            ack(response_action="update", view=modal.failed_view(texts.NOT_ROSTERED, text))
            return
        if not window_state.carries(case, text):
            ack(response_action="errors", errors={block: texts.TOO_LONG_TO_CARRY})
            return
        preview = self._desk.preview_private(case, person, text)
        if preview.ready:
            seen = window_state.seen_in(view["private_metadata"])
            ack(response_action="push", view=privates.confirm_view(case, text, preview, seen))
        else:
            ack(response_action="errors", errors=modal.errors(preview, block))

    def confirmed(self, ack: Ack, body: Body, view: Body) -> None:
        """The last button: what was shown word for word is sent."""
        person = self._people.person_now(body["user"]["id"])
        case, text = window_state.unpack(view["private_metadata"])
        done = Done(False, texts.NOT_ROSTERED)
        if person is not None:
            done = self._desk.confirm_private(case, person, text, sent(view))
        form = done.details.get("form")
        if done.ok:
            ack(response_action="clear")
        elif form is not None:
            preview, now = self._desk.preview_private(case, person or "", text), str(form.card.seen)
            ack(response_action="update", view=privates.confirm_view(case, text, preview, now, form))
        else:
            ack(response_action="update", view=modal.failed_view(done.message, text))

    def ask_whom(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """Opens the window in which a moderator chooses who replies."""
        ack()
        person = self._people.person(body["user"]["id"])
        case, _ = buttons.pressed(action["value"])
        shown = self._desk.private_shown(case, person) if person else Done(False, texts.NOT_ROSTERED)
        if isinstance(shown, Done):
            tell(body, shown.message, client)
        else:
            open_window(client, body, privates.give_view(shown, person or "", self._people.roster))

    def given(self, ack: Ack, body: Body, view: Body) -> None:
        """Somebody was chosen."""
        person = self._people.person(body["user"]["id"])
        case, _ = window_state.unpack(view["private_metadata"])
        other = repairs.chosen(view, self._people.roster.experts)
        if other and other not in self._people.roster.experts:  # found by Slack's own search
            other = self._people.person(other) or ""
        done = Done(False, texts.NOT_ROSTERED)
        if person is not None:
            done = self._desk.give_private(case, person, other, sent(view))
        if done.ok:
            ack(response_action="clear")
        else:
            ack(response_action="update", view=modal.failed_view(done.message, title=texts.NOT_DONE))
