"""A moderator decides on an answer, handed to the desk: approve it, read it whole first, send it back, not post it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from slack_bolt import Ack
from slack_sdk import WebClient

from twelp.adapters.slack import buttons, modal, reviews, window_state
from twelp.adapters.slack.modal import View
from twelp.adapters.slack.people import People
from twelp.adapters.slack.telling import Body, clicked, open_window, sent, tell
from twelp.flow import seen
from twelp.model import Card, Done, Press, Preview
from twelp.texts import slack as texts


class Desk(Protocol):
    """What a moderator's decision comes to; see `listeners.Desk`."""

    def held_answer(self, question: str, person: str, press: Press | None = None) -> Card | Done:
        """The held answer as it is now; `note` says where that is not what the card showed."""

    def approve(self, question: str, person: str, press: Press | None = None) -> Done:
        """A moderator passes a held answer."""

    def approve_changed(self, question: str, person: str, text: str, press: Press | None = None) -> Done:
        """The same with these words, which they saw as they go out."""

    def preview_changed(self, question: str, text: str) -> Preview:
        """The held answer as it would go out with these words."""

    def send_back(self, question: str, person: str, note: str, press: Press | None = None) -> Done:
        """A moderator returns a held answer with a note; once in each window."""

    def lane_answer(self, question: str, person: str, press: Press | None = None) -> Card | Done:
        """The answer that is to be posted by hand, as it is now."""

    def say_posted(self, question: str, person: str, press: Press | None = None) -> Done:
        """A moderator says that they posted it by hand."""

    def drop_posting(self, question: str, person: str, note: str, press: Press | None = None) -> Done:
        """A moderator does not post it, with a note why; once in each window."""


class Reviews:
    """The listeners."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people

    def read_whole(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """Where a card has no room for all of it, a window shows it before it can be approved."""
        ack()
        self._show(body, action, client, reviews.approve_view)

    def ask_for_note(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """Opens the window in which a moderator says why the answer goes back."""
        ack()
        self._show(body, action, client, reviews.note_view)

    def ask_why_not(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """Opens the window in which a moderator says why the answer is not posted by hand."""
        ack()
        self._show(body, action, client, reviews.drop_view, self._desk.lane_answer)

    def _show(
        self,
        body: Body,
        action: Body,
        client: WebClient,
        view: Callable[[Card], View],
        read: Callable[[str, str, Press], Card | Done] | None = None,
    ) -> None:
        person = self._people.person(body["user"]["id"])
        question, marks = buttons.pressed(action["value"])
        stranger = Done(False, texts.NOT_ROSTERED)
        shown = (read or self._desk.held_answer)(question, person, clicked(body, marks)) if person else stranger
        if isinstance(shown, Done):
            tell(body, shown.message, client)
        else:
            open_window(client, body, view(shown))

    def approved(self, ack: Ack, body: Body, view: Body) -> None:
        """All of it was read, and may go out."""
        person = self._people.person_now(body["user"]["id"])
        question, _ = window_state.unpack(view["private_metadata"])
        done = self._desk.approve(question, person, sent(view)) if person else Done(False, texts.NOT_ROSTERED)
        if done.ok:
            ack(response_action="clear")
        else:
            shown = self._desk.held_answer(question, person, sent(view)) if person else done
            again = modal.failed_view(done.message, title=texts.NOT_DONE)
            if isinstance(shown, Card):
                again = reviews.approve_view(replace(shown, note=shown.note or done.message))
            ack(response_action="update", view=again)

    def ask_for_words(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """Opens the window in which a second person changes the answer."""
        ack()
        self._show(body, action, client, reviews.change_view)

    def words_written(self, ack: Ack, body: Body, view: Body) -> None:
        """Shows the changed answer exactly as it would go out."""
        person = self._people.person(body["user"]["id"])
        question, _ = window_state.unpack(view["private_metadata"])
        text = window_state.typed(view, action=reviews.CHANGED_TEXT)
        shown = self._desk.held_answer(question, person, sent(view)) if person else Done(False, texts.NOT_ROSTERED)
        if isinstance(shown, Done):
            ack(response_action="update", view=modal.failed_view(shown.message, text, title=texts.NOT_DONE))
        elif not window_state.carries(question, text):
            ack(response_action="errors", errors={window_state.answer_block(view): texts.TOO_LONG_TO_CARRY})
        else:
            preview = self._desk.preview_changed(question, text)
            if preview.ready:
                marks = seen.confirming(window_state.seen_in(view["private_metadata"]), preview)
                ack(response_action="push", view=reviews.changed_view(shown, text, preview, marks))
            else:
                ack(response_action="errors", errors=modal.errors(preview, window_state.answer_block(view)))

    def words_approved(self, ack: Ack, body: Body, view: Body) -> None:
        """The changed answer was read as it goes out, and may."""
        person = self._people.person_now(body["user"]["id"])
        question, text = window_state.unpack(view["private_metadata"])
        done = (
            self._desk.approve_changed(question, person, text, sent(view))
            if person
            else Done(False, texts.NOT_ROSTERED)
        )
        if done.ok:
            ack(response_action="clear")
        else:
            ack(response_action="update", view=modal.failed_view(done.message, text, title=texts.NOT_DONE))

    def note_written(self, ack: Ack, body: Body, view: Body) -> None:
        """The answer goes back with this note."""
        self._noted(ack, body, view, self._desk.send_back)

    def dropped(self, ack: Ack, body: Body, view: Body) -> None:
        """The answer is not posted, for this reason."""
        self._noted(ack, body, view, self._desk.drop_posting)

    def _noted(self, ack: Ack, body: Body, view: Body, act: Callable[[str, str, str, Press], Done]) -> None:
        person = self._people.person(body["user"]["id"])
        question, _ = window_state.unpack(view["private_metadata"])
        note = window_state.typed(view, modal.NOTE_BLOCK, modal.NOTE)
        done = act(question, person, note, sent(view)) if person else Done(False, texts.NOT_ROSTERED)
        if done.ok:
            ack(response_action="clear")
        else:
            ack(response_action="update", view=modal.failed_view(done.message, note, title=texts.NOT_DONE))
