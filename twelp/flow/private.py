"""Private cases in pure decisions: does an answer ask to write privately, what comes of a message, who hears of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from twelp.model import Brand, Kind, PrivateState

_WAYS: Final = "{ways}"
_ASKS: Final = re.compile(
    r"\b(?:dm|pm|message|write(?: to)?) us\b|\bsend us a (?:dm|pm|(?:private |direct )?message)\b"
    r"|\bby (?:dm|direct message)\b"
    r"|\bschreib\w* (?:uns|sie uns|mir) (?:bitte )?(?:privat|eine? (?:dn|dm|pn|direktnachricht|privatnachricht))"
    r"|\b(?:per|als) (?:dn|dm|pn|direktnachricht|privatnachricht)\b"
    r"|\b(?:por|un) (?:dm|md|mensaje (?:directo|privado|privada))\b|\b(?:par|en|un) (?:dm|mp|message priv[eé])\b"
)
_ENDS: Final = frozenset({Kind.THANKS, Kind.SETTLED, Kind.CHATTER})
"""What needs no reply where it is said after ours."""


def invites(text: str, brand: Brand) -> bool:
    """Whether a public answer asks its customer to write privately: in the company's line, or in the expert's words.

    >>> from twelp.model import Privately
    >>> volt = Brand("Volt", {}, privately=Privately("Please write to us privately: {ways}.", ("a direct message",)))
    >>> invites("Please write to us privately: a direct message. ^AL", volt), invites("Press the button.", volt)
    (True, False)
    """
    if brand.privately is None:
        return False
    parts = [part.strip(" .:!") for part in brand.privately.line.split(_WAYS)]
    said = [part for part in parts if part]
    return (bool(said) and all(part in text for part in said)) or bool(_ASKS.search(text.casefold()))


@dataclass(frozen=True, slots=True)
class Heard:
    """What comes of a customer's message: how the case stands then, and whether somebody must be told of it."""

    state: PrivateState
    tells: bool


def heard(state: PrivateState, kind: Kind, *, sending: bool) -> Heard:
    """What comes of it.

    Args:
        state: how the case stood.
        kind: what triage takes the message for.
        sending: whether a reply of ours is on its way, which nobody can stop any more.
    """
    if kind is Kind.OPT_OUT:
        return Heard(PrivateState.LEFT, tells=False)
    if state is PrivateState.ANSWERED and kind in _ENDS:
        return Heard(PrivateState.ANSWERED, tells=False)
    return Heard(PrivateState.REPLYING if sending else PrivateState.WAITING, tells=True)


def told(
    owner: str | None, *, owner_is_there: bool, moderators: Sequence[str], awake: Collection[str], alarm: bool
) -> tuple[str, ...]:
    """Who gets a card of a message that waits.

    Args:
        owner: who replies, as far as they take part; None: nobody in particular.
        owner_is_there: whether they may be disturbed now.
        moderators: all of them, and with an alarm whom the roster names for it.
        awake: who of these may be disturbed now.
        alarm: whether only people who look after such things may handle it: they all hear of it, at any hour.
    """
    if alarm:
        return tuple(moderators)
    if owner is not None and owner_is_there:
        return (owner,)
    there = [one for one in moderators if one in awake]
    return tuple(dict.fromkeys((*((owner,) if owner is not None else ()), *(there or moderators))))
