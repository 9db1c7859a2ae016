"""What the desk and delivery ask of the world. Each port is met by one adapter; tests use the same adapters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from twelp.model import (
    Account,
    Answer,
    AnswerState,
    Ask,
    Asked,
    AskRole,
    AskState,
    Break,
    Card,
    Delivery,
    DeliveryState,
    Earlier,
    Entry,
    Errand,
    Home,
    Invitation,
    Kind,
    Post,
    Question,
    Reaction,
    Said,
    Stage,
    Standing,
    Tally,
    Verdict,
    Volunteer,
)


class Overtaken(Exception):  # noqa: N818 - never leaves the desk
    """Another worker first changed what this transaction was decided on: load again and decide again."""


class Clock(Protocol):
    """The hour. The only way anything learns it."""

    def now(self) -> datetime:
        """The present, aware UTC."""


@dataclass(frozen=True, slots=True)
class Page:
    """New posts, oldest first, and the cursor that stands for having read them."""

    posts: tuple[Post, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class OwnPost:
    """One of our own posts, as seen on the network.

    Attributes:
        in_reply_to: the post it answers; None: none, or the network does not tell.
        conversation: the conversation's first post, itself for a post that answers nothing; None: it is not told.
        text: the whole text as people see it, links where they lead; None: it is not told.
        earlier: ids that it had before it was edited; then its words may have been others, too.
    """

    id: str
    in_reply_to: str | None
    conversation: str | None
    text: str | None
    created_at: datetime
    earlier: tuple[str, ...] = ()


class Network(Protocol):
    """A public network. Every method may raise any RemoteError; `InDoubt` only from `reply`."""

    name: str

    def me(self) -> Account:
        """The brand account the credentials stand for (asked once, then remembered)."""

    def mentions(self, cursor: str | None) -> Page:
        """Posts that concern us since `cursor`: all pages, oldest first. None: from the beginning it offers."""

    def pace(self) -> timedelta:
        """How long to wait between two calls of `mentions`, so that the network's own limit lasts; zero: no matter."""

    def now(self) -> datetime:
        """The hour by the network's own clock, as far as its latest answer told; by ours otherwise."""

    def reply(self, text: str, to: str) -> str:
        """Publishes `text` under post `to`; the new post's id. Not repeatable: call only behind a ledger row.

        Raises:
            Refused: `not_summoned`, `duplicate`, `gone`, `too_long` or `other`.
            InDoubt: the request left and no answer came.
        """

    def delete(self, post_id: str) -> None:
        """Deletes one of our own posts. Repeatable: one that is gone already is no error."""

    def own_posts(self, since: datetime, *, until: Callable[[OwnPost], bool] | None = None) -> Sequence[OwnPost]:
        """Our posts made at or after `since`, by hand or by us, newest first: the look before a second try.

        `since` is by the network's clock. Further pages are left unread once `until` is true of a post.

        Raises:
            TryAgain: they could not be read back to `since`.
        """

    def likes(self, post_id: str) -> int:
        """How often people liked one of our posts.

        Raises:
            Refused: `gone`.
        """

    def url(self, post_id: str, handle: str = "") -> str:
        """Where people see that post."""

    def intent_url(self, post_id: str, text: str) -> str:
        """Where a person may post `text` by hand under that post (the manual lane)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message is in the workspace."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class LessonChange:
    """What a question turned out to be about (topic None: nobody should have got it), or that it was forgotten."""

    number: int
    question: str
    text: str
    topic: str | None
    forgotten: bool


class Workspace(Protocol):
    """Where experts live (Slack). People are named by their roster id."""

    def post_card(self, person: str, card: Card) -> Place:
        """Sends the card to the person. `card.key` travels as metadata. Raises InDoubt when no answer came."""

    def find_card(self, person: str, key: str) -> Place | None:
        """Looks for a card or note already sent with that key."""

    def update_card(self, place: Place, card: Card) -> None:
        """Makes the card at `place` say what `card` says. Repeatable."""

    def post_note(self, person: str, key: str, text: str) -> Place:
        """Sends the person a line of plain text, escaped."""

    def post_digest(self, person: str, key: str, cards: Sequence[Card]) -> Place:
        """Sends the person several asks in one message. `key` travels as metadata. Raises InDoubt as `post_card`."""

    def update_digest(self, place: Place, cards: Sequence[Card]) -> None:
        """Makes the digest at `place` say what these cards say. Repeatable."""

    def disturb(self, person: str) -> Break | None:
        """The person's do-not-disturb that is on now or comes next, as far as Slack tells; None: none is known."""

    def post_invitation(self, person: str, key: str, invitation: Invitation) -> Place:
        """Sends the person their invitation. `key` travels as metadata. Raises InDoubt when no answer came."""

    def update_invitation(self, place: Place, invitation: Invitation) -> None:
        """Makes the invitation at `place` say what is true now. Repeatable."""

    def publish_home(self, person: str, home: Home) -> None:
        """Makes the person's own tab show this. Repeatable."""


