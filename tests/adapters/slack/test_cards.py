"""What a card shows, and that nothing from outside comes alive in it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.adapters.slack import blockkit, samples
from twelp.adapters.slack import buttons, cards, crisis_parts, sampling, storm_parts
from twelp.adapters.slack.blocks import cut, escape, legible, width
from twelp.model import Account, CardState
from twelp.texts import slack as texts

GOLDEN = Path(__file__).parent / "golden"
ANY = st.text(max_size=400) | st.text(st.characters(), max_size=50).map(lambda text: text * 300)
HOSTILE = "<!channel> <@U1> &lt;!here&gt; *b* `c` \u202egnirts\u0000 👩‍👩‍👧 https://a.example\nquoted > text"

BUTTONS = {
    CardState.ASKED: [buttons.ANSWER, buttons.CLAIM, buttons.PASS_ON, buttons.MORE],
    CardState.WAITING: [buttons.ANSWER, buttons.CLAIM],
    CardState.YOURS: [buttons.ANSWER, buttons.RELEASE, buttons.MORE],
    CardState.HOLD: [buttons.UNDO],
    CardState.WORD: [buttons.TELL],
    CardState.SAMPLE: [sampling.FOR_US, sampling.NOT_FOR_US, sampling.DANGEROUS],
    CardState.WORD_HELD: [buttons.UNTELL],
    CardState.STORM: [buttons.ANSWER, storm_parts.HOLD, storm_parts.NO_STORM],
    CardState.REVIEWING: [buttons.APPROVE, buttons.CHANGE, buttons.SEND_BACK],
    CardState.UNANSWERED: [buttons.ANSWER, buttons.PASS_ON],
    CardState.SETTLED: [buttons.ANSWER],
    CardState.PART_ANSWERED: [buttons.ANSWER],
    CardState.CRISIS: [crisis_parts.TAKE, buttons.ANSWER, crisis_parts.HANDLE, crisis_parts.NO_CRISIS],
    CardState.CRISIS_TAKEN: [crisis_parts.TAKE],
    CardState.REFUSED: [buttons.BY_HAND],
    CardState.TO_POST: [buttons.BY_HAND, buttons.POSTED, buttons.DROP],
}


@pytest.mark.parametrize("state", CardState)
def test_every_state_looks_as_it_was_agreed(state: CardState) -> None:
    """After a change that was meant: TWELP_GOLDEN=write pytest tests/adapters/slack, then read the diff."""
    message = cards.lay_out(samples.card(state))
    shown = json.dumps({"text": message.text, "blocks": message.blocks}, indent=1, ensure_ascii=False) + "\n"
    golden = GOLDEN / f"{state}.json"
    if os.environ.get("TWELP_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("state", CardState)
def test_a_card_has_the_buttons_of_its_state_and_no_stale_ones(state: CardState) -> None:
    message = cards.lay_out(samples.card(state))
    assert blockkit.action_ids(message.blocks) == BUTTONS.get(state, [])


@given(text=ANY, name=ANY, note=ANY, reason=ANY, state=st.sampled_from(CardState))
@example(text=HOSTILE, name=HOSTILE, note=HOSTILE, reason=HOSTILE, state=CardState.ASKED)
@example(text="😀" * 10_000, name="é" * 500, note="\x00", reason="", state=CardState.REVIEWING)
@example(text="\ud800", name="\ufeff", note="\x85", reason="\u2066", state=CardState.TAKEN)
def test_no_text_whatever_breaks_a_card_or_comes_alive_in_it(
    text: str, name: str, note: str, reason: str, state: CardState
) -> None:
    post = replace(samples.POST, text=text, author=Account("1", name or "a", name))
    card = samples.card(state, post=post, topic=name, reasons=(reason,) * 9, who=name, posts=(text,), note=note)
    message = cards.lay_out(card)
    blockkit.check(message.blocks)
    assert blockkit.is_dead(message.blocks)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", message.text)
    assert len(message.text) <= 4_000
    json.dumps(message.blocks, ensure_ascii=False).encode()  # no half characters


def test_the_customers_words_are_shown_exactly() -> None:
    assert samples.POST.text in blockkit.runs(cards.lay_out(samples.CARD).blocks)


def test_a_long_post_is_cut_visibly() -> None:
    message = cards.lay_out(replace(samples.CARD, post=replace(samples.POST, text="long " * 2_000)))
    assert any(re.search(r"… \(\d+ more characters\)$", run) for run in blockkit.runs(message.blocks))


def test_a_withdrawn_question_leaves_no_words_of_the_customer_behind() -> None:
    """What a customer deleted is gone from Slack, too: text, name, link, and the answer that quoted it."""
    message = cards.lay_out(samples.card(CardState.WITHDRAWN, note="Ana asked about the X5"))
    shown = json.dumps(message.blocks) + message.text
    assert not re.search("Dolby|[Aa]na|x.com|Yes, both", shown)


def test_an_address_that_is_none_becomes_no_link() -> None:
    post = replace(samples.POST, url="javascript:alert(1)")
    card = samples.card(CardState.REFUSED, post=post, intent_url="ftp://x")
    message = cards.lay_out(card)
    assert not any("url" in thing for thing in blockkit.walk(list(message.blocks)))
    assert blockkit.action_ids(message.blocks) == []


def test_the_reader_sees_when_in_their_own_zone() -> None:
    dates = [
        t for t in blockkit.walk(list(cards.lay_out(samples.card(CardState.HOLD)).blocks)) if t.get("type") == "date"
    ]
    assert dates[-1]["timestamp"] == int(samples.card(CardState.HOLD).until.timestamp())
    assert dates[-1]["fallback"] == "2026-11-22 12:10 UTC"


def test_every_state_has_a_headline() -> None:
    assert set(texts.HEADLINES) == set(CardState)


@given(ANY, st.integers(60, 3_000))
def test_cut_keeps_within_the_limit_and_legible_is_never_empty(text: str, limit: int) -> None:
    assert width(cut(text, limit)) <= limit
    assert 0 < width(legible(text, limit)) <= limit


@given(st.text())
def test_escaping_leaves_nothing_slack_would_read(text: str) -> None:
    escaped = escape(text)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_what_one_answered_from_a_digest_can_be_given_back_corrected_and_taken_back_there() -> None:
    standing = samples.card(CardState.PUBLISHED, may_retract=True)
    waits = samples.card(CardState.PUBLISHING, may_retract=True)
    acts = blockkit.action_ids(cards.digest([samples.card(CardState.YOURS), standing, waits]).blocks)
    assert acts == [buttons.ANSWER, buttons.RELEASE, buttons.MORE, buttons.TAKE_BACK]
