"""What people do about themselves, handed to the desk: `/twelp`, the Home tab, the rules, hours and budget.

Answers are for the person alone. None of these acts can publish anything.
"""

from __future__ import annotations

from typing import Protocol

from slack_bolt import Ack
from slack_sdk import WebClient

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import home, invitations, modal, window_state
from twelp.adapters.slack.people import People
from twelp.adapters.slack.telling import Body, open_window, tell
from twelp.model import Done, Home, Rules
from twelp.texts import slack as texts

COMMAND = "/twelp"


class Desk(Protocol):
    """What people's acts about themselves come to; see `listeners.Desk`."""

    def command(self, person: str, text: str) -> Done:
        """What `/twelp TEXT` comes to; `details["window"]` names a window to open."""

    def resume_shown(self, person: str, mark: str) -> Done:
        """A moderator ends the very pause that this mark names."""

    def rules_for(self, person: str) -> Rules | Done:
        """What this person would accept, or why there is nothing to accept."""

    def join(self, person: str, version: str) -> Done:
        """The person accepts that version of the rules."""

    def open_home(self, person: str) -> Home | None:
        """What the person's tab shows; None for who is not listed."""

    def set_hours(self, person: str, quiet: str | None, asks: str | None) -> Done:
        """Quiet hours and budget; `details["errors"]` by field."""


class SelfService:
    """The listeners."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people

    def command(self, ack: Ack, body: Body, client: WebClient) -> None:
        """`/twelp …`: the answer is the acknowledgement."""
        person = self._people.person(body["user_id"])
        done = self._desk.command(person, body.get("text") or "") if person else Done(False, texts.HOME_STRANGER)
        if done.details.get("window") == "rules" and person is not None:
            ack()
            self._show_rules(body, person, client)
            return
        lines = [kit.paragraph(kit.words(kit.legible(done.message) + "\n"))]
        shown = kit.escape(kit.legible(done.message))
        ack(response_type="ephemeral", text=shown, blocks=[kit.rich("answer", *lines)])

    def home_opened(self, ack: Ack, body: Body, event: Body, client: WebClient) -> None:
        """The tab is made true whenever it is opened."""
        if event.get("tab") != "home":
            return
        person = self._people.person(event["user"])
        shown = self._desk.open_home(person) if person else None
        client.views_publish(user_id=event["user"], view=home.home_view(shown))

    def act(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """A button of the tab that is one word after `/twelp`."""
        ack()
        person = self._people.person(body["user"]["id"])
        word = {
            home.PAUSE: "pause until tomorrow",
            home.RESUME: "resume",
            home.LEAVE: "leave",
            home.DIGEST: f"digest {action.get('value')}",
        }[action["action_id"]]
        done = self._desk.command(person, word) if person else Done(False, texts.NOT_ROSTERED)
        if not done.ok:
            tell(body, done.message, client)

    def resume(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """The button beside a pause that a moderator sees."""
        ack()
        person = self._people.person_now(body["user"]["id"])
        mark = str(action.get("value") or "")
        done = self._desk.resume_shown(person, mark) if person else Done(False, texts.NOT_ROSTERED)
        if not done.ok or done.details.get("waits"):
            tell(body, done.message, client)
        if not done.ok and person is not None:
            client.views_publish(user_id=body["user"]["id"], view=home.home_view(self._desk.open_home(person)))

    def rules(self, ack: Ack, body: Body, client: WebClient) -> None:
        """Shows the rules, from the invitation or the tab."""
        ack()
        person = self._people.person(body["user"]["id"])
        if person is None:
            tell(body, texts.NOT_ROSTERED, client)
        else:
            self._show_rules(body, person, client)

    def _show_rules(self, body: Body, person: str, client: WebClient) -> None:
        rules = self._desk.rules_for(person)
        if isinstance(rules, Done):
            tell(body, rules.message, client, title=texts.ACCEPTED_TITLE if rules.ok else texts.NOT_DONE)
        else:
            open_window(client, body, invitations.rules_view(rules))

    def accepted(self, ack: Ack, body: Body, view: Body) -> None:
        """The rules were accepted."""
        person = self._people.person(body["user"]["id"])
        version, _ = window_state.unpack(view["private_metadata"])
        done = self._desk.join(person, version) if person else Done(False, texts.NOT_ROSTERED)
        title = texts.ACCEPTED_TITLE if done.ok else texts.NOT_DONE
        ack(response_action="update", view=modal.failed_view(done.message, title=title))

    def change_hours(self, ack: Ack, body: Body, client: WebClient) -> None:
        """Opens the window in which hours and budget are changed."""
        ack()
        person = self._people.person(body["user"]["id"])
        shown = self._desk.open_home(person) if person else None
        if shown is None:
            tell(body, texts.NOT_ROSTERED, client)
        else:
            open_window(client, body, home.hours_view(shown))

    def hours_changed(self, ack: Ack, body: Body, view: Body) -> None:
        """Hours and budget were changed; what is unclear is said beside its field."""
        person = self._people.person(body["user"]["id"])
        quiet, asks = (window_state.typed(view, block, home.INPUT) for block in (home.QUIET_BLOCK, home.ASKS_BLOCK))
        done = self._desk.set_hours(person, quiet, asks) if person else Done(False, texts.NOT_ROSTERED)
        if done.ok:
            ack(response_action="clear")
        elif errors := done.details.get("errors"):
            ack(response_action="errors", errors={name: kit.line(said, 500) for name, said in errors.items()})
        else:
            ack(response_action="update", view=modal.failed_view(done.message, title=texts.NOT_DONE))