class Accounts(Protocol):
    """Which Slack account a person, listed by address, was last proven to have. It outlives that address."""

    def known(self) -> Mapping[str, str]:
        """Person → account, for everybody who was ever proven."""

    def remember(self, person: str, user: str) -> None:
        """The person has this account now."""


class PeopleTx(Protocol):
    """The part of a transaction that is about people; experts are named by their roster id."""

    def roll(self) -> str:
        """A word that changes whenever any volunteer's does."""

    def volunteers(self) -> Mapping[str, Volunteer]:
        """Everybody who ever said something for themselves."""

    def volunteer(self, expert: str) -> Volunteer:
        """What this person said for themselves; nothing yet, for who never did."""

    def set_volunteer(self, volunteer: Volunteer) -> None:
        """Keeps what a person says for themselves now."""

    def opened_home(self, expert: str, at: datetime) -> None:
        """The person looks at our tab."""

    def at_home(self, experts: Collection[str], since: datetime) -> Sequence[str]:
        """Who of these opened our tab at or after `since`."""

    def before(self, expert: str, limit: int = 20) -> Sequence[tuple[Question, Ask]]:
        """Open questions and held answers put before this person, newest first; what they hold comes first."""

    def asked_hours(self, expert: str, since: datetime) -> Sequence[datetime]:
        """When this person was asked to answer, from `since` on, oldest first. Closed asks do not count."""

    def undecided(self, expert: str) -> Sequence[Ask]:
        """Asks of any role that this person has not answered or passed, of questions that are not over.

        Of the questions that nobody answered in time, the thousand newest count.
        """

    def over(self, expert: str, limit: int) -> Sequence[Ask]:
        """This person's newest asks, of any role, of questions that were answered or set aside.

        They are looked for among the person's latest 500 asks.
        """

    def undecided_people(self) -> Collection[str]:
        """Everybody, but no channel, with an ask that `undecided` would find."""

    def digest(self, key: str) -> Sequence[Ask]:
        """The asks that the message with this key shows, oldest first."""

    def sent(self, key: str) -> DeliveryState | None:
        """How far the delivery with this key has come; None when there is none. It stays so until this ends."""

    def ask_at(self, channel: str, ts: str) -> Ask | None:
        """The ask whose card is that message."""

    def waiting(
        self, stages: Collection[Stage], limit: int = 100, *, newest: bool = False, since: datetime | None = None
    ) -> Sequence[Question]:
        """Questions in these stages that were opened at or after `since`, oldest first or newest first."""

    def how_many(self, stages: Collection[Stage], before: datetime, most: int) -> int:
        """How many questions in these stages were opened before that hour; not counted further than `most`."""

    def waiting_about(self, stages: Collection[Stage]) -> Mapping[str, int]:
        """How many questions in these stages are about each topic, by the likeliest topic of each."""

    def conversation(self, question: Question, limit: int = 10) -> Sequence[Said]:
        """What else was said in the question's conversation, by customers and by us, oldest first; the latest of it."""

    def answered(self, topics: Collection[str], limit: int = 100) -> Sequence[Earlier]:
        """Published answers that stand, to questions that turned out to be about these topics, newest first."""

    def answered_in(self, network: str, conversation: str, author_id: str) -> tuple[str, str] | None:
        """This customer's latest answered question of that conversation, and which expert's answer stands there."""

    def heard_as(self, kind: Kind, since: datetime, until: datetime) -> Sequence[Post]:
        """Posts that were taken for this, heard from `since` on and before `until`, oldest first."""

    def thank(self, post: str, question: str, expert: str, at: datetime) -> None:
        """A customer thanked this person for the answer."""

    def thanks(self, expert: str, limit: int = 5) -> Sequence[tuple[Post, datetime]]:
        """The latest thanks this person had, newest first."""

    def tally(self, expert: str, since: datetime) -> Tally:
        """This person's own numbers from `since` on."""


