"""The menu beside the buttons, handed to the desk: what is seldom needed and puts something right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from slack_bolt import Ack
from slack_sdk import WebClient

from twelp.adapters.slack import cards, modal, repairs
from twelp.adapters.slack.people import People
from twelp.adapters.slack.telling import Body, do, open_window, tell
from twelp.model import Done
from twelp.texts import slack as texts


class Desk(Protocol):
    """What repairs come to; see `listeners.Desk`."""

    def dismiss(self, question: str, person: str) -> Done:
        """Not a question."""

    def not_ours(self, question: str, person: str) -> Done:
        """Not our topic."""

    def retopic(self, question: str, person: str, topic_id: str) -> Done:
        """It is about that topic."""

    def pass_to(self, question: str, person: str, other: str, note: str) -> Done:
        """Not me, but that colleague; with a word for them."""

    def retract(self, question: str, person: str) -> Done:
        """Takes the published answer back."""

    def correct(self, question: str, person: str, window: str = "") -> Done:
        """Takes the published answer down, and gives its author the text to change; once in each window."""


class Repairs:
    """The menu beside the buttons: what is seldom needed and puts something right."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people
        self._acts: Mapping[str, Callable[[str, str], Done]] = {
            cards.DISMISS: desk.dismiss,
            cards.NOT_OURS: desk.not_ours,
        }

    def more(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        word, _, question = action["selected_option"]["value"].partition(" ")
        person = self._people.person(body["user"]["id"])
        if word in self._acts or person is None:
            do(self._acts.get(word, self._desk.dismiss), question, person, body, client)
        elif word == cards.WRONG_TOPIC:
            open_window(client, body, repairs.topic_view(question, self._people.roster))
        elif word == cards.PASS_TO:
            open_window(client, body, repairs.person_view(question, person, self._people.roster))
        elif word == cards.RETRACT:
            open_window(client, body, repairs.retract_view(question))
        elif word == cards.CORRECT:
            open_window(client, body, repairs.correct_view(question))

    def take_back(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """The same as in the menu, where it is the only thing to do."""
        ack()
        if self._people.person(body["user"]["id"]) is None:
            tell(body, texts.NOT_ROSTERED, client)
        else:
            open_window(client, body, repairs.retract_view(action["value"]))

    def retracted(self, ack: Ack, body: Body, view: Body) -> None:
        self._sent(ack, body, self._desk.retract)

    def corrected(self, ack: Ack, body: Body, view: Body) -> None:
        self._sent(ack, body, self._desk.correct, view["id"])

    def topic_chosen(self, ack: Ack, body: Body, view: Body) -> None:
        self._sent(ack, body, self._desk.retopic, repairs.chosen(view, self._people.roster.topics))

    def person_chosen(self, ack: Ack, body: Body, view: Body) -> None:
        other = repairs.chosen(view, self._people.roster.experts)
        if other and other not in self._people.roster.experts:  # found by Slack's own search
            other = self._people.person(other) or ""
        self._sent(ack, body, self._desk.pass_to, other, modal.typed(view, repairs.NOTE_BLOCK, repairs.NOTE))

    def _sent(self, ack: Ack, body: Body, act: Callable[..., Done], *choice: str) -> None:
        person = self._people.person(body["user"]["id"])
        question, _ = modal.unpack(body["view"]["private_metadata"])
        done = act(question, person, *choice) if person else Done(False, texts.NOT_ROSTERED)
        if done.ok:
            ack(response_action="clear")
        else:
            ack(response_action="update", view=modal.failed_view(done.message, title=texts.NOT_DONE))
