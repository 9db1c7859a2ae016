"""What somebody in the town makes of a question: they know a tip that fits, ask back, or leave it to others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from twelp.sandbox.town import advice
from twelp.sandbox.town.abroad import TONGUES, Tongue, knows_english, language
from twelp.sandbox.town.advice import Topic
from twelp.sandbox.town.advice_home import HOME
from twelp.sandbox.town.advice_media import MEDIA
from twelp.sandbox.town.advice_shop import SHOP
from twelp.sandbox.town.asked_before import ASKED_BEFORE
from twelp.sandbox.town.asked_next import ASKED_NEXT

TOPICS: Final = (*SHOP, *MEDIA, *HOME)
"""In order: where two fit a question equally well, the earlier one is meant."""


class Kind(Enum):
    """What a person does with a question."""

    TIP = "tip"
    ASK_BACK = "ask back"
    NOT_ME = "not me"


@dataclass(frozen=True, slots=True)
class Thought:
    """What to do, and the sentences to choose from; with `NOT_ME`, for whoever must say something all the same.

    `openers` are the only greetings that suit; empty: any does.
    """

    kind: Kind
    pieces: tuple[str, ...]
    openers: tuple[str, ...] = ()


def think(question: str) -> Thought:
    """What people of the town make of a question without handles and links.

    >>> think("my tv shows no picture since the update").kind
    <Kind.TIP: 'tip'>
    >>> think("I want to speak to your lawyer").kind
    <Kind.NOT_ME: 'not me'>
    """
    lower = question.lower().replace("’", "'")
    for then in ASKED_NEXT.values():
        if then.question.lower() in lower:
            tongue = TONGUES.get(language(question))
            return Thought(Kind.TIP, (then.advice,), tongue.openers if tongue else advice.SHORT)
    for part, piece in ASKED_BEFORE.items():
        if part in lower:
            return Thought(Kind.TIP, (piece,))
    tongue = TONGUES.get(language(question))
    if tongue is not None:
        return _abroad(tongue, lower)
    if advice.NOT_FOR_US.search(lower) or not knows_english(question):
        return Thought(Kind.NOT_ME, advice.ASKS)
    if _praises(lower):
        return Thought(Kind.TIP, advice.PRAISE_SAYS, advice.SHORT)
    for danger in advice.DANGER:
        if danger.when.search(lower):
            return Thought(Kind.TIP, danger.say, advice.SHORT)
    if advice.STILL_STUCK.search(lower):
        return Thought(Kind.ASK_BACK, advice.STILL_STUCK_ASKS, advice.SHORT)
    return _at_home(lower)


def _praises(lower: str) -> bool:
    wants = "?" in lower or "for nothing" in lower or advice.NEEDS.search(lower) or advice.COMPLAINT.search(lower)
    return not wants and advice.PRAISE.search(lower) is not None


def _at_home(lower: str) -> Thought:
    named = [topic for topic in TOPICS if topic.words.search(lower)]
    fitting = sorted(_fitting(named, lower), key=lambda found: -found[0])
    if fitting:
        return Thought(Kind.TIP, fitting[0][1])
    if advice.CHOOSING.search(lower):
        return Thought(Kind.ASK_BACK, advice.CHOOSING_ASKS)
    if named:
        topic = max(named, key=lambda topic: _hits(topic, lower))
        general = advice.SHOP_ASKS if topic in SHOP else advice.MODEL_ASKS
        return Thought(Kind.ASK_BACK, general if advice.WONDERING.search(lower) else topic.ask_back)
    if advice.COMPLAINT.search(lower):
        return Thought(Kind.ASK_BACK, advice.COMPLAINT_ASKS, advice.SORRY)
    return Thought(Kind.ASK_BACK if advice.NEEDS.search(lower) else Kind.NOT_ME, advice.ASKS, advice.SHORT)


def _fitting(named: list[Topic], lower: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The first tip of each topic that fits, with how much speaks for its topic."""
    for topic in named:
        for tip in topic.tips:
            if tip.when.search(lower):
                yield _hits(topic, lower), tip.say
                break


def _hits(topic: Topic, lower: str) -> int:
    return len({found.group() for found in topic.words.finditer(lower)})


def _abroad(tongue: Tongue, lower: str) -> Thought:
    for topic, trouble, pieces in tongue.advice:
        if any(part in lower for part in topic) and any(part in lower for part in trouble):
            return Thought(Kind.TIP, pieces)
    return Thought(Kind.ASK_BACK, tongue.ask_back)
