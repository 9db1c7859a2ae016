"""What a rule of the gate is, and what it may look at.

A rule is a function that yields where it sees something: `(start, end)`, or a `Hit` where message or level differ from
the rule's own. `@rule(...)` makes it one of the gate's; nothing else names it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from twelp.flow.gate.reading import Reading
from twelp.model import FindingLevel, Voice
from twelp.networks import NetworkRules

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the text, with a message or level of its own where it has one."""

    start: int
    end: int
    message: str = ""
    level: FindingLevel | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the gate knows besides the answer.

    Attributes:
        voice: what the company says of its voice.
        brand: the company's name and handles.
        links: domains that its answers may lead to; empty: any.
        known: what topics are known by; numbers in it are nobody's private data.
        topics: words of all topics and of the company's names, folded.
        by_topic: words of each topic, folded.
        today: the day, for embargoes; None: all of them hold.
    """

    voice: Voice = field(default_factory=Voice)
    brand: Collection[str] = ()
    links: Collection[str] = ()
    known: str = ""
    topics: frozenset[str] = frozenset()
    by_topic: tuple[frozenset[str], ...] = ()
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer as rules read it, the post it answers (None: not known), what else is known, where it goes out."""

    answer: Reading
    question: Reading | None = None
    setting: Setting = field(default_factory=Setting)
    network: NetworkRules | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Of two that see the same place, the one with the lower `rank` speaks.

    Ranks: 1 to 9 look at signs, in each post by itself; 10 to 94 at places; from 95 on at the answer as a whole.
    `private`: what the company or the topic made public passes it.
    """

    name: str
    level: FindingLevel
    message: str
    rank: int
    find: Callable[[Draft], Iterable[Span | Hit]]
    private: bool = False


def rule(
    name: str, level: FindingLevel, message: str, *, rank: int, private: bool = False
) -> Callable[[Callable[[Draft], Iterable[Span | Hit]]], Rule]:
    """Makes a function a rule of the gate."""

    def made(find: Callable[[Draft], Iterable[Span | Hit]]) -> Rule:
        return Rule(name, level, message, rank, find, private)

    return made
