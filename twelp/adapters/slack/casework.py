"""A case for people is ended, handed to the desk: handled, with a line how; or no crisis after all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from slack_bolt import Ack
from slack_sdk import WebClient

from twelp.adapters.slack import buttons, crises, modal, window_state
from twelp.adapters.slack.modal import View
from twelp.adapters.slack.people import People
from twelp.adapters.slack.telling import Body, clicked, open_window, sent, tell
from twelp.model import Card, Done, Press
from twelp.texts import slack as texts


class Desk(Protocol):
    """What becomes of a case; see `listeners.Desk`."""

    def crisis_card(self, question: str, person: str, press: Press | None = None) -> Card | Done:
        """The case as it is now; `note` says where that is not what the card showed."""

    def take(self, question: str, person: str, press: Press | None = None) -> Done:
        """Takes the case, or takes it over."""

    def give_back(self, question: str, person: str, press: Press | None = None) -> Done:
        """Gives the case back."""

    def handle(self, question: str, person: str, how: str, press: Press | None = None) -> Done:
        """The case was handled so; once in each window."""

    def not_a_crisis(self, question: str, person: str, goes_on: bool, press: Press | None = None) -> Done:
        """It is none: the post goes on as a question, or is left."""


class Casework:
    """The listeners."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people

    def ask_how(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """Opens the window that asks how it was handled."""
        ack()
        self._show(body, action, client, crises.handle_view)

    def ask_what_becomes(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """Opens the window that asks what becomes of the post."""
        ack()
        self._show(body, action, client, crises.clear_view)

    def _show(self, body: Body, action: Body, client: WebClient, view: Callable[[Card], View]) -> None:
        person = self._people.person(body["user"]["id"])
        question, marks = buttons.pressed(action["value"])
        refused = Done(False, texts.NOT_ROSTERED)
        shown = self._desk.crisis_card(question, person, clicked(body, marks)) if person else refused
        if isinstance(shown, Done):
            tell(body, shown.message, client)
        else:
            open_window(client, body, view(shown))

    def handled(self, ack: Ack, body: Body, view: Body) -> None:
        """It was handled so."""
        how = window_state.typed(view, crises.HOW_BLOCK, crises.HOW)
        self._ended(
            ack, body, view, lambda asks, who: self._desk.handle(asks, who, how, sent(view)), crises.handle_view, how
        )

    def cleared(self, ack: Ack, body: Body, view: Body) -> None:
        """It is no crisis."""
        on = crises.goes_on(view)
        self._ended(
            ack, body, view, lambda asks, who: self._desk.not_a_crisis(asks, who, on, sent(view)), crises.clear_view
        )

    def _ended(
        self,
        ack: Ack,
        body: Body,
        view: Body,
        act: Callable[[str, str], Done],
        again: Callable[[Card], View],
        typed: str = "",
    ) -> None:
        """Done, or why not: where it may still be ended, the window shows the case as it is now."""
        person = self._people.person(body["user"]["id"])
        question, _ = window_state.unpack(view["private_metadata"])
        done = act(question, person) if person else Done(False, texts.NOT_ROSTERED)
        if done.ok:
            ack(response_action="clear")
            return
        shown = self._desk.crisis_card(question, person, sent(view)) if person else done
        if isinstance(shown, Card) and not typed:
            ack(response_action="update", view=again(replace(shown, note=shown.note or done.message)))
        else:
            ack(response_action="update", view=modal.failed_view(done.message, typed, title=texts.NOT_DONE))
