"""Private cases, decided: what asks to write privately, what comes of a message, who hears of it."""

from __future__ import annotations

import pytest

from twelp.flow import private
from twelp.model import Brand, Kind, Privately, PrivateState

VOLT = Brand("Volt", {}, privately=Privately("Please write to us privately: {ways}.", ("a direct message",)))


@pytest.mark.parametrize(
    "text",
    [
        "Please write to us privately: a direct message. ^AL",
        "Sorry! Please DM us your order number. ^AL",
        "Could you send us a direct message? ^AL",
        "Schreiben Sie uns bitte eine Direktnachricht. ^AL",
        "Envíenos un mensaje privado. ^AL",
    ],
)
def test_an_answer_that_asks_for_it_is_told(text: str) -> None:
    assert private.invites(text, VOLT)
    assert not private.invites(text, Brand("Volt", {}))


@pytest.mark.parametrize("text", ["Hold the button. ^AL", "The message light blinks when it is on. ^AL"])
def test_other_answers_do_not(text: str) -> None:
    assert not private.invites(text, VOLT)


@pytest.mark.parametrize(
    ("state", "kind", "sending", "then", "tells"),
    [
        (PrivateState.INVITED, Kind.QUESTION, False, PrivateState.WAITING, True),
        (PrivateState.INVITED, Kind.THANKS, False, PrivateState.WAITING, True),
        (PrivateState.ANSWERED, Kind.THANKS, False, PrivateState.ANSWERED, False),
        (PrivateState.ANSWERED, Kind.QUESTION, False, PrivateState.WAITING, True),
        (PrivateState.REPLYING, Kind.QUESTION, False, PrivateState.WAITING, True),
        (PrivateState.REPLYING, Kind.QUESTION, True, PrivateState.REPLYING, True),
        (PrivateState.ANSWERED, Kind.DANGER, False, PrivateState.WAITING, True),
        (PrivateState.LEFT, Kind.QUESTION, False, PrivateState.WAITING, True),
        (PrivateState.WAITING, Kind.OPT_OUT, False, PrivateState.LEFT, False),
    ],
)
def test_what_comes_of_a_message(
    state: PrivateState, kind: Kind, sending: bool, then: PrivateState, tells: bool
) -> None:
    assert private.heard(state, kind, sending=sending) == private.Heard(then, tells)


def test_who_hears_of_it() -> None:
    def told(owner: str | None, *, there: bool, awake: tuple[str, ...] = ("mo",), alarm: bool = False) -> object:
        return private.told(owner, owner_is_there=there, moderators=["mo", "nia"], awake=awake, alarm=alarm)

    assert told("ann", there=True) == ("ann",)
    assert told("ann", there=False) == ("ann", "mo")
    assert told(None, there=False) == ("mo",)
    assert told(None, there=False, awake=()) == ("mo", "nia")
    assert told("ann", there=True, alarm=True) == ("mo", "nia")
