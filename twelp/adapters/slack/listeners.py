"""What people do in Slack, handed to the desk: ack, see who it is, one call, done.

Rules: ack before anything that may take time (a submitted window is the exception: its answer *is* the ack); the desk
is quick and idempotent, so a second click does nothing; nothing a person writes in a conversation is ever taken for an
answer; whoever is not on the roster is told so and nothing happens; whatever goes wrong ends in `guarded`,
which writes down what kind of thing it was, never a token and never anybody's words.
"""

from __future__ import annotations

import functools
import logging
import re
import traceback
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from twelp.adapters.slack import cards, home, invitations, modal, repairing, repairs, selfservice, suggesting, texts
from twelp.adapters.slack.disturb import Disturbance
from twelp.adapters.slack.failures import code_of
from twelp.adapters.slack.people import People
from twelp.adapters.slack.previews import Newest
from twelp.adapters.slack.telling import Body, do, open_window, tell, update_window
from twelp.model import Done, Form, Preview

Listener = Callable[..., None]

HINT_EVERY_S: Final = 86_400.0
_HINTED: Final = 5_000

_LOG = logging.getLogger(__name__)


class Desk(repairing.Desk, selfservice.Desk, suggesting.Desk, Protocol):
    """What people's acts come to. `person` is a roster id. Every method is quick (20 ms) and may be called twice."""

    def claim(self, question: str, person: str) -> Done:
        """Takes the question for this person."""

    def release(self, question: str, person: str) -> Done:
        """Gives it back."""

    def pass_on(self, question: str, person: str) -> Done:
        """Not me."""

    def begin_answer(self, question: str, person: str) -> Form | Done:
        """The form, claiming if needed; or why not."""

    def preview(self, question: str, person: str, text: str) -> Preview:
        """The text as it would go out."""

    def save_draft(self, question: str, person: str, text: str) -> None:
        """Keeps what was typed so far."""

    def start_from(self, question: str, person: str, answer_id: int, text: str) -> Form | Done:
        """The form with an earlier answer below what was typed."""

    def shorten(self, question: str, person: str, text: str) -> Form | Done:
        """The form with a shorter text proposed."""

    def confirm(self, question: str, person: str, text: str) -> Done:
        """The person confirmed this text, word for word."""

    def undo(self, question: str, person: str) -> Done:
        """Takes a held answer back."""

    def approve(self, question: str, person: str) -> Done:
        """A moderator passes a held answer."""

    def send_back(self, question: str, person: str, note: str) -> Done:
        """A moderator returns a held answer with a note."""

    def first_time(self, event_id: str) -> bool:
        """True once per event id."""


def register(app: App, desk: Desk, people: People, disturbance: Disturbance) -> None:
    """Lets `app` hand everything people do to `desk`."""
    acts = _Acts(desk, people)
    windows = _Windows(desk, people)
    repair = repairing.Repairs(desk, people)
    news = _News(desk, people, disturbance)
    own = selfservice.SelfService(desk, people)
    suggestion = suggesting.Suggesting(desk, people)
    actions: dict[str | re.Pattern[str], Listener] = {
        **dict.fromkeys(acts.by_action, acts.act),
        cards.MORE: repair.more,
        cards.BY_HAND: _acknowledge,
        cards.ANSWER: windows.answer,
        cards.SEND_BACK: windows.ask_for_note,
        modal.TYPING: windows.typing,
        modal.SHORTEN: windows.shorten,
        re.compile(f"{modal.START_FROM}\\d"): windows.start_from,
        invitations.READ_RULES: own.rules,
        home.CHANGE: own.change_hours,
        **dict.fromkeys((home.PAUSE, home.RESUME, home.DIGEST, home.LEAVE), own.act),
    }
    views: dict[str, Listener] = {
        modal.FORM: windows.form_submitted,
        modal.CONFIRM: windows.confirmed,
        modal.BACK: windows.note_written,
        repairs.TOPIC: repair.topic_chosen,
        repairs.PERSON: repair.person_chosen,
        repairs.RETRACT: repair.retracted,
        invitations.ACCEPT: own.accepted,
        home.HOURS: own.hours_changed,
        suggesting.CHOOSE: suggestion.chosen,
    }
    events: dict[str, Listener] = {
        "message": news.message,
        "user_change": news.person_changed,
        "team_join": news.person_changed,
        "dnd_updated_user": news.quiet_changed,
        "app_home_opened": own.home_opened,
    }
    commands: dict[str, Listener] = {selfservice.COMMAND: own.command}
    shortcuts: dict[str, Listener] = {suggesting.SHORTCUT: suggestion.asked}
    often = {modal.FORM: views.pop(modal.FORM), modal.CONFIRM: views.pop(modal.CONFIRM)}
    surfaces: tuple[tuple[Callable[..., Any], Mapping[Any, Listener]], ...] = (
        (app.action, {cards.ANSWER: actions.pop(cards.ANSWER)}),  # Bolt asks one after the other: the usual ones first
        (app.view, often),
        (app.action, actions),
        (app.view, views),
        (app.event, events),
        (app.command, commands),
        (app.shortcut, shortcuts),
    )
    for surface, listeners in surfaces:
        for name, listener in listeners.items():
            surface(name)(guarded(listener))


