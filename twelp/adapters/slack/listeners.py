"""What people do in Slack, handed to the desk: ack, see who it is, one call, done.

Rules: ack before anything that may take time (a submitted window is the exception: its answer *is* the ack); the desk
is quick and idempotent, so a second click does nothing; nothing a person writes in a conversation is ever taken for an
answer; whoever is not on the roster is told so and nothing happens; whatever goes wrong ends in `guarded`,
which writes down what kind of thing it was, never a token and never anybody's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from slack_bolt import Ack, App
from slack_sdk import WebClient

from twelp.adapters.slack import (
    buttons,
    casework,
    crises,
    crisis_parts,
    home,
    invitations,
    modal,
    news,
    privately,
    privates,
    repairing,
    repairs,
    reviewing,
    reviews,
    same,
    sampling,
    selfservice,
    storm_parts,
    suggesting,
    window_parts,
    window_state,
    writing,
)
from twelp.adapters.slack.disturb import Disturbance
from twelp.adapters.slack.guard import Listener, guarded
from twelp.adapters.slack.people import People
from twelp.adapters.slack.telling import Body, do, tell
from twelp.model import Done, Press
from twelp.texts import slack as texts


class Desk(
    writing.Desk,
    reviewing.Desk,
    repairing.Desk,
    casework.Desk,
    selfservice.Desk,
    suggesting.Desk,
    news.Desk,
    privately.Desk,
    Protocol,
):
    """What people's acts come to. `person` is a roster id. Every method is quick (20 ms) and may be called twice.

    `press` tells what was shown to who acts; another thing is refused. Without it, no screen has a part in the act.
    """

    def claim(self, question: str, person: str, press: Press | None = None) -> Done:
        """Takes the question for this person."""

    def release(self, question: str, person: str, press: Press | None = None) -> Done:
        """Gives it back."""

    def pass_on(self, question: str, person: str, press: Press | None = None) -> Done:
        """Not me."""

    def undo(self, question: str, person: str, press: Press | None = None) -> Done:
        """Takes a held answer back."""

    def split(self, question: str, person: str) -> Done:
        """A question is not the same as the one it has joined: it is asked by itself."""

    def hold_storm(self, question: str, person: str) -> Done:
        """Pauses the topic that many ask about."""

    def no_storm(self, question: str, person: str) -> Done:
        """It is no storm."""

    def restore(self, question: str, person: str, press: Press | None = None) -> Done:
        """Brings back a question that was set aside."""

    def untell(self, question: str, person: str, press: Press | None = None) -> Done:
        """A moderator stops the sentence to a customer who waits before it goes out."""

    def for_us(self, question: str, person: str, press: Press | None = None) -> Done:
        """A post that was dropped is for us."""

    def not_for_us(self, question: str, person: str, press: Press | None = None) -> Done:
        """It is not."""

    def tell(self, question: str, person: str, press: Press | None = None) -> Done:
        """Sends a customer who waits the sentence that the card shows."""


def register(app: App, desk: Desk, people: People, disturbance: Disturbance) -> None:
    """Lets `app` hand everything people do to `desk`."""
    for surface, listeners in _surfaces(app, desk, people, disturbance):
        for name, listener in listeners.items():
            surface(name)(guarded(listener))


def _surfaces(
    app: App, desk: Desk, people: People, disturbance: Disturbance
) -> Sequence[tuple[Callable[..., Any], Mapping[Any, Listener]]]:
    """What is listened to: where, by what name, by whom; the usual ones first, as Bolt asks one after the other."""
    acts = _Acts(desk, people)
    windows = writing.Windows(desk, people)
    review = reviewing.Reviews(desk, people)
    repair = repairing.Repairs(desk, people)
    case = casework.Casework(desk, people)
    heard = news.News(desk, people, disturbance)
    own = selfservice.SelfService(desk, people)
    suggestion = suggesting.Suggesting(desk, people)
    private = privately.Privately(desk, people)
    actions: dict[str | re.Pattern[str], Listener] = {
        **dict.fromkeys(acts.by_action, acts.act),
        buttons.MORE: repair.more,
        buttons.TAKE_BACK: repair.take_back,
        buttons.BY_HAND: _acknowledge,
        buttons.ANSWER: windows.answer,
        buttons.SEND_BACK: review.ask_for_note,
        buttons.CHANGE: review.ask_for_words,
        buttons.READ: review.read_whole,
        buttons.DROP: review.ask_why_not,
        crisis_parts.HANDLE: case.ask_how,
        crisis_parts.NO_CRISIS: case.ask_what_becomes,
        window_state.TYPING: windows.typing,
        window_parts.SHORTEN: windows.shorten,
        window_parts.AS_THREAD: windows.as_thread,
        window_parts.PUT_SPACES: windows.put_spaces,
        window_parts.ASK_PRIVATELY: windows.ask_privately,
        re.compile(f"{window_parts.START_FROM}\\d"): windows.start_from,
        invitations.READ_RULES: own.rules,
        home.CHANGE: own.change_hours,
        home.RESUME_ALL: own.resume,
        same.SPLIT: acts.split,
        storm_parts.HOLD: acts.about_storm,
        storm_parts.NO_STORM: acts.about_storm,
        privates.REPLY: private.reply,
        privates.GIVE: private.ask_whom,
        **dict.fromkeys(private.by_action, private.act),
        **dict.fromkeys((home.PAUSE, home.RESUME, home.DIGEST, home.LEAVE), own.act),
    }
    views: dict[str, Listener] = {
        modal.FORM: windows.form_submitted,
        modal.CONFIRM: windows.confirmed,
        modal.BACK: review.note_written,
        reviews.APPROVED: review.approved,
        reviews.CHANGED: review.words_written,
        reviews.CHANGE_APPROVED: review.words_approved,
        reviews.DROPPED: review.dropped,
        repairs.TOPIC: repair.topic_chosen,
        repairs.PERSON: repair.person_chosen,
        repairs.RETRACT: repair.retracted,
        repairs.CORRECT: repair.corrected,
        crises.HANDLED: case.handled,
        crises.CLEARED: case.cleared,
        invitations.ACCEPT: own.accepted,
        home.HOURS: own.hours_changed,
        suggesting.CHOOSE: suggestion.chosen,
        privates.FORM: private.written,
        privates.CONFIRM: private.confirmed,
        privates.GIVEN: private.given,
    }
    events: dict[str, Listener] = {
        "message": heard.message,
        "user_change": heard.person_changed,
        "team_join": heard.person_changed,
        "dnd_updated_user": heard.quiet_changed,
        "app_home_opened": own.home_opened,
    }
    commands: dict[str, Listener] = {selfservice.COMMAND: own.command}
    shortcuts: dict[str, Listener] = {suggesting.SHORTCUT: suggestion.asked}
    often = {modal.FORM: views.pop(modal.FORM), modal.CONFIRM: views.pop(modal.CONFIRM)}
    return (
        (app.action, {buttons.ANSWER: actions.pop(buttons.ANSWER)}),
        (app.view, often),
        (app.action, actions),
        (app.view, views),
        (app.event, events),
        (app.command, commands),
        (app.shortcut, shortcuts),
    )


def _acknowledge(ack: Ack, body: Body) -> None:
    """A link button: Slack opens the link, and wants to hear that we heard."""
    ack()


class _Acts:
    """Buttons that are one step: the card shows what came of it, so only a refusal is said."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people
        self.by_action: Mapping[str, Callable[[str, str, Press], Done]] = {
            buttons.CLAIM: desk.claim,
            buttons.RELEASE: desk.release,
            buttons.PASS_ON: desk.pass_on,
            buttons.UNDO: desk.undo,
            buttons.RESTORE: desk.restore,
            buttons.APPROVE: desk.approve,
            buttons.TELL: desk.tell,
            sampling.FOR_US: desk.for_us,
            sampling.NOT_FOR_US: desk.not_for_us,
            sampling.DANGEROUS: desk.raise_alarm,
            buttons.UNTELL: desk.untell,
            buttons.POSTED: desk.say_posted,
            crisis_parts.TAKE: desk.take,
            crisis_parts.GIVE_BACK: desk.give_back,
        }

    def split(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """One of those who ask the same does not, somebody says."""
        ack()
        person = self._people.person(body["user"]["id"])
        done = self._desk.split(str(action.get("value") or ""), person) if person else Done(False, texts.NOT_ROSTERED)
        tell(body, done.message, client)

    def about_storm(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """A moderator holds a storm's topic, or says that it is none."""
        ack()
        person = self._people.person_now(body["user"]["id"])
        act = self._desk.hold_storm if action["action_id"] == storm_parts.HOLD else self._desk.no_storm
        question, _ = buttons.pressed(action["value"])
        done = act(question, person) if person else Done(False, texts.NOT_ROSTERED)
        tell(body, done.message, client)

    def act(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        public = action["action_id"] in (buttons.APPROVE, buttons.TELL)
        person = (self._people.person_now if public else self._people.person)(body["user"]["id"])
        done = do(self.by_action[action["action_id"]], action["value"], person, body, client)
        if not done and person is not None and (body.get("view") or {}).get("type") == "home":
            shown = self._desk.open_home(person)  # their tab did not tell the truth
            client.views_publish(user_id=body["user"]["id"], view=home.home_view(shown))
