"""What people do in Slack, over sockets and over signed requests: the desk is asked once, and nothing goes public."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any

import pytest

from tests.adapters.slack import blockkit, samples
from tests.adapters.slack.samples import QUESTION
from tests.adapters.slack.town import JO, KIM, Town, until
from twelp import about
from twelp.adapters.slack import buttons, modal, window_state
from twelp.adapters.slack.guard import guarded
from twelp.model import CardState, Done, Finding, Press
from twelp.texts import slack as texts

REFUSED = Done(False, "Kim <U0KIM> was first & has it.")


def opened(town: Town) -> dict[str, Any]:
    """Presses Answer on the newest card; the window that opens."""
    town.act("click", "jo", action_id=buttons.ANSWER)
    return dict(until(lambda: town.top("jo")))


@pytest.mark.parametrize(
    ("state", "action", "asked"),
    [
        (CardState.ASKED, buttons.CLAIM, "claim"),
        (CardState.ASKED, buttons.PASS_ON, "pass_on"),
        (CardState.YOURS, buttons.RELEASE, "release"),
        (CardState.HOLD, buttons.UNDO, "undo"),
        (CardState.REVIEWING, buttons.APPROVE, "approve"),
    ],
)
def test_each_button_is_one_question_to_the_desk(live: Town, state: CardState, action: str, asked: str) -> None:
    live.slack.post_card(JO, samples.card(state))
    seen = live.act("click", "jo", action_id=action)
    assert seen["acked"]
    assert until(lambda: live.desk.called(asked)) == [[QUESTION, JO]]
    assert len(live.world.messages("jo")) == 1  # what came of it is told by the card


@pytest.mark.parametrize(
    ("state", "word"),
    [(CardState.ASKED, "dismiss"), (CardState.ASKED, "not_ours")],
)
def test_a_line_of_the_menu_is_one_question_to_the_desk(live: Town, state: CardState, word: str) -> None:
    live.slack.post_card(JO, samples.card(state, may_retract=True))
    assert live.act("click", "jo", action_id=buttons.MORE, value=f"{word} {QUESTION}")["acked"]
    assert until(lambda: live.desk.called(word)) == [[QUESTION, JO]]


@pytest.mark.parametrize(("word", "choice", "asked"), [("wrong_topic", "tv", "retopic"), ("pass_to", KIM, "pass_to")])
def test_a_repair_asks_for_what_it_needs_in_a_window(live: Town, word: str, choice: str, asked: str) -> None:
    live.slack.post_card(JO, samples.CARD)
    live.act("click", "jo", action_id=buttons.MORE, value=f"{word} {QUESTION}")
    until(lambda: live.top("jo"))
    live.desk.says[asked] = REFUSED
    seen = live.act("submit", "jo", values={"choice": choice})
    assert live.desk.called(asked) == [[QUESTION, JO, choice, *([""] if asked == "pass_to" else [])]]
    assert REFUSED.message in blockkit.runs(seen["view"]["blocks"])


@pytest.mark.parametrize("word", ["retract", "correct"])
def test_an_answer_is_taken_back_or_corrected_only_after_a_second_thought(live: Town, word: str) -> None:
    live.slack.post_card(JO, samples.card(CardState.PUBLISHED, may_retract=True))
    live.act("click", "jo", action_id=buttons.MORE, value=f"{word} {QUESTION}")
    window = until(lambda: live.top("jo"))["id"]
    assert live.desk.called(word) == []
    assert live.act("submit", "jo")["view"] is None
    assert live.desk.called(word) == [[QUESTION, JO]]
    assert live.desk.presses(word) == [Press("q.h.present", window=window)]


def test_who_was_not_first_is_told_so_alone_and_in_dead_letters(live: Town) -> None:
    live.desk.says["claim"] = REFUSED
    live.slack.post_card(JO, samples.CARD)
    live.act("click", "jo", action_id=buttons.CLAIM)
    until(lambda: "Kim &lt;U0KIM&gt; was first &amp; has it." in live.texts("jo"))
    assert live.world.messages("kim") == []
    assert live.world.pings() == []


def test_a_link_button_is_acknowledged_and_does_nothing(live: Town) -> None:
    live.slack.post_card(JO, samples.card(CardState.REFUSED))
    assert live.act("click", "jo", action_id=buttons.BY_HAND)["acked"]
    assert live.desk.calls == []


def test_an_answer_goes_from_the_button_to_the_desk_word_for_word(live: Town) -> None:
    live.slack.post_card(JO, samples.CARD)
    form = opened(live)
    assert samples.POST.text in blockkit.runs(form["blocks"])
    live.act("type", "jo", "Yes, both of <them>.\n*Really*")
    until(lambda: "247 left" in blockkit.runs((live.top("jo") or form)["blocks"]))
    assert live.desk.called("save_draft") == [[QUESTION, JO, "Yes, both of <them>.\n*Really*"]]
    top = live.top("jo")
    assert top
    assert window_state.typed(top) == "Yes, both of <them>.\n*Really*"

    confirm = live.act("submit", "jo")["view"]
    assert confirm["callback_id"] == modal.CONFIRM
    assert "Yes, both of <them>.\n*Really* ^JD" in blockkit.runs(confirm["blocks"])
    assert live.desk.called("confirm") == []

    seen = live.act("submit", "jo")
    assert (seen["acked"], seen["errors"], seen["view"]) == (True, {}, None)
    assert live.desk.called("confirm") == [[QUESTION, JO, "Yes, both of <them>.\n*Really*", False]]
    assert [press.window for press in live.desk.presses("confirm")] == [confirm["id"]]
    assert live.world.pings() == []


def test_going_back_from_the_confirmation_keeps_the_text(live: Town) -> None:
    live.slack.post_card(JO, samples.CARD)
    opened(live)
    live.act("submit", "jo", values={window_state.ANSWER_BLOCK: "Yes."})
    live.act("close", "jo")
    top = live.top("jo")
    assert top
    assert window_state.typed(top) == "Yes."
    assert live.desk.called("confirm") == []


def test_a_text_that_must_change_is_not_confirmed(live: Town) -> None:
    live.desk.says["findings"] = (Finding("private", "That is a phone number."),)
    live.slack.post_card(JO, samples.CARD)
    opened(live)
    seen = live.act("submit", "jo", values={window_state.ANSWER_BLOCK: "Call 555"})
    assert seen["errors"] == {window_state.ANSWER_BLOCK: "That is a phone number."}
    assert seen["view"]["callback_id"] == modal.FORM
    until(lambda: live.desk.called("save_draft"))


def test_a_text_too_long_to_carry_is_refused_in_the_window(live: Town) -> None:
    live.slack.post_card(JO, samples.CARD)
    opened(live)
    seen = live.act("submit", "jo", values={window_state.ANSWER_BLOCK: "😀" * 2_000})
    assert seen["errors"] == {window_state.ANSWER_BLOCK: texts.TOO_LONG_TO_CARRY}


def test_who_confirms_too_late_is_told_why_and_keeps_the_text(live: Town) -> None:
    live.desk.says["confirm"] = REFUSED
    live.slack.post_card(JO, samples.CARD)
    opened(live)
    live.act("submit", "jo", values={window_state.ANSWER_BLOCK: "Yes, both."})
    seen = live.act("submit", "jo")
    assert seen["acked"]
    assert blockkit.runs(seen["view"]["blocks"]) == [REFUSED.message, texts.KEEP_TEXT, "Yes, both."]


def test_who_may_not_answer_gets_no_window_but_the_reason(live: Town) -> None:
    live.desk.says["begin_answer"] = REFUSED
    live.slack.post_card(JO, samples.CARD)
    live.act("click", "jo", action_id=buttons.ANSWER)
    until(lambda: len(live.texts("jo")) == 2)
    assert live.top("jo") is None


def test_a_draft_comes_back_with_its_preview(live: Town) -> None:
    live.desk.says["begin_answer"] = replace(samples.FORM, draft="Yes, bo")
    live.slack.post_card(JO, samples.CARD)
    form = opened(live)
    assert window_state.typed(form) == "Yes, bo"
    assert "269 left" in blockkit.runs(form["blocks"])


def test_a_window_that_opens_too_late_is_asked_for_again(live: Town) -> None:
    """A trigger lives three seconds."""

    def slow() -> Any:
        live.world.workspace.clock.advance(4)
        return samples.FORM

    live.desk.says["begin_answer"] = slow
    live.slack.post_card(JO, samples.CARD)
    live.act("click", "jo", action_id=buttons.ANSWER)
    until(lambda: texts.TOO_SLOW in live.texts("jo"))
    assert live.top("jo") is None, "a window that is told to be late did not open"
    assert len(live.desk.calls) == 1, "it is the person who asks again"


def test_typing_in_a_window_that_was_closed_meanwhile_is_no_trouble(
    live: Town, caplog: pytest.LogCaptureFixture
) -> None:
    live.slack.post_card(JO, samples.CARD)
    opened(live)
    live.desk.says["save_draft"] = lambda *_: live.world.do(live.world.acts.close("jo"))
    live.act("type", "jo", "Yes")
    until(lambda: live.top("jo") is None)
    assert live.act("click", "jo", action_id=buttons.CLAIM)["acked"]
    until(lambda: live.desk.called("claim"))
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_moderator_sends_an_answer_back_with_a_note(live: Town) -> None:
    live.slack.post_card(JO, samples.card(CardState.REVIEWING))
    live.act("click", "jo", action_id=buttons.SEND_BACK)
    window = until(lambda: live.top("jo"))["id"]
    seen = live.act("submit", "jo", values={modal.NOTE_BLOCK: "Say which model."})
    assert seen["acked"]
    assert live.desk.called("send_back") == [[QUESTION, JO, "Say which model."]]
    assert live.desk.presses("send_back") == [Press("q.h.present", window=window)]
    assert live.top("jo") is None


def test_a_note_that_comes_too_late_is_shown_with_the_reason(live: Town) -> None:
    live.desk.says["send_back"] = REFUSED
    live.slack.post_card(JO, samples.card(CardState.REVIEWING))
    live.act("click", "jo", action_id=buttons.SEND_BACK)
    until(lambda: live.top("jo"))
    seen = live.act("submit", "jo", values={modal.NOTE_BLOCK: "Say which model."})
    assert "Say which model." in blockkit.runs(seen["view"]["blocks"])


def test_who_became_a_guest_meanwhile_is_told_kindly_and_nothing_happens(live: Town) -> None:
    live.slack.post_card(JO, samples.CARD)
    opened(live)
    live.slack.post_card(JO, samples.CARD)
    person = live.world.workspace.find("jo")
    person.change({"is_restricted": True}, 0)
    shown = person.as_json(live.world.workspace.team["id"], live.world.workspace.clock.now())
    live.world.do(live.world.delivery.emit_now({"type": "user_change", "user": shown}))
    until(lambda: live.slack.people._persons.get("U0JO") is None)
    live.desk.calls.clear()

    seen = live.act("submit", "jo", values={window_state.ANSWER_BLOCK: "Yes."})
    assert texts.NOT_ROSTERED in blockkit.runs(seen["view"]["blocks"])
    for action in (buttons.CLAIM, buttons.ANSWER):
        live.act("click", "jo", action_id=action)
    until(lambda: live.texts("jo").count(texts.NOT_ROSTERED) == 2)
    assert live.desk.calls == []


def test_what_is_written_in_slack_stays_in_slack(live: Town) -> None:
    """A hint at most once a day, whatever is said and wherever; the desk hears nothing of it."""
    place = live.slack.post_card(JO, samples.CARD)
    first = live.act("write", "jo", "Yes, it does both!", thread_ts=place.ts)
    until(lambda: texts.JUST_A_CHAT in live.texts("jo"))
    live.world.do(live.world.delivery.redeliver(first["event_id"]))
    live.act("write", "jo", "post this")
    live.act("click", "jo", action_id=buttons.CLAIM)
    until(lambda: live.desk.called("claim"))
    assert live.texts("jo").count(texts.JUST_A_CHAT) == 1
    assert [call[0] for call in live.desk.calls] == ["claim"]


def test_an_event_sent_again_after_a_restart_is_known(live: Town) -> None:
    live.slack.post_card(JO, samples.CARD)
    event = live.act("write", "jo", "hello")["event_id"]
    until(lambda: live.desk.events)
    assert live.desk.events == {event}


@pytest.mark.parametrize("error", [RuntimeError("Ana's words, xoxb-town"), KeyError("Ana's words")])
def test_our_own_mistake_is_told_to_the_person_and_journaled_without_words(
    live: Town, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    caplog.set_level(logging.DEBUG)
    live.desk.says |= {"claim": error, "confirm": error}
    live.slack.post_card(JO, samples.CARD)
    live.act("click", "jo", action_id=buttons.CLAIM)
    until(lambda: texts.NOTHING_POSTED in live.texts("jo"))
    opened(live)
    live.act("submit", "jo", values={window_state.ANSWER_BLOCK: "Yes, both."})
    seen = live.act("submit", "jo")
    assert seen["acked"]
    assert blockkit.runs(seen["view"]["blocks"]) == [texts.NOTHING_POSTED, texts.KEEP_TEXT, "Yes, both."]
    ours = [record for record in caplog.records if record.name.startswith("twelp.adapters")]
    failed = [record for record in ours if record.levelno >= logging.ERROR]
    assert [vars(record)["act"] for record in failed] == [buttons.CLAIM, modal.CONFIRM]
    told = " ".join(record.getMessage() for record in ours)
    assert type(error).__name__ in told
    assert "Ana" not in told
    assert "xoxb" not in told
    assert "Yes, both" not in told


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ({"actions": [{"action_id": "twelp_claim", "value": "x:42"}]}, "x:42"),
        ({"actions": [{"action_id": "twelp_more", "selected_option": {"value": "topic x:42"}}]}, "x:42"),
        ({"view": {"callback_id": "twelp_form", "private_metadata": "x:42 thread\nx:43 I wrote"}}, "x:42"),
        ({"event": {"type": "message", "text": "x:42"}}, ""),
        ({"actions": "x:42", "view": [], "event": 3}, ""),
        ({"actions": [{"value": ["x:42"]}]}, ""),
    ],
)
def test_whatever_is_logged_while_somebody_acts_says_which_question_it_is_about(body: Any, question: str) -> None:
    heard = []
    guarded(lambda **_: heard.append(about.current()))(ack=None, body=body)
    assert heard == [question]


def test_a_draft_that_cannot_be_kept_after_the_answer_was_shown_is_journaled(
    live: Town, caplog: pytest.LogCaptureFixture
) -> None:
    live.desk.says["save_draft"] = RuntimeError()
    live.slack.post_card(JO, samples.CARD)
    opened(live)
    seen = live.act("submit", "jo", values={window_state.ANSWER_BLOCK: "Yes."})
    assert seen["view"]["callback_id"] == modal.CONFIRM
    until(lambda: caplog.records)


def test_two_clicks_are_two_questions_and_nothing_else(live: Town) -> None:
    """The desk is idempotent; here only that both are acknowledged and neither opens anything."""
    live.slack.post_card(JO, samples.CARD)
    for _ in range(2):
        assert live.act("click", "jo", action_id=buttons.CLAIM)["acked"]
    until(lambda: len(live.desk.called("claim")) == 2)
    assert json.dumps(live.world.views("jo")["stack"]) == "[]"
