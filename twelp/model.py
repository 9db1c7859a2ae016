"""The nouns, one word a thing (docs/words.md): frozen values that every floor may hold and none may change.

Datetimes are aware and in UTC (`*_at`, `*_until`). Ids are the other side's own strings; a post's `key` joins network
and id (`x:1934…`) and is also the id of the question it asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

# ---------------------------------------------------------------- the roster


class Level(StrEnum):
    """How far a person's word goes: a trainee's answer needs a second pair of eyes, a moderator is that pair."""

    TRAINEE = "trainee"
    EXPERT = "expert"
    MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class Brand:
    """The company: its name, its handle on each network (without `@`), words that concern it.

    `links` are the domains its answers may lead to; empty: any.
    """

    name: str
    handles: Mapping[str, str]
    watch: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing people ask about. `requires` names the certifications an expert needs to be asked.

    `channel` is the Slack channel (`C…`) that sees a question which nobody took; empty: none.
    """

    id: str
    name: str
    keywords: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    channel: str = ""


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
    """A rostered person. `id` is what the roster calls them in Slack: a member id or an e-mail address (lower case)."""

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
    """

    brand: Brand
    topics: Mapping[str, Topic]
    experts: Mapping[str, Expert]
    rules: Rules | None = None

    def moderators(self) -> tuple[Expert, ...]:
        """The people who may pass a trainee's answer, in the file's order."""
        return tuple(e for e in self.experts.values() if e.level is Level.MODERATOR)


@dataclass(frozen=True, slots=True)
class Volunteer:
    """What a rostered person said for themselves in Slack; it never changes experts.yaml.

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


@dataclass(frozen=True, slots=True)
class Policy:
    """The house's rules of thumb, which an operator may set.

    `wave_size` is the least a wave has, `surge_from` how many questions wait when waves grow and come sooner.
    `unlimited` lifts people's quiet hours and daily budgets: for replays, never for people.
    """

    wave_size: int = 3
    wave_after: timedelta = timedelta(minutes=5)
    claim_for: timedelta = timedelta(minutes=10)
    give_up_after: timedelta = timedelta(hours=4)
    hold_for: timedelta = timedelta(seconds=10)
    surge_from: int = 20
    unlimited: bool = False


# ---------------------------------------------------------------- what is heard


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on a network: its id there, handle without `@`, display name."""

    id: str
    handle: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One message on a network, in our words whatever the network calls it."""

    network: str
    id: str
    author: Account
    text: str
    created_at: datetime
    conversation: str
    reply_to: str | None = None
    quotes: str | None = None
    repost_of: str | None = None
    mentions: tuple[str, ...] = ()
    url: str = ""

    @property
    def key(self) -> str:
        """Network and id in one word: `x:1934…`."""
        return f"{self.network}:{self.id}"


class Kind(StrEnum):
    """What triage takes a post for."""

    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    COMPLAINT = "complaint"
    THANKS = "thanks"
    CHATTER = "chatter"
    SPAM = "spam"
    ABUSE = "abuse"
    CRISIS = "crisis"
    PRIVATE = "private"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    OLD = "too old"
    ANSWERED = "answered by hand"
    OWN = "own post"
    REPOST = "repost"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Triage's word on a post, and why. Only posts for which `asks` is true become questions."""

    kind: Kind
    reasons: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """True when somebody should be asked: questions, and complaints that want an answer."""
        return self.kind in (Kind.QUESTION, Kind.COMPLAINT)


# ---------------------------------------------------------------- the question


class Stage(StrEnum):
    """Where a question stands. The steps between are in `flow/lifecycle.py` and nowhere else."""

    OPEN = "open"
    ASKED = "asked"
    CLAIMED = "claimed"
    HELD = "held"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    UNANSWERED = "unanswered"
    REFUSED = "refused"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class TopicScore:
    """A topic the question may belong to; `score` in 0..1, best first wherever several stand together."""

    topic: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert for one question, with the topic they stand for, a score (higher is better) and the reasons.

    `parts` are the numbers the score is the product of, by name.
    """

    expert: str
    topic: str
    score: float
    reasons: tuple[str, ...]
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A customer's post that asks for help. `version` grows with every step: what a compare-and-set compares."""

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


