"""Topics, experts and rules: what experts.yaml says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from twelp.model.crises import Ladder
from twelp.model.voice import Privately, Voice, WaitingLine


class Level(StrEnum):
    """How far a person's word goes: a trainee's answer needs a second pair of eyes, a moderator is that pair."""

    TRAINEE = "trainee"
    EXPERT = "expert"
    MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class Brand:
    """The company: its name, its handle on each network (without `@`), words that concern it.

    `links` are the domains its answers may lead to; empty: any. `voice` is what its answers may not say.
    `privately`: how customers are asked to write privately; None: they are not.
    `waiting`: what a customer is told who waits for long; None: nothing.
    With `two_to_resume`, two people must agree to resume what a moderator paused.
    `silent` are its other handles by network, which never speak here; `others` those of other companies.
    """

    name: str
    handles: Mapping[str, str]
    watch: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    voice: Voice = field(default_factory=Voice)
    silent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    privately: Privately | None = None
    waiting: WaitingLine | None = None
    two_to_resume: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing people ask about. `requires` names the certifications an expert needs to be asked.

    `channel` is the Slack channel (`C…`) that sees a question which nobody took; empty: none. With `two_keys` a second
    person reads each answer before it goes out.
    """

    id: str
    name: str
    keywords: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    channel: str = ""
    two_keys: bool = False


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When a person is not asked, in their own zone; `start` > `end` means over midnight."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Certification:
    """A right to speak on something, through the day `expires_on` (None: for good)."""

    name: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off on a person's own calendar, the first and the last included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Break:
    """A time in which a person is not asked: a pause they took, or Slack's do-not-disturb."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Expert:
    """A rostered person. `id` is what the roster calls them in Slack: a member id or an e-mail address (lower case).

    `on_call`: alarms reach them at any hour of a day that is no holiday of theirs.
    """

    id: str
    name: str
    initials: str
    topics: tuple[str, ...]
    zone: ZoneInfo
    quiet: QuietHours | None = None
    daily_asks: int = 5
    level: Level = Level.EXPERT
    certifications: tuple[Certification, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    breaks: tuple[Break, ...] = ()
    on_call: bool = False

    def away_until(self, now: datetime) -> datetime | None:
        """When holidays and breaks that are on now will be over; None for who is not away."""
        if not (self.breaks or self.holidays):
            return None
        spans = [(b.start, b.end) for b in self.breaks]
        for days in self.holidays:
            start, after = (
                datetime.combine(day, time(), tzinfo=self.zone).astimezone(UTC)
                for day in (days.first, days.last + timedelta(days=1))
            )
            spans.append((start, after))
        back = now
        while (end := max((end for start, end in spans if start <= back < end), default=None)) is not None:
            back = end
        return back if back > now else None


@dataclass(frozen=True, slots=True)
class Rules:
    """What volunteers agree to. A new `version` asks everybody again."""

    version: str
    text: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The parsed experts.yaml: topics and experts by id, in the file's order.

    With `rules`, being listed is an invitation: who accepted them may be asked. Without, being listed is enough.
    `alarms`: who hears of a crisis.
    """

    brand: Brand
    topics: Mapping[str, Topic]
    experts: Mapping[str, Expert]
    rules: Rules | None = None
    alarms: Ladder = field(default_factory=Ladder)

    def names(self) -> tuple[str, ...]:
        """What our topics and products are called, in customers' words."""
        return tuple(dict.fromkeys(w for t in self.topics.values() for w in (*t.aliases, *t.keywords, t.name)))

    def moderators(self) -> tuple[Expert, ...]:
        """The people who may pass a trainee's answer, in the file's order."""
        return tuple(e for e in self.experts.values() if e.level is Level.MODERATOR)
