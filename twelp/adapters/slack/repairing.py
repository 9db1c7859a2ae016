"""The menu beside the buttons, handed to the desk: what is seldom needed and puts something right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Protocol

from slack_bolt import Ack
from slack_sdk import WebClient

from twelp.adapters.slack import buttons, modal, repairs, window_state
from twelp.adapters.slack.modal import View
from twelp.adapters.slack.people import People
from twelp.adapters.slack.telling import Body, clicked, do, open_window, sent, tell
from twelp.model import Card, Done, Press
from twelp.texts import slack as texts

_SURE: Final[Mapping[str, Callable[[Card], View]]] = {
    buttons.RETRACT: repairs.retract_view,
    buttons.CORRECT: repairs.correct_view,
}
"""Lines of the menu that ask whether, with the answer before the person's eyes."""


class Desk(Protocol):
    """What repairs come to; see `listeners.Desk`."""

    def dismiss(self, question: str, person: str, press: Press | None = None) -> Done:
        """Not a question."""

    def not_ours(self, question: str, person: str, press: Press | None = None) -> Done:
        """Not our topic."""

    def raise_alarm(self, question: str, person: str, press: Press | None = None) -> Done:
        """This is dangerous: the moderators have it as a case."""

    def ask_first(self, question: str, person: str, *, wanted: bool) -> Done:
        """Whether somebody is asked before others who ask the same get the public answer."""

    def retopic(self, question: str, person: str, topic_id: str, press: Press | None = None) -> Done:
        """It is about that topic."""

    def pass_to(self, question: str, person: str, other: str, note: str, press: Press | None = None) -> Done:
        """Not me, but that colleague; with a word for them."""

    def standing_answer(self, question: str, person: str, press: Press | None = None) -> Card | Done:
        """The public answer as it is now; `note` says where that is not what the card showed."""

    def retract(self, question: str, person: str, press: Press | None = None) -> Done:
        """Takes the published answer back."""

    def correct(self, question: str, person: str, press: Press | None = None) -> Done:
        """Gives its author the published text to change; once in each window."""

    def correct_myself(self, question: str, person: str, press: Press | None = None) -> Done:
        """Gives it to the moderator who asks; once in each window."""


class Repairs:
    """The menu beside the buttons: what is seldom needed and puts something right."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people
        self._acts: Mapping[str, Callable[[str, str, Press], Done]] = {
            buttons.DISMISS: desk.dismiss,
            buttons.NOT_OURS: desk.not_ours,
            buttons.ALARM: desk.raise_alarm,
            buttons.ASK_FIRST: lambda question, person, _: desk.ask_first(question, person, wanted=True),
            buttons.GIVE_AGAIN: lambda question, person, _: desk.ask_first(question, person, wanted=False),
        }

    def more(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        word, value = buttons.chosen(action["selected_option"]["value"])
        question, seen = buttons.pressed(value)
        person = self._people.person(body["user"]["id"])
        if word in self._acts or person is None:
            do(self._acts.get(word, self._desk.dismiss), value, person, body, client)
        elif word == buttons.WRONG_TOPIC:
            open_window(client, body, repairs.topic_view(question, self._people.roster, seen))
        elif word == buttons.PASS_TO:
            open_window(client, body, repairs.person_view(question, person, self._people.roster, seen))
        elif word in _SURE:
            self._ask_whether(body, client, value, _SURE[word])

    def take_back(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """The same as in the menu, where it is the only thing to do."""
        ack()
        self._ask_whether(body, client, action["value"], repairs.retract_view)

    def _ask_whether(self, body: Body, client: WebClient, value: str, view: Callable[[Card], View]) -> None:
        """The window shows the answer as it is now, whatever the card showed."""
        person = self._people.person(body["user"]["id"])
        question, seen = buttons.pressed(value)
        refused = Done(False, texts.NOT_ROSTERED)
        shown = self._desk.standing_answer(question, person, clicked(body, seen)) if person else refused
        if isinstance(shown, Done):
            tell(body, shown.message, client)
        else:
            open_window(client, body, view(shown))

    def retracted(self, ack: Ack, body: Body, view: Body) -> None:
        self._decided(ack, body, self._desk.retract, repairs.retract_view)

    def corrected(self, ack: Ack, body: Body, view: Body) -> None:
        correct = self._desk.correct_myself if repairs.myself(view) else self._desk.correct
        self._decided(ack, body, correct, repairs.correct_view)

    def _decided(
        self, ack: Ack, body: Body, act: Callable[[str, str, Press], Done], view: Callable[[Card], View]
    ) -> None:
        """What the window showed is taken down; where something else stands now, the window shows that instead."""
        person = self._people.person(body["user"]["id"])
        question, _ = window_state.unpack(body["view"]["private_metadata"])
        done = act(question, person, sent(body["view"])) if person else Done(False, texts.NOT_ROSTERED)
        if done.ok:
            ack(response_action="clear")
            return
        shown = self._desk.standing_answer(question, person, sent(body["view"])) if person else done
        again = view(replace(shown, note=shown.note or done.message)) if isinstance(shown, Card) else None
        ack(response_action="update", view=again or modal.failed_view(done.message, title=texts.NOT_DONE))

    def topic_chosen(self, ack: Ack, body: Body, view: Body) -> None:
        self._sent(ack, body, self._desk.retopic, repairs.chosen(view, self._people.roster.topics))

    def person_chosen(self, ack: Ack, body: Body, view: Body) -> None:
        other = repairs.chosen(view, self._people.roster.experts)
        if other and other not in self._people.roster.experts:  # found by Slack's own search
            other = self._people.person(other) or ""
        self._sent(ack, body, self._desk.pass_to, other, window_state.typed(view, repairs.NOTE_BLOCK, repairs.NOTE))

    def _sent(self, ack: Ack, body: Body, act: Callable[..., Done], *choice: str) -> None:
        person = self._people.person(body["user"]["id"])
        question, _ = window_state.unpack(body["view"]["private_metadata"])
        done = act(question, person, *choice, sent(body["view"])) if person else Done(False, texts.NOT_ROSTERED)
        if done.ok:
            ack(response_action="clear")
        else:
            ack(response_action="update", view=modal.failed_view(done.message, title=texts.NOT_DONE))