class AskState(StrEnum):
    """OPEN: may still answer. PASSED: said "not me". CLOSED: never sent, or they left; they may be asked anew."""

    OPEN = "open"
    PASSED = "passed"
    CLOSED = "closed"


class AskRole(StrEnum):
    """ANSWER: asked to answer. REVIEW: a moderator asked to look at a held answer. CHANNEL: shown to a topic's channel,
    which is then called by its Slack id in the place of the expert."""

    ANSWER = "answer"
    REVIEW = "review"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question put before one expert, and where that card is in Slack once it was delivered.

    `shown` is the version of the question that the card last told of (-1: none yet); `topic` is the one they were asked
    for (empty: as a moderator); `digest` is the key of the message that shows several asks at once, where this is one.
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
    topic: str = ""
    digest: str = ""


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


class AnswerState(StrEnum):
    """draft → held / refused / accepted → published → retracted; `alternative`: came second, never posted by itself."""

    DRAFT = "draft"
    HELD = "held"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    PUBLISHED = "published"
    ALTERNATIVE = "alternative"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Answer:
    """An expert's text for a question.

    `posts` is word for word what goes out, signature included: one post, or a thread of several, each under the one
    before. `post_ids` are theirs on the network, as far as they stand there. `written_at` is when the text was written
    or, once confirmed, confirmed; what becomes of it later moves `updated_at` only.
    """

    id: int
    question: str
    expert: str
    text: str
    posts: tuple[str, ...]
    state: AnswerState
    reasons: tuple[str, ...]
    updated_at: datetime
    post_ids: tuple[str, ...] = ()
    written_at: datetime | None = None

    @property
    def public(self) -> str:
        """All its posts as one text."""
        return "\n\n".join(self.posts)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the gate saw. `blocks`: the author must change the text; otherwise a second person must pass it."""

    rule: str
    message: str
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """Words of an answer that the network will make a link of.

    Attributes:
        words: as they stand in the answer.
        host: where it leads, in ASCII letters and in lower case.
        known: it is one of the company's own domains.
        sure: it is no link that anybody meant.
        instead: what was probably meant, with a space; empty where it does not look like a slip.
    """

    words: str
    host: str
    known: bool = False
    sure: bool = False
    instead: str = ""


# ---------------------------------------------------------------- what must still be sent, and what was done


class Errand(StrEnum):
    """What an outbox row asks for.

    REPLY: an answer of one post. THREAD: one of several, which go out one after the other; the name is its own so that
    an older twelp at work meanwhile, which knows single posts only, leaves it to others. DELETE: an answer that was
    taken back. RECALL: what stands of an answer that the network did not take whole, or that is to be corrected.
    """

    REPLY = "reply"
    THREAD = "thread"
    DELETE = "delete"
    RECALL = "recall"
    CARD = "card"
    REFRESH = "refresh"
    NOTE = "note"
    DIGEST = "digest"
    INVITATION = "invitation"
    HOME = "home"


PUBLIC_ERRANDS = frozenset({Errand.REPLY, Errand.THREAD, Errand.DELETE, Errand.RECALL})
"""What goes to the network; all else goes to the workspace."""


class DeliveryState(StrEnum):
    """READY: no call made. CALLING: a call was begun, and whoever finds it so must look first. SENT, FAILED: over."""

    READY = "ready"
    CALLING = "calling"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the outbox, which is also the ledger: written before each call, what came of it after it.

    Attributes:
        key: unique; travels with the message where the other side lets it, so that a look can find it again.
        subject: an answer's id for what goes to the network, an ask's id for a card or refresh, an expert's id for a
            note, a digest, an invitation or their Home tab.
        pieces: what is sent, one call each: an answer's posts in order, the ids of posts to delete (the last one goes
            first), a note's line.
        attempts: calls that were begun for the next piece.
        done: what came of the pieces so far: remote ids, in the order of the calls.
    """

    id: int
    key: str
    errand: Errand
    question: str
    subject: str
    pieces: tuple[str, ...]
    state: DeliveryState
    attempts: int
    created_at: datetime
    done: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: who did what, when, and why. `actor` is an expert's id, `customer`, or a step's name.

    `detail` holds, as JSON, the numbers a decision was made from: enough to make it again later.
    """

    at: datetime
    subject: str
    actor: str
    step: str
    reasons: tuple[str, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)


# ---------------------------------------------------------------- what a person is shown


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


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a Slack card shows, and nothing of Slack: the adapter lays it out and escapes every text.

    `posts` is the answer word for word, post by post; `may_retract`: this person may take the published one back;
    `may_restore`: they may bring the question back that was set aside; `asked`: it is somebody's, not a channel's;
    `seen`: marks of what it shows, which each of its buttons sends back (`flow/seen.py`).
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
    note: str = ""
    url: str = ""
    intent_url: str = ""
    may_retract: bool = False
    may_restore: bool = False
    asked: bool = True
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed or a window that was sent.

    Attributes:
        seen: the marks of what it showed (`flow/seen.py`); empty: it was drawn before there were any.
        click: the id of this very click, the same when Slack sends it again; empty: none is known.
        window: the id of the window, the same however often it is sent; empty: it is no window.
    """

    seen: str = ""
    click: str = ""
    window: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One contribution to a conversation, ours or somebody's. `handle` is empty where the network did not tell it."""

    handle: str
    text: str
    at: datetime
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """A published answer, the question it answered, and who wrote it. `text` is without the signature."""

    answer: int
    question: str
    text: str
    expert: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Form:
    """What the answer modal shows: the question, the draft so far, the limit in weighted characters.

    `thread` is what else was said in the conversation, oldest first; `similar` are earlier answers to start from, with
    their author's name as `expert`; `replaced` is the text that a shorter one was proposed for; `changes` were made to
    what was typed or suggested, so that it is as the public reads it; `seen` are the marks of the question as shown.
    """

    question: str
    post: Post
    topic: str
    draft: str
    signature: str
    limit: int
    thread: tuple[Said, ...] = ()
    similar: tuple[Earlier, ...] = ()
    replaced: str = ""
    changes: tuple[str, ...] = ()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as it would go out.

    Attributes:
        posts: each word for word.
        left: weighted characters still free in the last of them; negative: too long by so many.
        findings: what blocks it, or holds it.
        as_thread: of how many posts it could be a thread, where it is too long for one; 0: it need not or cannot.
        changes: what was changed in what was typed, as signs and names of emoji are not for the public.
        links: what the network will make links of.
    """

    posts: tuple[str, ...]
    left: int
    findings: tuple[Finding, ...] = ()
    as_thread: int = 0
    changes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def ready(self) -> bool:
        """True when nothing blocks: it may be confirmed."""
        return not any(f.blocks for f in self.findings)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a person's act, in words for that person."""

    ok: bool
    message: str
    details: Mapping[str, Any] = field(default_factory=dict)


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
        queue: questions that wait: the oldest and the newest; `queue_left_out`: how many between these are not shown.
        unanswered: the latest questions that nobody answered in time, newest first; `unanswered_left_out`: how many
            more there are, older than these, counted up to a thousand.
        set_aside: the latest that were dismissed, newest first.
        answered: the latest answers that stand, newest first.
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
    tally: Tally = Tally()
    thanks: tuple[Post, ...] = ()
    moderator: bool = False
    coverage: tuple[Coverage, ...] = ()
    queue: tuple[Card, ...] = ()
    queue_left_out: int = 0
    unanswered: tuple[Card, ...] = ()
    unanswered_left_out: int = 0
    set_aside: tuple[Card, ...] = ()
    answered: tuple[Card, ...] = ()
