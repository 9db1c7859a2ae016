"""People: what they said for themselves, and how they have fared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from twelp.model.roster import Break, QuietHours


@dataclass(frozen=True, slots=True)
class Volunteer:
    """What a rostered person said for themselves in Slack; it never changes experts.yaml.

    Versions of the rules are ids: compared with the present one, and empty for none.

    Attributes:
        accepted: the version of the rules they accepted.
        left_at: since when they take no part, though they are listed.
        invited: the version of the rules they were invited to.
        paused_until: no asks before then.
        quiet: their own quiet hours (None: as the roster says; `start` equal to `end`: none at all).
        daily_asks: their own budget (None: as the roster says).
        digest: whether they want the weekly digest.
        disturb: Slack's do-not-disturb that was seen last.
        channel: where their invitation is in Slack, with `ts`.
    """

    expert: str
    accepted: str = ""
    accepted_at: datetime | None = None
    left_at: datetime | None = None
    invited: str = ""
    paused_until: datetime | None = None
    quiet: QuietHours | None = None
    daily_asks: int | None = None
    digest: bool = False
    disturb: Break | None = None
    channel: str = ""
    ts: str = ""

    @property
    def has_invitation(self) -> bool:
        """Whether their invitation is in Slack: `ts` is the id that Slack gave the message."""
        return self.ts != ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one expert has fared with asks on one topic lately.

    Attributes:
        asked: asks on the topic, all of them; where somebody else was quicker, none of the counts below grows.
        answered: asks that ended with their confirmed text, though another's may have gone out.
        passed: asks they said "not me" to.
        let_by: asks they left until others were asked, too, or until time ran out.
        published: answers of theirs that went out and stand.
        returned: answers a moderator sent back, or that were retracted.
        last_asked_at: their latest ask on the topic.
        last_answered_at: their latest answer on the topic.
    """

    asked: int = 0
    answered: int = 0
    passed: int = 0
    let_by: int = 0
    published: int = 0
    returned: int = 0
    last_asked_at: datetime | None = None
    last_answered_at: datetime | None = None

    @property
    def settled(self) -> int:
        """Asks that tell something about this person."""
        return self.answered + self.passed + self.let_by


@dataclass(frozen=True, slots=True)
class Tally:
    """One person's own numbers over some time; nobody else is shown them."""

    asked: int = 0
    answered: int = 0
    passed: int = 0
    published: int = 0
    thanked: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of one expert on one calendar day of theirs.

    Attributes:
        day: when that day began, aware UTC.
        count: asks of that day; closed ones do not count.
        last_at: their latest ask, of that day or an earlier one.
    """

    day: datetime
    count: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """What became of one ask, as far as it tells how soon its expert reacts.

    Attributes:
        until: when they did something about it or somebody else took the question; None: neither yet.
        acted: it was they. `answered` with a confirmed text, `passed` with "not me".
    """

    expert: str
    asked_at: datetime
    until: datetime | None = None
    acted: bool = False
    answered: bool = False
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How soon one expert has reacted to asks lately, whatever the topic.

    An ask that somebody else took after t counts only in part, √(t / 5 min), as most who react at all do so at once.

    Attributes:
        lay: asks by the hour (0..23) of the expert's own clock.
        prompt: those of them that they did something about within five minutes, by the same hour.
        answered: asks that ended with their confirmed text.
        passed: asks they said "not me" to.
        seen_at: when they last did anything about any ask.
        missed_at: when the latest ask went out that they left lying for five minutes while nobody had it.
    """

    lay: Mapping[int, float] = field(default_factory=dict)
    prompt: Mapping[int, float] = field(default_factory=dict)
    answered: int = 0
    passed: int = 0
    seen_at: datetime | None = None
    missed_at: datetime | None = None


class Membership(StrEnum):
    """Whether a listed person takes part: INVITED: has not accepted the present rules. ENROLLED: does. LEFT: did."""

    INVITED = "invited"
    ENROLLED = "enrolled"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a person's invitation says now. `again`: they had accepted an earlier version of the rules."""

    brand: str
    topics: tuple[str, ...]
    membership: Membership
    again: bool = False
