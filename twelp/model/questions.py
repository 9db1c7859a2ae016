"""Questions, where they stand, and whom they were put before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from twelp.model.posts import Post


class Stage(StrEnum):
    """Where a question stands. What each means, and the steps between, are in `flow/lifecycle.py` and nowhere else."""

    OPEN = "open"
    JOINED = "joined"
    ASKED = "asked"
    CLAIMED = "claimed"
    HELD = "held"
    REVIEW = "review"
    PUBLISHING = "publishing"
    PAUSED = "paused"
    LANE = "lane"
    SOUGHT = "sought"
    PUBLISHED = "published"
    RECALLING = "recalling"
    CORRECTING = "correcting"
    UNANSWERED = "unanswered"
    REFUSED = "refused"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    SETTLED = "settled"
    BY_HAND = "by_hand"
    CRISIS = "crisis"
    HANDLED = "handled"


@dataclass(frozen=True, slots=True)
class TopicScore:
    """A topic the question may belong to; `score` in 0..1, best first wherever several stand together."""

    topic: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert for one question, with the topic they stand for, a score (higher is better) and the reasons.

    `topic` None: they stand for none (a moderator, or somebody who took it by themselves). `parts` are the numbers the
    score is the product of, by name.
    """

    expert: str
    topic: str | None
    score: float
    reasons: tuple[str, ...]
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Added:
    """What was said after the question, by its customer, or by us in public.

    `post`: its id on the network; `ours`: we said it; `settles`: the customer needs no answer any more; `edited`: the
    customer changed the question's words to those of this post, and `text` are the former ones; `leaves`: they want
    no answer, and not to be written to.
    """

    post: str
    text: str
    at: datetime
    ours: bool = False
    settles: bool = False
    edited: bool = False
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One of several things that a post asks.

    Attributes:
        words: as they stand in the post.
        topic: what it is about; None: nothing known.
        answer: the public answer that covers it, by its id; None: it is open.
    """

    words: str
    topic: str | None
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class PointShown:
    """One of several things that a post asks, as a card shows it.

    Attributes:
        words: as they stand in the post.
        topic: the name of what it is about; empty where nothing is known.
        answered: whether an answer that covers it stands.
        theirs: whether the card's reader is asked about it.
    """

    words: str
    topic: str
    answered: bool
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A customer's post that asks for help, and what they said about it since.

    Attributes:
        version: grows with every step: what a compare-and-set compares.
        turn: how often an answer to it led on: 0 until the customer came back after one.
        reply_to: the id of the post that the next answer is a reply to.
        added: what was said since, oldest first.
        corrects: the public answer, by its id, that the next one replaces; None: none stands that is to be replaced.
        matter: the question that is asked for this one, too, as it is the same matter; None: it is asked itself.
        askers: how many ask the same, itself included, where others have joined it.
        points: what its post asks, where that is several things; empty: it asks one.
        near: a question that many ask just now, which this one may be the same as; None: none is.
        ask_first: whether those who ask the same after its answer are asked about, in place of getting that answer.
    """

    id: str
    post: Post
    stage: Stage
    version: int
    topics: tuple[TopicScore, ...]
    wave: int
    opened_at: datetime
    claimed_by: str | None = None
    claimed_at: datetime | None = None
    claimed_until: datetime | None = None
    closed_at: datetime | None = None
    reason: str = ""
    reply_url: str = ""
    turn: int = 0
    reply_to: str = ""
    added: tuple[Added, ...] = ()
    corrects: int | None = None
    matter: str | None = None
    askers: int = 1
    points: tuple[Point, ...] = ()
    ask_first: bool = False
    near: str | None = None

    @property
    def partly_answered(self) -> bool:
        """Whether some of what its post asks is answered, and some is not."""
        return any(one.answer is None for one in self.points) and any(one.answer is not None for one in self.points)

    @property
    def settled(self) -> bool:
        """Whether the customer's last word is that they need no answer any more."""
        theirs = [said for said in self.added if not said.ours]
        return bool(theirs) and theirs[-1].settles

    @property
    def untold(self) -> bool:
        """Whether it waits for an answer, and its customer has had no word of ours to it yet."""
        waits = self.stage in (Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.UNANSWERED)
        heard = self.turn > 0 or self.corrects is not None or any(one.ours for one in self.added)
        return waits and not (heard or self.post.gone or self.left_alone)

    @property
    def left_alone(self) -> bool:
        """Whether the customer's last word is that they want not to be written to."""
        said = [one for one in self.added if not (one.ours or one.edited)]
        return bool(said) and said[-1].leaves


class AskState(StrEnum):
    """OPEN: may still answer. PASSED: said "not me". CLOSED: this ask is over, and the person may be asked anew.
    Whether it ever reached them is another matter, and told by `Ask.sent`."""

    OPEN = "open"
    PASSED = "passed"
    CLOSED = "closed"


class AskRole(StrEnum):
    """ANSWER: asked to answer. REVIEW: a moderator asked to look at a held answer. CHANNEL: shown to a topic's channel,
    which is then called by its Slack id in the place of the expert. CRISIS: told of a case for people, or a channel.
    WORD: a moderator offered to tell a customer who waits that they are not forgotten. STORM: a moderator told that
    many ask the same just now. SAMPLE: a moderator asked whether a post that was dropped is for us."""

    ANSWER = "answer"
    REVIEW = "review"
    CHANNEL = "channel"
    CRISIS = "crisis"
    WORD = "word"
    STORM = "storm"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question put before one expert, and where that card is in Slack once it was delivered.

    `shown` is the version of the question that the card last told of (-1: none yet); `topic` is the one they were asked
    for (None: for none, as a moderator); `digest` is the key of the message that shows several asks at once, where this
    is one of them.
    """

    id: int
    question: str
    expert: str
    role: AskRole
    wave: int
    state: AskState
    reasons: tuple[str, ...]
    created_at: datetime
    channel: str = ""
    ts: str = ""
    shown: int = -1
    topic: str | None = None
    digest: str | None = None

    @property
    def sent(self) -> bool:
        """Whether its card is in Slack, so that the person was asked: `ts` is the id that Slack gave the message."""
        return self.ts != ""
