"""Halt: what a moderator's pause stops, and what they write to pause or resume.

Rules: a pause of a topic stops every question that the topic's people would take for theirs: one whose likeliest topic
it is, or for which it is at least half as likely. When in doubt it stops. A pause needs a reason. What is read here
was made plain by `selfservice.plain`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from twelp.model import Halt, Topic, TopicScore
from twelp.texts import acts

_AS_LIKELY: Final = 0.5
_EVERYTHING: Final = frozenset({"everything", "all", "everything.", "everything:", "all:"})
_TOPIC: Final = "topic"
_BECAUSE = re.compile(r"\s+because(?:\s+of)?[\s:,]+|\s*[:;]\s*|\s*,\s*because\s+|\s+-+\s+|^because\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to pause or resume: a topic, or (None) everything; and why."""

    topic: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was written cannot be read; `message` says so and what would do."""

    message: str


def stopping(halts: Collection[Halt], topics: Sequence[TopicScore]) -> Halt | None:
    """The pause that stops a question about these topics; that of everything before one of a topic.

    >>> from datetime import datetime, UTC
    >>> tv = Halt("tv", "mo", "recall", datetime(2026, 11, 30, tzinfo=UTC))
    >>> stopping([tv], [TopicScore("audio", 0.8, ()), TopicScore("tv", 0.5, ())]) is tv
    True
    >>> stopping([tv], [TopicScore("audio", 0.8, ()), TopicScore("tv", 0.3, ())])
    """
    about = {found.topic for found in topics if found.score >= _AS_LIKELY * topics[0].score}
    ordered = sorted(halts, key=lambda halt: (halt.topic is not None, halt.since))
    return next((halt for halt in ordered if halt.topic is None or halt.topic in about), None)


def concerns(said: str) -> bool:
    """Whether what stands behind `pause` or `resume` is about everything or a topic, not about the person.

    >>> concerns("everything because of a leak"), concerns("topic tv"), concerns("2h"), concerns("until monday")
    (True, True, False, False)
    """
    first = said.strip().casefold().partition(" ")[0].rstrip(":,;")
    return first in _EVERYTHING or first == _TOPIC


def to_pause(said: str, topics: Mapping[str, Topic]) -> Wish | Unclear:
    """What is to be paused, and why.

    >>> to_pause("everything because the statement is wrong", {})
    Wish(topic=None, reason='the statement is wrong')
    """
    wish = _read(said, topics)
    if isinstance(wish, Wish) and not wish.reason:
        return Unclear(acts.HALT_WHY)
    return wish


def to_resume(said: str, topics: Mapping[str, Topic], halts: Collection[Halt]) -> Wish | Unclear:
    """What is to be resumed; a topic that left the roster may be named by its id as long as it is paused."""
    left = {halt.topic: Topic(halt.topic, halt.topic) for halt in halts if halt.topic and halt.topic not in topics}
    return _read(said, {**topics, **left})


def _read(said: str, topics: Mapping[str, Topic]) -> Wish | Unclear:
    words = said.strip()
    first, _, rest = words.partition(" ")
    if first.casefold().rstrip(":,;") in _EVERYTHING:
        separator = " " if first.rstrip(":,;") == first else ": "
        return Wish(None, _reason(f"{separator}{rest}"))
    if first.casefold().rstrip(":") != _TOPIC:
        return Unclear(acts.HALT_WHAT)
    named, *reason = _BECAUSE.split(rest, maxsplit=1)
    topic = _topic(named, topics)
    if topic is None:
        return Unclear(acts.HALT_NO_TOPIC(said=named[:60], known=tuple(topics)))
    return Wish(topic, reason[0].strip() if reason else "")


def _reason(rest: str) -> str:
    found = _BECAUSE.split(rest, maxsplit=1)
    return (found[1] if len(found) > 1 else rest).strip(" ,:;-")


def _topic(named: str, topics: Mapping[str, Topic]) -> str | None:
    """The topic that people call so: by its id, its name, or a product of it."""
    wanted = named.casefold().strip(" ,:;")
    for topic in topics.values():
        if wanted and wanted in {name.casefold() for name in (topic.id, topic.name, *topic.aliases)}:
            return topic.id
    return None
