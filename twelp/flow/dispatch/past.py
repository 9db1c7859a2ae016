"""What is known of people when a wave is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from twelp.model import Asked, Rhythm, Standing

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_NOTHING_YET = Rhythm()
_NO_RECORD = Standing()


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of people when a wave is planned.

    Attributes:
        asked: what was asked of each expert on their latest day, about anything.
        standings: how each fared, by topic, then expert; empty for who was never asked on it.
        holding: questions each has claimed and not yet answered.
        writing: when each last wrote an answer or a draft, lately.
        rhythms: how soon each reacts, and when; empty for who was never asked lately.
        everyone: the same of all of them together.
    """

    asked: Mapping[str, Asked] = field(default_factory=dict)
    standings: Mapping[str, Mapping[str, Standing]] = field(default_factory=dict)
    holding: Mapping[str, int] = field(default_factory=dict)
    writing: Mapping[str, datetime] = field(default_factory=dict)
    rhythms: Mapping[str, Rhythm] = field(default_factory=dict)
    everyone: Rhythm = _NOTHING_YET

    def standing(self, topic: str, expert: str) -> Standing:
        """How the expert fared with the topic."""
        of_topic = self.standings.get(topic)
        return of_topic.get(expert, _NO_RECORD) if of_topic else _NO_RECORD

    def last_asked(self, topic: str, expert: str) -> datetime:
        """When the expert was last asked, about anything lately or about the topic; long ago when never."""
        latest = self.standing(topic, expert).last_asked_at or _LONG_AGO
        asked = self.asked.get(expert)
        return max(latest, asked.last_at) if asked is not None and asked.last_at is not None else latest