def _acknowledge(ack: Ack, body: Body) -> None:
    """A link button: Slack opens the link, and wants to hear that we heard."""
    ack()


class _Acts:
    """Buttons that are one step: the card shows what came of it, so only a refusal is said."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._people = people
        self.by_action: Mapping[str, Callable[[str, str], Done]] = {
            cards.CLAIM: desk.claim,
            cards.RELEASE: desk.release,
            cards.PASS_ON: desk.pass_on,
            cards.UNDO: desk.undo,
            cards.APPROVE: desk.approve,
        }

    def act(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        person = self._people.person(body["user"]["id"])
        do(self.by_action[action["action_id"]], action["value"], person, body, client)


class _Windows:
    """Writing an answer, seeing it, confirming it; and a moderator's note."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people
        self._previews = Newest()

    def answer(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        person = self._people.person(body["user"]["id"])
        if person is None:
            tell(body, texts.NOT_ROSTERED, client)
            return
        begun = self._desk.begin_answer(action["value"], person)
        if isinstance(begun, Done):
            tell(body, begun.message, client)
            return
        preview = self._desk.preview(begun.question, person, begun.draft) if begun.draft else None
        open_window(client, body, modal.form_view(begun, preview))

    def ask_for_note(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        if self._people.person(body["user"]["id"]) is None:
            tell(body, texts.NOT_ROSTERED, client)
        else:
            open_window(client, body, modal.note_view(action["value"]))

    def typing(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        view, text = body["view"], action.get("value") or ""
        person = self._people.person(body["user"]["id"])
        question, _ = modal.unpack(view["private_metadata"])
        if person is None:
            return

        def show() -> None:
            preview = self._desk.preview(question, person, text)
            self._desk.save_draft(question, person, text)
            update_window(client, view["id"], modal.with_preview(view, preview))

        self._previews.run(view["id"], float(action.get("action_ts") or 0), show)

    def start_from(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """An earlier answer becomes the draft."""
        ack()
        self._redraft(body, client, lambda q, p, text: self._desk.start_from(q, p, int(action["value"]), text))

    def shorten(self, ack: Ack, body: Body, client: WebClient) -> None:
        """A shorter text is proposed."""
        ack()
        self._redraft(body, client, self._desk.shorten)

    def _redraft(self, body: Body, client: WebClient, change: Callable[[str, str, str], Form | Done]) -> None:
        view = body["view"]
        person = self._people.person(body["user"]["id"])
        question, _ = modal.unpack(view["private_metadata"])

        def show() -> None:
            form = change(question, person, modal.typed(view)) if person else Done(False, texts.NOT_ROSTERED)
            if isinstance(form, Done):
                update_window(client, view["id"], modal.failed_view(form.message, modal.typed(view)))
                return
            preview = self._desk.preview(question, person or "", form.draft)
            update_window(client, view["id"], modal.form_view(form, preview, block_id=modal.next_block(view)))

        self._previews.run(view["id"], float(body["actions"][0].get("action_ts") or 0), show)

    def form_submitted(self, ack: Ack, body: Body, view: Body) -> None:
        person = self._people.person(body["user"]["id"])
        question, text = modal.unpack(view["private_metadata"])[0], modal.typed(view)
        if person is None:
            ack(response_action="update", view=modal.failed_view(texts.NOT_ROSTERED, text))
            return
        if not modal.carries(question, text):
            ack(response_action="errors", errors={modal.answer_block(view): texts.TOO_LONG_TO_CARRY})
            return
        preview = self._desk.preview(question, person, text)
        if preview.ready:
            ack(response_action="push", view=modal.confirm_view(question, text, preview))
        else:
            ack(response_action="errors", errors=modal.errors(preview, modal.answer_block(view)))
        self._desk.save_draft(question, person, text)

    def confirmed(self, ack: Ack, body: Body, view: Body) -> None:
        person = self._people.person(body["user"]["id"])
        question, text = modal.unpack(view["private_metadata"])
        done = self._desk.confirm(question, person, text) if person else Done(False, texts.NOT_ROSTERED)
        if done.ok:
            ack(response_action="clear")
        else:
            ack(response_action="update", view=modal.failed_view(done.message, text))

    def note_written(self, ack: Ack, body: Body, view: Body) -> None:
        person = self._people.person(body["user"]["id"])
        question, _ = modal.unpack(view["private_metadata"])
        note = modal.typed(view, modal.NOTE_BLOCK, modal.NOTE)
        done = self._desk.send_back(question, person, note) if person else Done(False, texts.NOT_ROSTERED)
        if done.ok:
            ack(response_action="clear")
        else:
            ack(response_action="update", view=modal.failed_view(done.message, note))


class _News:
    """Events: people who change, and people who write to us (which stays between us)."""

    def __init__(self, desk: Desk, people: People, disturbance: Disturbance) -> None:
        self._desk = desk
        self._people = people
        self._disturbance = disturbance
        self._hinted: OrderedDict[str, float] = OrderedDict()

    def person_changed(self, ack: Ack, body: Body, event: Body) -> None:
        self._people.hear(event.get("user") or {})

    def quiet_changed(self, ack: Ack, body: Body, event: Body) -> None:
        self._disturbance.hear(str(event.get("user")), event.get("dnd_status") or {})

    def message(self, ack: Ack, body: Body, event: Body, client: WebClient) -> None:
        """A direct message: internal whatever it says; a hint at most once a day."""
        user = event.get("user")
        if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id") or not user:
            return
        said_at = float(event.get("ts") or 0)
        if said_at - self._hinted.get(user, -HINT_EVERY_S) < HINT_EVERY_S:
            return
        if not self._desk.first_time(body["event_id"]):
            return
        self._hinted[user] = said_at
        if len(self._hinted) > _HINTED:
            self._hinted.popitem(last=False)
        client.chat_postEphemeral(channel=event["channel"], user=user, text=texts.JUST_A_CHAT)


# ---------------------------------------------------------------- whatever goes wrong


def guarded(listener: Listener) -> Listener:
    """The listener, with the last stop of everything unexpected around it.

    Around each one, because Bolt's own error handler takes an acknowledgement back when the failure comes within a
    hundredth of a second after it (seen with 1.30), and Slack then shows a second, wrong trouble.
    """

    @functools.wraps(listener)
    def safe(**given: Any) -> None:
        try:
            listener(**given)
        except Exception as error:  # the outermost rim: whatever it was, the person is told
            _went_wrong(error, given["ack"], given["body"])

    return safe


def _went_wrong(error: Exception, ack: Ack, body: Body) -> None:
    """Journals where it happened and what kind it was, and tells the person that nothing was posted."""
    kind = (body.get("event") or body).get("type")
    code = code_of(error) if isinstance(error, SlackApiError) else ""
    place = "".join(traceback.format_tb(error.__traceback__)[-3:])  # the error's own words may hold somebody's text
    _LOG.error("slack: a %s went wrong: %s %s\n%s", kind, type(error).__name__, code, place)
    if kind == "view_submission" and ack.response is None:  # the window can still say so
        text = modal.unpack(body["view"].get("private_metadata") or "")[1] or modal.typed(body["view"])
        ack(response_action="update", view=modal.failed_view(texts.NOTHING_POSTED, text))
    elif body.get("response_url"):
        try:
            tell(body, texts.NOTHING_POSTED)
        except OSError:
            _LOG.warning("slack: and the person could not be told")
