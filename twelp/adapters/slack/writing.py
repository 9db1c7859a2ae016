"""The windows in which an answer is written, seen and confirmed, handed to the desk.

Only `confirmed` can publish: the last button, of somebody who may, for a text that was shown word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from slack_bolt import Ack
from slack_sdk import WebClient

from twelp.adapters.slack import buttons, modal, several, window_state
from twelp.adapters.slack.debounce import LatestOnly
from twelp.adapters.slack.people import People
from twelp.adapters.slack.telling import Body, clicked, open_window, sent, tell, update_window
from twelp.flow import seen
from twelp.model import Done, Form, Press, Preview
from twelp.texts import slack as texts


class Desk(Protocol):
    """What writing comes to; see `listeners.Desk`."""

    def begin_answer(self, question: str, person: str, press: Press | None = None) -> Form | Done:
        """The form, claiming if needed; or why not."""

    def preview(self, question: str, person: str, text: str, thread: bool = False) -> Preview:
        """The text as it would go out; `thread`: as several posts where it is too long for one."""

    def save_draft(self, question: str, person: str, text: str, press: Press | None = None) -> str | None:
        """Keeps what was typed so far: None; or why not."""

    def start_from(
        self, question: str, person: str, answer_id: int, text: str, press: Press | None = None
    ) -> Form | Done:
        """The form with an earlier answer below what was typed."""

    def shorten(self, question: str, person: str, text: str, press: Press | None = None) -> Form | Done:
        """The form with a shorter text proposed."""

    def part_words(self, question: str, person: str, text: str, press: Press | None = None) -> Form | Done:
        """The form with a space in every link that looks like a slip."""

    def ask_privately(self, question: str, person: str, text: str, press: Press | None = None) -> Form | Done:
        """The form with the line that asks the customer to write privately."""

    def confirm(
        self,
        question: str,
        person: str,
        text: str,
        thread: bool = False,
        press: Press | None = None,
        covers: Collection[int] | None = None,
    ) -> Done:
        """The person confirmed this text, word for word, as one post or as several; once in each window.

        `covers`: which of several things that are asked it answers; None: they were not asked.

        Where the window showed something else: `details["preview"]` and `details["seen"]`, to be confirmed.
        """


class Windows:
    """Writing an answer, seeing it, confirming it."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people
        self._previews = LatestOnly()

    def answer(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        person = self._people.person(body["user"]["id"])
        if person is None:
            tell(body, texts.NOT_ROSTERED, client)
            return
        question, marks = buttons.pressed(action["value"])
        begun = self._desk.begin_answer(question, person, clicked(body, marks))
        if isinstance(begun, Done):
            if not begun.ok:
                tell(body, begun.message, client)
            return
        preview = self._desk.preview(begun.question, person, begun.draft) if begun.draft else None
        open_window(client, body, modal.form_view(begun, preview))

    def typing(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        self._show(
            body,
            client,
            window_state.meant(action.get("value") or "", action.get("block_id") or ""),
            thread=window_state.as_thread(body["view"]),
        )

    def as_thread(self, ack: Ack, body: Body, client: WebClient) -> None:
        """From now on a text that is too long for one post is shown, and goes out, as several."""
        ack()
        self._show(body, client, window_state.typed(body["view"]), thread=True)

    def _show(self, body: Body, client: WebClient, text: str, *, thread: bool) -> None:
        """The window with the text as it would go out; what is typed stays untouched."""
        view, question = body["view"], window_state.unpack(body["view"]["private_metadata"])[0]
        person = self._people.person(body["user"]["id"])
        if person is None:
            return

        def show() -> None:
            preview = self._desk.preview(question, person, text, thread)
            unkept = self._desk.save_draft(question, person, text, sent(view))
            update_window(client, view["id"], modal.with_preview(view, preview, thread=thread, note=unkept or ""))

        self._previews.run(view["id"], float(body["actions"][0].get("action_ts") or 0), show)

    def start_from(self, ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        """An earlier answer becomes the draft."""
        ack()
        answer = int(action["value"])
        self._redraft(body, client, lambda q, p, text, press: self._desk.start_from(q, p, answer, text, press))

    def shorten(self, ack: Ack, body: Body, client: WebClient) -> None:
        """A shorter text is proposed."""
        ack()
        self._redraft(body, client, self._desk.shorten)

    def put_spaces(self, ack: Ack, body: Body, client: WebClient) -> None:
        """A space is put where one seems to be missing."""
        ack()
        self._redraft(body, client, self._desk.part_words)

    def ask_privately(self, ack: Ack, body: Body, client: WebClient) -> None:
        """The company's line that asks the customer to write privately is put in."""
        ack()
        self._redraft(body, client, self._desk.ask_privately)

    def _redraft(self, body: Body, client: WebClient, change: Callable[[str, str, str, Press], Form | Done]) -> None:
        view = body["view"]
        person = self._people.person(body["user"]["id"])
        question, _ = window_state.unpack(view["private_metadata"])

        def show() -> None:
            form = (
                change(question, person, window_state.typed(view), sent(view))
                if person
                else Done(False, texts.NOT_ROSTERED)
            )
            if isinstance(form, Done):
                update_window(client, view["id"], modal.failed_view(form.message, window_state.typed(view)))
                return
            preview = self._desk.preview(question, person or "", form.draft)
            update_window(client, view["id"], modal.form_view(form, preview, block_id=window_state.next_block(view)))

        self._previews.run(view["id"], float(body["actions"][0].get("action_ts") or 0), show)

    def form_submitted(self, ack: Ack, body: Body, view: Body) -> None:
        person = self._people.person(body["user"]["id"])
        question, text = window_state.unpack(view["private_metadata"])[0], window_state.typed(view)
        if person is None:
            ack(response_action="update", view=modal.failed_view(texts.NOT_ROSTERED, text))
            return
        if not window_state.carries(question, text):
            ack(response_action="errors", errors={window_state.answer_block(view): texts.TOO_LONG_TO_CARRY})
            return
        preview = self._desk.preview(question, person, text, window_state.as_thread(view))
        if preview.ready:
            marks = seen.confirming(window_state.seen_in(view["private_metadata"]), preview)
            ack(response_action="push", view=modal.confirm_view(question, text, preview, marks))
        else:
            ack(response_action="errors", errors=modal.errors(preview, window_state.answer_block(view)))
        self._desk.save_draft(question, person, text, sent(view))

    def confirmed(self, ack: Ack, body: Body, view: Body) -> None:
        person = self._people.person_now(body["user"]["id"])
        question, text = window_state.unpack(view["private_metadata"])
        thread = window_state.as_thread(view)
        done = Done(False, texts.NOT_ROSTERED)
        if person is not None:
            covers = several.chosen(view)
            said = {} if covers is None else {"covers": covers}
            done = self._desk.confirm(question, person, text, thread, sent(view), **said)
        preview = done.details.get("preview")
        if done.ok:
            ack(response_action="clear")
        elif preview is not None:  # what is true now is shown, and may be confirmed
            marks = seen.confirming(done.details["seen"], preview)
            ack(response_action="update", view=modal.confirm_view(question, text, preview, marks, done.message))
        else:
            ack(response_action="update", view=modal.failed_view(done.message, text))
