"""What is asked of a transaction, by part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from twelp.model import (
    Answer,
    AnswerState,
    Ask,
    Asked,
    AskRole,
    AskState,
    Delivery,
    DeliveryState,
    Earlier,
    Entry,
    Errand,
    JournalStep,
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
from twelp.ports.workspace import Place


@dataclass(frozen=True, slots=True)
class LessonChange:
    """What a question turned out to be about (topic None: nobody should have got it), or that it was forgotten."""

    number: int
    question: str
    text: str
    topic: str | None
    forgotten: bool


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


class PostsTx(Protocol):
    """The part of a transaction that is about posts: which were heard, and how far a network was read."""

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


class QuestionsTx(Protocol):
    """The part of a transaction that is about questions and where they stand."""

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


class AsksTx(Protocol):
    """The part of a transaction that is about asks: who was asked what, when, and how they fared."""

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

    def ask_goes_out(self, ask_id: int, at: datetime) -> None:
        """The ask is of this hour: its card goes out only now."""

    def count_ask(self, expert: str, *, day: datetime, until: datetime, at: datetime, most: int | None) -> None:
        """One more ask of the expert's day, which began at `day` and ends at `until`.

        It is counted right before the commit, which raises Conflict where the day then had more than `most` (None: as
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


class AnswersTx(Protocol):
    """The part of a transaction that is about answers."""

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


class OutboxTx(Protocol):
    """The part of a transaction that is about the outbox, which is also the ledger."""

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


class JournalTx(Protocol):
    """The part of a transaction that is about what was done, what came twice, and what was learned."""

    def note(self, entry: Entry) -> None:
        """Adds a line to the journal."""

    def trail(self, subject: str) -> Sequence[Entry]:
        """The journal of one post or question, oldest first."""

    def noted(self, steps: Collection[JournalStep]) -> Iterator[Entry]:
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