class Tx(PeopleTx, Protocol):
    """One transaction. Reads see its own writes; nothing outside sees anything before it ends well."""

    connection: Any
    """SQLAlchemy's own connection, for statements that are made as they are needed."""

    def rows(self, statement: Any, params: Mapping[str, Any]) -> Sequence[Any]:
        """What a statement finds, which lives as long as the module it stands in."""

    def do(self, statement: Any, *params: Mapping[str, Any]) -> int:
        """Runs such a statement, once for each `params`; how many rows it met."""

    def gather(self, insert: Any, row: Mapping[str, Any]) -> None:
        """Writes a row right before the commit, together with all others of the same insert statement.

        `Later` writes its job so: rows and jobs stand or fall together.
        """

    def after(self, act: Callable[[], None]) -> None:
        """Does this once the transaction has committed, on the same thread; not when it does not."""

    # posts
    def hear(self, post: Post, verdict: Verdict, heard_at: datetime, question: str | None) -> bool:
        """Records a post; False (and nothing done) when it was heard before."""

    def heard(self, keys: Iterable[str]) -> set[str]:
        """Which of these posts were heard before."""

    def cursor(self, source: str) -> str | None:
        """How far `source` was read."""

    def set_cursor(self, source: str, value: str) -> None:
        """Remembers how far `source` was read."""

    def set_cursor_once(self, source: str, value: str) -> None:
        """Remembers it, unless something is remembered for `source` already; of several at once, one is kept."""

    # questions
    def open_question(self, question: Question) -> None:
        """A new question; its `post` is heard in the same transaction."""

    def question(self, question_id: str) -> Question | None:
        """The question, or None."""

    def version(self, question_id: str) -> int | None:
        """How often the question has moved; None when there is none."""

    def open_in_conversation(self, network: str, conversation: str, author_id: str) -> Question | None:
        """This author's question of that conversation that is not over yet, newest first."""

    def move(self, question: Question, to: Stage, **changes: Any) -> Question | None:
        """Compare-and-set on `version`: the moved question, or None when somebody else moved it first."""

    def stays(self, question: Question) -> bool:
        """Keeps others from moving it until this transaction ends; False when somebody else moved it first."""

    # asks
    def add_ask(
        self,
        question: str,
        expert: str,
        *,
        role: AskRole,
        wave: int,
        reasons: Sequence[str],
        at: datetime,
        topic: str = "",
        digest: str = "",
    ) -> Ask:
        """Puts the question before an expert, for one of its topics; anew, where their ask was closed."""

    def asks(self, question_id: str) -> Sequence[Ask]:
        """All asks of a question, oldest first."""

    def ask(self, ask_id: int) -> Ask | None:
        """One ask."""

    def set_ask(
        self, ask_id: int, *, state: AskState | None = None, place: Place | None = None, shown: int | None = None
    ) -> None:
        """Changes an ask's state, where its card is, or which version of the question that card shows."""

    def asks_since(self, since: datetime) -> Mapping[str, Sequence[datetime]]:
        """Who was asked to answer when, from `since` on: expert id → hours, oldest first.

        Closed asks count only where their card was sent. Reads them all: for what no count is known of.
        """

    def asked(self, experts: Collection[str], now: datetime) -> Mapping[str, Asked]:
        """What is counted for each of these experts, of the latest day they were asked on; who never was is not in it.

        `count` is of that `day` only, which may be over; nobody knows then how often they were asked since.
        """

    def asks_of_day(self, expert: str, day: datetime, until: datetime) -> Asked:
        """What was asked of this expert from `day` on and before `until`, counted from the asks themselves."""

    def count_ask(self, expert: str, *, day: datetime, until: datetime, at: datetime, most: int | None) -> None:
        """One more ask of the expert's day, which began at `day` and ends at `until`.

        It is counted right before the commit, which raises Overtaken where the day then had more than `most` (None: as
        many as there are). An ask that is closed before its card was sent is taken off again.
        """

    def keep_counts(self, found: Mapping[str, Asked]) -> None:
        """Keeps what was counted from the asks, right before the commit, where nothing is kept of that day."""

    def standings(self, topic: str, since: datetime) -> Mapping[str, Standing]:
        """How each expert fared with the topic's latest asks (a thousand at most, from `since` on): expert id → counts.

        Who was not asked on it since then is not in it.
        """

    def holding(self) -> Mapping[str, int]:
        """How many questions each expert has claimed and not yet answered; who holds none is not in it."""

    def reactions(self, since: datetime) -> Sequence[Reaction]:
        """What became of the latest asks (20,000 at most, from `since` on), oldest first."""

    def unclaimed(self) -> int:
        """How many questions wait for somebody to take them."""

    def writing_since(self, since: datetime) -> Mapping[str, datetime]:
        """Who wrote answers or drafts from `since` on, and when last: expert id → hour."""

    # answers
    def answers(self, question_id: str) -> Sequence[Answer]:
        """All answers of a question, oldest first."""

    def answer(self, answer_id: int) -> Answer | None:
        """One answer."""

    def save_answer(
        self,
        question: str,
        expert: str,
        text: str,
        posts: Sequence[str],
        *,
        state: AnswerState,
        reasons: Sequence[str],
        at: datetime,
    ) -> Answer:
        """Adds the expert's answer, or replaces their draft of it (which has no posts)."""

    def set_answer(
        self,
        answer_id: int,
        state: AnswerState,
        at: datetime,
        *,
        reasons: Sequence[str] | None = None,
        post_ids: Sequence[str] | None = None,
        returned: bool = False,
    ) -> None:
        """Changes an answer's state. `returned`: a second person did not let it pass or stand, which is counted."""

    # outbox
    def add_delivery(
        self, key: str, errand: Errand, *, question: str, subject: str, pieces: Sequence[str], at: datetime
    ) -> int | None:
        """Adds an outbox row; None when that key is there already."""

    def refreshing(self, question: str, ask: int | None = None) -> set[str]:
        """Asks of the question (as text) whose card's refresh has not ended; holds those rows until this transaction
        does, so that a refresh that ends meanwhile looks at what this transaction changed. `ask`: only that one; who
        holds a refresh's row already may ask for no other's, or two would wait for each other."""

    def delivery(self, delivery_id: int) -> Delivery | None:
        """One outbox row."""

    def set_delivery(
        self,
        delivery: Delivery,
        state: DeliveryState,
        at: datetime,
        *,
        done: Sequence[str] | None = None,
        error: str = "",
    ) -> Delivery | None:
        """Compare-and-set on state, attempts and what is done; None: another worker was first.

        CALLING, and staying, count one attempt; READY with more `done` begins to count anew.
        """

    def unfinished(self, question: str) -> Delivery | None:
        """The outbox row of the question's answer that is not over yet."""

    def answered_lately(self, limit: int) -> Sequence[str]:
        """The questions whose answers went out last, the latest first; some may not stand any more."""

    def posted(self, question: str) -> Collection[str]:
        """Ids of all posts that the ledger knows to have gone out for this question, whatever became of them."""

    # journal, events, learning
    def note(self, entry: Entry) -> None:
        """Adds a line to the journal."""

    def trail(self, subject: str) -> Sequence[Entry]:
        """The journal of one post or question, oldest first."""

    def noted(self, steps: Collection[str]) -> Iterator[Entry]:
        """The journal's lines with one of these steps, oldest first."""

    def authors(self) -> Mapping[str, str]:
        """Who wrote the published answer: question id → expert id."""

    def journal(self, after: int, limit: int = 500) -> Sequence[tuple[int, Entry]]:
        """The journal's lines with a number above `after`, oldest first, each with its number; without their detail."""

    def progress(self) -> tuple[int, int, int]:
        """Posts heard, questions under way (from open to publishing), and the journal's last number."""

    def last_line(self) -> int:
        """The number of the journal's latest line; 0 when there is none."""

    def under_way(self) -> Mapping[str, int]:
        """How many questions stand in each stage from open to publishing; a stage where none does is not in it."""

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many rows stand where: `posts` by kind, `questions` by stage, `answers` by state, `deliveries` by
        `errand state`, `asks` by role, `journal` by step."""

    def post(self, key: str) -> tuple[Post, Verdict] | None:
        """A heard post and the verdict on it."""

    def first_time(self, event_id: str, at: datetime) -> bool:
        """True once per event id: the guard against re-sent events."""

    def learned(self, most: int | None = None) -> Iterator[tuple[str, str, str | None]]:
        """Every (question, text, topic) the matcher should know, oldest first; topic None: nobody should have got it.

        No question comes twice. `most`: only so many, the latest.
        """

    def last_lesson(self) -> int:
        """The number of the latest change of what is learned; 0 when there is none."""

    def lessons_since(self, number: int) -> Iterator[LessonChange]:
        """What was learned and forgotten after the change of that number, oldest first; a question comes once."""

    def lesson(self, question: str) -> tuple[str, str | None] | None:
        """The (text, topic) learned from a question; None when nothing is."""

    def learn(self, question: str, text: str, topic: str | None, at: datetime) -> None:
        """Remembers what a question turned out to be about, in place of what it was taken for before."""

    def unlearn(self, question: str, at: datetime) -> None:
        """Forgets what was learned from a question, and its text."""


class Store(Protocol):
    """Where rows live."""

    def begin(self, *, durable: bool = True) -> AbstractContextManager[Tx]:
        """A transaction: commits at the end of the block, rolls back on any exception.

        `durable`: survives a power cut from the moment it commits. Without it, a power cut (not a killed process) may
        undo the last moments: for what can simply be done again.
        """

    def look(self) -> AbstractContextManager[Tx]:
        """A transaction that only reads and never stands in a writer's way."""


class Later(Protocol):
    """Jobs that will run once this transaction has committed, at least once each, surviving restarts."""

    def __call__(
        self,
        tx: Tx,
        job: str,
        key: str,
        *args: Any,
        queue: str = "house",
        delay: timedelta | None = None,
        partition: str | None = None,
    ) -> None:
        """Enqueues `job(*args)` inside `tx`. `key` is its name in logs; each call makes a job of its own."""
