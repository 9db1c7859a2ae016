"""The windows: what they show, what they carry, and that typing is never lost."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.slack import blockkit, samples
from twelp.adapters.slack import modal, reviews, window_state
from twelp.model import CardState, Finding, FindingLevel, Preview
from twelp.texts import slack as texts

READY = Preview(("Yes, both. ^JD",), 262)
HELD = Preview(("Yes, both. ^JD",), 262, (Finding("trainee", "By a newcomer.", FindingLevel.SECOND_PAIR),))
BLOCKED = Preview(("",), -12, (Finding("length", "12 characters too many."), Finding("private", "A phone number <b>.")))


def test_the_form_quotes_the_question_and_asks_for_every_character() -> None:
    view = modal.form_view(samples.FORM)
    blockkit.check_view(view)
    assert samples.POST.text in blockkit.runs(view["blocks"])
    [element] = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    assert element["dispatch_action_config"] == {"trigger_actions_on": ["on_character_entered"]}
    assert "initial_value" not in element


def test_a_draft_is_there_again_with_its_preview() -> None:
    view = modal.form_view(replace(samples.FORM, draft="Yes, bo"), Preview(("Yes, bo ^JD",), 269))
    assert view["blocks"][1]["element"]["initial_value"] == "Yes, bo"
    assert "269 left" in blockkit.runs(view["blocks"])


def test_a_new_preview_leaves_the_input_untouched() -> None:
    """Slack keeps what is being typed only while the input block stays the same."""
    sent = modal.form_view(replace(samples.FORM, draft="Y"))
    from_slack = json.loads(json.dumps(sent)) | {"id": "V1", "hash": "1.a", "state": {"values": {}}, "bot_id": "B1"}
    shown = modal.with_preview(from_slack, HELD)
    blockkit.check_view(shown)
    assert shown["blocks"][:2] == sent["blocks"][:2]
    assert {"id", "hash", "state", "bot_id"}.isdisjoint(shown)
    assert shown["private_metadata"] == sent["private_metadata"]
    assert {"262 left", "Yes, both. ^JD", texts.SECOND_LOOK, "By a newcomer."} <= set(blockkit.runs(shown["blocks"]))


def test_a_text_too_long_says_by_how_much_and_what_to_change() -> None:
    shown = modal.with_preview(modal.form_view(samples.FORM), BLOCKED)
    blockkit.check_view(shown)
    assert {"12 too many", texts.MUST_CHANGE} <= set(blockkit.runs(shown["blocks"]))
    assert modal.errors(BLOCKED) == {window_state.ANSWER_BLOCK: "12 characters too many. A phone number <b>."}


def test_the_confirmation_shows_exactly_what_will_be_public() -> None:
    view = modal.confirm_view(samples.QUESTION, "Yes, both.", READY)
    blockkit.check_view(view)
    assert blockkit.runs(view["blocks"]) == [texts.CONFIRM_LEAD, "Yes, both. ^JD"]
    assert view["submit"]["text"] == "Post publicly"


def test_a_text_too_long_for_one_post_may_be_shortened_or_go_out_as_several() -> None:
    one = Preview(("Long. ^JD",), -12, (Finding("length", "Too long."),), as_thread=3)
    shown = modal.with_preview(modal.form_view(samples.FORM), one)
    blockkit.check_view(shown)
    labels = [e["text"]["text"] for b in shown["blocks"] if b["type"] == "actions" for e in b["elements"]]
    assert labels == ["Propose a shorter text", "Post as a thread of 3"]
    assert not window_state.as_thread(shown)
    no_way = modal.with_preview(shown, Preview(("Long. ^JD",), -900))
    assert [len(b["elements"]) for b in no_way["blocks"] if b["type"] == "actions"] == [1]


def test_a_thread_is_shown_post_by_post_and_stays_one_while_it_is_written() -> None:
    several = Preview(("First,", "then. ^JD"), 268)
    shown = modal.with_preview(modal.form_view(samples.FORM), several, thread=True)
    blockkit.check_view(shown)
    runs = blockkit.runs(shown["blocks"])
    at = runs.index("Post 1 of 2:")
    assert runs[at : at + 4] == ["Post 1 of 2:", "First,", "Post 2 of 2:", "then. ^JD"]
    assert "2 posts, 268 left in the last" in runs
    assert window_state.as_thread(shown)
    assert window_state.as_thread(modal.with_preview(shown, several))
    confirm = modal.confirm_view(samples.QUESTION, "First,\nthread", several)
    blockkit.check_view(confirm)
    assert blockkit.runs(confirm["blocks"])[1:] == ["Post 1 of 2:", "First,", "Post 2 of 2:", "then. ^JD"]
    assert window_state.as_thread(confirm)
    assert window_state.unpack(confirm["private_metadata"]) == (samples.QUESTION, "First,\nthread")


def test_the_confirmation_says_when_somebody_reads_it_first() -> None:
    view = modal.confirm_view(samples.QUESTION, "Yes, both.", HELD)
    assert {texts.SECOND_LOOK, "By a newcomer."} <= set(blockkit.runs(view["blocks"]))
    assert view["submit"]["text"] == "Send to review"


@given(st.text(st.characters(codec="utf-8"), max_size=2_000))
def test_a_text_that_is_carried_comes_back_as_it_was(text: str) -> None:
    if window_state.carries(samples.QUESTION, text):
        view = modal.confirm_view(samples.QUESTION, text, Preview((text,), 1))
        blockkit.check_view(view)
        assert window_state.unpack(view["private_metadata"]) == (samples.QUESTION, text)


def test_what_is_too_long_to_carry_is_said_to_be() -> None:
    assert window_state.carries(samples.QUESTION, "e" * window_state.TEXT_LIMIT)
    assert not window_state.carries(samples.QUESTION, "😀" * window_state.TEXT_LIMIT)


def test_a_failed_answer_keeps_its_text_for_copying() -> None:
    view = modal.failed_view("Kim was first.", "Yes, both.")
    blockkit.check_view(view)
    assert blockkit.runs(view["blocks"]) == ["Kim was first.", texts.KEEP_TEXT, "Yes, both."]
    assert "submit" not in view


def test_an_empty_input_reads_as_an_empty_text() -> None:
    assert (
        window_state.typed({"state": {"values": {window_state.ANSWER_BLOCK: {window_state.TYPING: {"value": None}}}}})
        == ""
    )
    blockkit.check_view(reviews.note_view(samples.card(CardState.REVIEWING)))
