"""What every part of the desk works on: the store, the clock, the roster, and four small tools."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from twelp.about import about
from twelp.flow import lifecycle
from twelp.flow.lifecycle import Step
from twelp.model import PUBLIC_ERRANDS, Account, Entry, Errand, Policy, Press, Question, Roster
from twelp.ports import Clock, Later, LessonChange, Overtaken, Store, Tx
from twelp.texts import acts

P = ParamSpec("P")
R = TypeVar("R")
B = TypeVar("B", bound="Bench")

_OVERLAP = 100
"""Lessons that are looked at again: another process may commit one after one with a higher number was read."""


REMEMBERED = 10_000
"""Lessons that the matcher knows, the latest, at the start and ever after: 3 s of processor time and 20 MB."""

_LOOKS = timedelta(hours=12)
"""How long after somebody opened their own tab it is kept true; opening it makes it true anyhow."""


journal = logging.getLogger("twelp.journal")


def _tell(subject: str, actor: str, step: str) -> None:
    with about(subject):
        journal.info("%s: %s", actor, step, extra={"actor": actor, "step": step})


class Topics(Protocol):
    """What the desk needs of the matcher."""

    def rank(self, text: str, limit: int = 5) -> Any:
        """A ranking: `topics` best first, `nobody`, `reasons`, and `like`, whose `ref` is the id of a like question."""

    def learn(self, text: str, topic: str | None, *, ref: str = "") -> None:
        """An answered (or, with None, a dismissed) question, by its id."""

    def unlearn(self, text: str, topic: str | None, *, ref: str = "") -> bool:
        """Undoes that; of several with the same text, the one of that question."""

    def lessons(self) -> Any:
        """What was learned and not undone: `text`, `topic` and `ref` of each."""


def decided_again(method: Callable[Concatenate[B, P], R]) -> Callable[Concatenate[B, P], R]:
    """Runs the method anew, in a new transaction, whenever another worker was first."""

    @functools.wraps(method)
    def run(self: B, *args: P.args, **kwargs: P.kwargs) -> R:
        subject = args[0] if args and isinstance(args[0], str) and ":" in args[0] else ""
        for _ in range(20):
            try:
                with about(subject):
                    return method(self, *args, **kwargs)
            except Overtaken:
                continue
        raise RuntimeError(f"{method.__name__}: overtaken twenty times in a row")

    return cast(Callable[Concatenate[B, P], R], run)


class Bench:
    """The tools that all methods of the desk share.

    Args:
        store: where rows live.
        later: enqueues a job in a transaction.
        clock: the hour.
        roster: topics and experts.
        matcher: ranks topics, learns.
        policy: sizes and pauses.
        us: our account on each network, by the network's name.

    Attributes:
        told: hears of each line of the journal, once it is certain; raises nothing.
        remembers: how many lessons the matcher keeps, the latest.
        absent: tells whether a listed person is known to have no account in Slack that may answer; asks nobody.
    """

    told: Callable[[Entry], None] | None = None
    absent: Callable[[str], bool] | None = None
    remembers = REMEMBERED

    def __init__(
        self,
        store: Store,
        later: Later,
        clock: Clock,
        roster: Roster,
        matcher: Topics,
        policy: Policy,
        us: Mapping[str, Account],
    ) -> None:
        self.store = store
        self.later = later
        self.clock = clock
        self.roster = roster
        self.matcher = matcher
        self.policy = policy
        self.us = us
        self._teaching = threading.Lock()
        self._taught = {lesson.ref: (lesson.text, lesson.topic) for lesson in matcher.lessons() if lesson.ref}
        with store.look() as tx:
            self._caught_up_to = tx.last_lesson()

    def note(
        self, tx: Tx, subject: str, actor: str, step: str, *reasons: str, detail: Mapping[str, Any] | None = None
    ) -> None:
        """Writes one line into the journal, and once that is certain, one without anybody's words into the log."""
        if journal.isEnabledFor(logging.INFO):
            tx.after(lambda: _tell(subject, actor, step))
        entry = Entry(self.clock.now(), subject, actor, step, tuple(r for r in reasons if r), detail or {})
        if (told := self.told) is not None:
            tx.after(lambda: told(entry))
        tx.note(entry)

    def catch_up(self) -> None:
        """Lets the matcher know what was learned and forgotten since the last time, here or in another process.

        To be called once rows are committed, and before questions are matched. Repeatable: a lesson is learned once.
        Whoever dies before calling this loses nothing: at the next start the matcher is built from the rows.
        """
        with self._teaching:
            with self.store.look() as tx:
                changes = list(tx.lessons_since(self._caught_up_to - _OVERLAP))
            left = sum(1 for change in changes if not change.forgotten)
            for change in changes:
                self._teach(change, known=left <= self.remembers)
                left -= not change.forgotten
                self._caught_up_to = max(self._caught_up_to, change.number)
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        """A process that runs for months knows what one knows that starts now, and no more."""
        oldest = list(islice(self._taught, max(0, len(self._taught) - self.remembers)))
        for question in oldest:
            self.matcher.unlearn(*self._taught.pop(question), ref=question)

    def _teach(self, change: LessonChange, *, known: bool) -> None:
        """`known`: it is one of the latest, which the matcher is to know."""
        learned = known and not change.forgotten and self._can_be_about(change.topic)
        lesson = (change.text, change.topic) if learned else None
        former = self._taught.get(change.question)
        if former == lesson:
            return
        if former is not None:
            self.matcher.unlearn(*former, ref=change.question)
            del self._taught[change.question]
        if lesson is not None:
            self.matcher.learn(*lesson, ref=change.question)
            self._taught[change.question] = lesson

    def _can_be_about(self, topic: str | None) -> bool:
        return topic is None or topic in self.roster.topics

    def step(self, tx: Tx, question: Question, step: Step, **changes: Any) -> Question | None:
        """Moves the question, or gives None where the lifecycle knows no such step.

        Raises:
            Overtaken: another worker moved it first.
        """
        to = lifecycle.after(question.stage, step)
        if to is None:
            return None
        if to in lifecycle.OVER:
            changes = {"closed_at": self.clock.now(), **changes}
        moved = tx.move(question, to, **changes)
        if moved is None:
            raise Overtaken(question.id)
        return moved

    def send(
        self,
        tx: Tx,
        errand: Errand,
        key: str,
        *,
        question: str,
        subject: str,
        text: str = "",
        pieces: Sequence[str] = (),
        to: str = "",
        delay: timedelta | None = None,
    ) -> None:
        """Puts something into the outbox, with the job that sends it. `to` (a person) keeps their messages in order.

        `pieces`: several texts or ids, one call each, in place of the one `text`.
        """
        pieces, now = pieces or (text,), self.clock.now()
        delivery = tx.add_delivery(key, errand, question=question, subject=subject, pieces=pieces, at=now)
        if delivery is not None:
            queue = "network" if errand in PUBLIC_ERRANDS else "workspace"
            key = f"deliver:{delivery}:0"
            self.later(tx, "deliver", key, delivery, errand.value, queue=queue, partition=to or None, delay=delay)

    def tell(self, tx: Tx, question: Question) -> None:
        """Makes every copy of the question's card say what is true now; one refresh under way is enough for each."""
        under_way = tx.refreshing(question.id)
        asks = tx.asks(question.id)
        for ask in asks:
            if str(ask.id) not in under_way:
                key = f"refresh:{ask.id}:{question.version}"
                self.send(tx, Errand.REFRESH, key, question=question.id, subject=str(ask.id), to=ask.expert)

        self.homes(tx, [ask.expert for ask in asks], f"{question.id}:{question.version}")

    def homes(self, tx: Tx, people: Collection[str], mark: str) -> None:
        """Makes the own tab of those of these people who look at it these days say what is true now."""
        for person in tx.at_home(people, self.clock.now() - _LOOKS) if people else ():
            self.send(tx, Errand.HOME, f"home:{person}:{mark}", question="", subject=person, to=person)

    def first_time(self, event_id: str) -> bool:
        """True once per event id: what Slack sends again is not acted on again."""
        with self.store.begin() as tx:
            return tx.first_time(event_id, self.clock.now())

    def sent_before(self, tx: Tx, question: Question, press: Press | None) -> bool:
        """Whether this window was sent before and something came of it; remembers that it was now.

        Raises:
            Overtaken: it was sent twice at once, and the question stands elsewhere by now.
        """
        if press is None or not press.window or tx.first_time(f"window:{press.window}", self.clock.now()):
            return False
        if not tx.stays(question):
            raise Overtaken(question.id)
        return True

    def name(self, person: str | None) -> str:
        """How colleagues call this person."""
        found = self.roster.experts.get(person or "")
        return found.name if found else acts.SOMEBODY
