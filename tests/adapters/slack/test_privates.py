"""Cards and windows of private cases: what each state shows, within Slack's limits, and nothing comes alive in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.adapters.slack import blockkit
from tests.stories.test_privately import PRIVATE
from tests.stories.town import read_roster, words
from twelp.adapters.slack import privates
from twelp.model import (
    Finding,
    FindingLevel,
    MessageState,
    Preview,
    PrivateCard,
    PrivateForm,
    PrivateSaid,
    PrivateState,
)

BOTH = ["Reply privately", "No reply needed"]
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOSTILE = "<!channel> <@U1> *bold* `code` & " + "long " * 2_000
SAID = PrivateSaid("", False, "my order is VE-482911", AT, MessageState.HEARD)
OURS = PrivateSaid("Ann Lee", True, "It left on Monday.", AT, MessageState.SENT)
CARD = PrivateCard(
    key="private:private:0a1b:7",
    case="private:0a1b",
    seen=3,
    handle="mia",
    network="X",
    url="https://x.com/mia/status/1",
    state=PrivateState.WAITING,
    mine=True,
    owner="Ann Lee",
    said=(SAID, OURS),
    ways=("a direct message", "help@volt.example"),
)


def card(**changes: object) -> PrivateCard:
    return replace(CARD, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "says", "buttons"),
    [
        (card(), "Private message: please reply", BOTH),
        (
            card(mine=False, moderates=True),
            "Ann Lee replies",
            ["Reply privately", "Give to a colleague…", "No reply needed"],
        ),
        (card(owner="", mine=False), "Nobody has it yet", BOTH),
        (card(state=PrivateState.ANSWERED), "Private message: replied", ["Reply privately"]),
        (card(state=PrivateState.LEFT), "they want no reply", []),
        (card(is_alarm=True, url=""), "needs a person now", BOTH),
        (
            card(state=PrivateState.REPLYING, reply=replace(OURS, state=MessageState.HELD), until=AT, may_undo=True),
            "This reply by Ann Lee is sent soon",
            ["Undo"],
        ),
        (
            card(state=PrivateState.REPLYING, reply=replace(OURS, state=MessageState.REVIEW), may_approve=True),
            "waits for a moderator",
            ["Approve and send"],
        ),
        (
            card(reply=replace(OURS, state=MessageState.REFUSED), reason="X will not do this"),
            "The other ways that you can name: a direct message, help@volt.example",
            BOTH,
        ),
        (card(is_open=False, said=()), "goes on in a newer card", []),
        (
            card(said=(replace(SAID, text="", removed=True),)),
            "The words were removed",
            ["Reply privately", "No reply needed"],
        ),
        (
            card(said=(replace(SAID, text="", pictures=2),)),
            "With 2 pictures or films",
            ["Reply privately", "No reply needed"],
        ),
    ],
)
def test_each_state_says_how_it_stands_and_offers_what_can_be_done(
    shown: PrivateCard, says: str, buttons: list[str]
) -> None:
    message = privates.lay_out(shown)
    blockkit.check(message.blocks)
    assert says in words(list(message.blocks))
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    assert [words(one) for row in rows for one in row] == buttons
    assert "VE-482911" not in message.text


def test_outside_words_stay_words_and_fit_however_many_there_are() -> None:
    many = tuple(replace(SAID, text=HOSTILE) for _ in range(30))
    shown = card(said=many, handle="", reply=replace(OURS, text="a" * 2_000, state=MessageState.HELD), until=AT)
    message = privates.lay_out(shown)
    blockkit.check(message.blocks)
    assert "22 earlier messages are not shown" in words(list(message.blocks))
    assert "<!channel>" not in message.text
    form = PrivateForm(card(said=many), "<b> & draft")
    blockkit.check_view(privates.form_view(form))
    held = Preview(("a" * 2_000,), 0, (Finding("trainee", "A second person reads it.", FindingLevel.SECOND_PAIR),))
    view = privates.confirm_view("private:0a1b", "a" * 2_000, held, "3", PrivateForm(card(), "", "They wrote since."))
    blockkit.check_view(view)
    assert "They wrote since." in words(view["blocks"])
    blockkit.check_view(privates.give_view(card(), "ann@volt.example", read_roster(PRIVATE)))
