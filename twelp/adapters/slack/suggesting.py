"""The message shortcut "Suggest as answer": a colleague's words become somebody's own draft, and nothing more.

Who uses it reads the words in the window, signs them and confirms what goes out, as with any answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

from slack_bolt import Ack
from slack_sdk import WebClient

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import modal, window_state
from twelp.adapters.slack.people import People
from twelp.adapters.slack.telling import Body, open_window, tell
from twelp.flow.answer import from_message
from twelp.model import Done, Form, Preview, Question
from twelp.texts import slack as texts

SHORTCUT: Final = "twelp_suggest"
CHOOSE: Final = "twelp_suggest_for"
_BLOCK: Final = "question"
_CHOICE: Final = "twelp_question"
_LINE: Final = 75
_CARRIED: Final = 2_800
"""What travels in a window beside the rest, in UTF-16 units."""


class Desk(Protocol):
    """What a suggestion comes to; see `listeners.Desk`."""

    def answerable(self, person: str, channel: str, ts: str) -> tuple[Question, ...] | Done:
        """Questions a message may be suggested for; `ts`: the message above it in its thread."""

    def suggest(self, question: str, person: str, text: str) -> Form | Done:
        """The form with these words in it."""

    def preview(self, question: str, person: str, text: str, thread: bool = False) -> Preview:
        """The text as it would go out."""


class Suggesting:
    """The listeners."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people

    def asked(self, ack: Ack, body: Body, client: WebClient) -> None:
        """The shortcut was used on a message."""
        ack()
        person = self._people.person(body["user"]["id"])
        message: Mapping[str, Any] = body.get("message") or {}
        text = as_typed(str(message.get("text") or ""))
        if person is None:
            return tell(body, texts.NOT_ROSTERED, client)
        if not text or message.get("bot_id"):
            return tell(body, texts.SUGGEST_EMPTY, client)
        above = str(message.get("thread_ts") or "")
        found = self._desk.answerable(person, str((body.get("channel") or {}).get("id") or ""), above)
        if isinstance(found, Done):
            return tell(body, found.message, client)
        if not found:
            return tell(body, texts.SUGGEST_NONE, client)
        if len(found) > 1:
            return open_window(client, body, choice_view(found, text))
        form = self._desk.suggest(found[0].id, person, text)
        if isinstance(form, Done):
            return tell(body, form.message, client)
        return open_window(client, body, self._form(form, person))

    def chosen(self, ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        """Which question it answers."""
        person = self._people.person(body["user"]["id"])
        _, text = window_state.unpack(view["private_metadata"])
        state = view.get("state", {}).get("values", {}).get(_BLOCK, {}).get(_CHOICE, {})
        question = str((state.get("selected_option") or {}).get("value") or "")
        form = self._desk.suggest(question, person, text) if person else Done(False, texts.NOT_ROSTERED)
        if isinstance(form, Done):
            ack(response_action="update", view=modal.failed_view(form.message, text, title=texts.NOT_DONE))
        else:
            ack(response_action="update", view=self._form(form, person or ""))

    def _form(self, form: Form, person: str) -> modal.View:
        return modal.form_view(form, self._desk.preview(form.question, person, form.draft))


def choice_view(questions: tuple[Question, ...], text: str) -> modal.View:
    """The small window that asks which question the text answers."""
    options = [{"text": kit.plain(kit.line(q.post.text, _LINE)), "value": q.id} for q in questions if len(q.id) <= 150]
    choice = {
        "type": "input",
        "block_id": _BLOCK,
        "label": kit.plain(texts.SUGGEST_LABEL),
        "hint": kit.plain(texts.SUGGEST_HINT),
        "element": {"type": "static_select", "action_id": _CHOICE, "options": options},
    }
    return {
        "type": "modal",
        "callback_id": CHOOSE,
        "title": kit.label(texts.SUGGEST_TITLE),
        "submit": kit.label(texts.SUGGEST_ON),
        "close": kit.label(texts.CANCEL),
        "private_metadata": window_state.pack("-", text),
        "blocks": [choice],
    }


def as_typed(text: str) -> str:
    """A Slack message's text as its author typed it, cut to what fits; the desk takes its signs off.

    >>> as_typed("see <https://volt.example/arc|this page> &amp; press *ARC*")
    'see <https://volt.example/arc|this page> & press *ARC*'
    """
    plain = from_message(text).strip()[: window_state.TEXT_LIMIT]
    return plain if kit.width(plain) <= _CARRIED else plain[: _CARRIED // 2]
