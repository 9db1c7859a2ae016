"""What a person is shown, and what came of an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from twelp.model.crises import CrisisShown
from twelp.model.halts import ShownHalt
from twelp.model.people import Membership, Tally
from twelp.model.posts import Post
from twelp.model.private import PrivateState
from twelp.model.questions import Added, PointShown
from twelp.model.roster_file import RosterFile
from twelp.model.storms import StormShown


class CardState(StrEnum):
    """What one person's copy of a card says, from their side."""

    ASKED = "asked"
    YOURS = "yours"
    TAKEN = "taken"
    HOLD = "hold"
    REVIEW = "review"
    REVIEWING = "reviewing"
    PUBLISHING = "publishing"
    RECALLING = "recalling"
    PUBLISHED = "published"
    UNANSWERED = "unanswered"
    REFUSED = "refused"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    PASSED = "passed"
    LEFT = "left"
    WAITING = "waiting"
    RETRACTED = "retracted"
    SETTLED = "settled"
    BY_HAND = "by_hand"
    LANE = "lane"
    TO_POST = "to_post"
    SOUGHT = "sought"
    FOR_PEOPLE = "for_people"
    CRISIS = "crisis"
    CRISIS_TAKEN = "crisis_taken"
    CRISIS_OVER = "crisis_over"
    WORD = "word"
    STORM = "storm"
    TOLD = "told"
    WORD_HELD = "word_held"
    PART_ANSWERED = "part_answered"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a Slack card shows, and nothing of Slack: the adapter lays it out and escapes every text.

    `posts` is the answer word for word, post by post; `may_retract`: this person may take the published one back;
    `by_hand`: no program may reply to it: a moderator posts what is answered;
    `may_correct`: they may write a correction of somebody else's answer themselves;
    `may_restore`: they may bring the question back that was set aside; `asked`: it is somebody's, not a channel's;
    `network` is where it was asked, as people write that;
    `since`: what was said after the question; `text`: the answer as written, where it can be changed;
    `seen`: marks of what it shows, which each of its buttons sends back (`flow/seen.py`);
    `paused`: the pause of a moderator that stops it; `crisis`: what it says of a case for people;
    `apart`: its question is one, so that nothing on it hands it to anybody else; `askers`: how many ask
    the same; `also`: the latest of the others, each with its question's id; `variants`: what they get, each one of
    these; `asks_first`: whether somebody is asked before others get the answer, None: this person does not decide that;
    `points`: what the post asks, where that is several things; `storm`: that many ask it just now;
    `privately`: how it stands with what the customer was asked to write privately; None: they were not asked, or it is
    nothing for this person; `ways`: the company's other ways.
    """

    key: str
    question: str
    post: Post
    topic: str
    reasons: tuple[str, ...]
    state: CardState
    who: str = ""
    until: datetime | None = None
    posts: tuple[str, ...] = ()
    text: str = ""
    note: str = ""
    url: str = ""
    intent_url: str = ""
    may_retract: bool = False
    may_restore: bool = False
    may_correct: bool = False
    asked: bool = True
    seen: str = ""
    since: tuple[Added, ...] = ()
    network: str = ""
    left_alone: bool = False
    by_hand: bool = False
    paused: ShownHalt | None = None
    crisis: CrisisShown | None = None
    apart: bool = False
    askers: int = 1
    also: tuple[tuple[str, Post], ...] = ()
    points: tuple[PointShown, ...] = ()
    variants: tuple[str, ...] = ()
    asks_first: bool | None = None
    storm: StormShown | None = None
    privately: PrivateState | None = None
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed or a window that was sent.

    Its texts are ids and marks, made by programs; an empty one is what Slack's payload has where there is none.

    Attributes:
        seen: the marks of what it showed (`flow/seen.py`); empty: it was drawn before there were any.
        click: the id of this very click, the same when Slack sends it again; empty: none is known.
        window: the id of the window, the same however often it is sent; empty: it is no window.
    """

    seen: str = ""
    click: str = ""
    window: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a person's act, in words for that person."""

    ok: bool
    message: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One topic: how many are here for it, how many of them may be asked now, and its questions that wait."""

    topic: str
    people: int
    awake: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Home:
    """Everything a person's own tab shows. `coverage` and all below it are for moderators.

    Attributes:
        cards: open asks and claims, claims first; what they hold is `yours`.
        topics: names of the topics they are asked about.
        quiet: their quiet hours as text; `quiet_now`: it is one of them; `own_quiet`: set by themselves. Likewise
            `daily_asks` and `own_budget`.
        has_rules: there are rules to accept before taking part.
        asked_today: how much of the day's budget is used.
        away_until: when a pause, a holiday or do-not-disturb ends, if one is on; `paused`: they paused it themselves.
        tally: their own numbers of the last 30 days.
        thanks: posts in which customers thanked them, newest first.
        halts: what moderators paused.
        roster_file: which version of experts.yaml is in force.
        queue: questions that wait: the oldest and the newest; `queue_left_out`: how many between these are not shown.
        unanswered: the latest questions that nobody answered in time, newest first; `unanswered_left_out`: how many
            more there are, older than these, counted up to a thousand.
        to_post: answers that wait to be posted by hand, oldest first; `to_post_left_out`: how many more there are.
        set_aside: the latest that were dismissed, newest first.
        answered: the latest answers that stand, newest first.
        crises: cases for people that are not handled, oldest first; `crises_left_out`: how many more there are;
            `crises_untaken`: how many of all of them nobody has.
    """

    name: str
    membership: Membership
    zone: ZoneInfo
    cards: tuple[Card, ...] = ()
    topics: tuple[str, ...] = ()
    quiet: str = ""
    own_quiet: bool = False
    daily_asks: int = 0
    own_budget: bool = False
    asked_today: int = 0
    away_until: datetime | None = None
    paused: bool = False
    quiet_now: bool = False
    digest: bool = False
    has_rules: bool = True
    tally: Tally = field(default_factory=Tally)
    thanks: tuple[Post, ...] = ()
    moderator: bool = False
    halts: tuple[ShownHalt, ...] = ()
    roster_file: RosterFile | None = None
    coverage: tuple[Coverage, ...] = ()
    queue: tuple[Card, ...] = ()
    queue_left_out: int = 0
    unanswered: tuple[Card, ...] = ()
    unanswered_left_out: int = 0
    to_post: tuple[Card, ...] = ()
    to_post_left_out: int = 0
    set_aside: tuple[Card, ...] = ()
    answered: tuple[Card, ...] = ()
    crises: tuple[Card, ...] = ()
    crises_left_out: int = 0
    crises_untaken: int = 0
