"""What every part of the desk holds: store, clock, roster, policy, and the few steps that every act makes."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast

from twelp.about import about
from twelp.desk import counts
from twelp.desk.rows import (
    TO_VOLUNTEERS,
    JournalledRows,
    RefreshRows,
    SendRows,
    StepRows,
    is_apart,
    timers_that_ended,
)
from twelp.errors import StoreError
from twelp.flow import lifecycle
from twelp.flow.conversation import Us
from twelp.flow.lifecycle import Step
from twelp.model import (
    PUBLIC_DELIVERIES,
    Account,
    Ask,
    DeliveryKind,
    Entry,
    Figure,
    JournalStep,
    Policy,
    Press,
    Question,
    Roster,
    Stage,
)
from twelp.networks import NetworkRules, unconnected
from twelp.ports import Clock, Conflict, Jobs, Store
from twelp.texts import acts

P = ParamSpec("P")
R = TypeVar("R")
B = TypeVar("B")
Rows_co = TypeVar("Rows_co", covariant=True)

_LOOKS = timedelta(hours=12)
"""How long after somebody opened their own tab it is kept true; opening it makes it true anyhow."""


REMIND_AFTER = timedelta(minutes=30)
"""How long an answer waits for a moderator until the first reminder."""

journal = logging.getLogger("twelp.journal")


def _tell(entry: Entry) -> None:
    step, _ = entry.told()
    with about(entry.subject):
        journal.info("%s: %s", entry.actor, step, extra={"actor": entry.actor, "step": entry.step.value})


class Topics(Protocol):
    """What the desk needs of the matcher."""

    def rank(self, text: str, limit: int = 5) -> Any:
        """A ranking: `topics` best first, `nobody`, `reasons`, and `like`, whose `ref` is the id of a like question."""

    def alike(self, text: str, others: Sequence[str]) -> Sequence[float]:
        """How alike a text and each other one are in meaning, from 0 to 1."""

    def vector(self, text: str) -> Any:
        """What a text means, as numbers; None where that is not known."""

    def learn(self, text: str, topic: str | None, *, ref: str = "") -> None:
        """An answered (or, with None, a dismissed) question, by its id."""

    def unlearn(self, text: str, topic: str | None, *, ref: str = "") -> bool:
        """Undoes that; of several with the same text, the one of that question."""

    def lessons(self) -> Any:
        """What was learned and not undone: `text`, `topic` and `ref` of each."""


def retry_on_conflict(method: Callable[Concatenate[B, P], R]) -> Callable[Concatenate[B, P], R]:
    """Runs the method anew, in a new transaction, whenever another worker was first, or was preferred by the store."""

    @functools.wraps(method)
    def run(self: B, *args: P.args, **kwargs: P.kwargs) -> R:
        subject = args[0] if args and isinstance(args[0], str) and ":" in args[0] else ""
        for _ in range(20):
            try:
                with about(subject):
                    return method(self, *args, **kwargs)
            except Conflict:
                continue
            except StoreError as error:
                if not error.overtaken:
                    raise
        raise RuntimeError(f"{method.__name__}: overtaken twenty times in a row")

    return cast(Callable[Concatenate[B, P], R], run)


class Context(Generic[Rows_co]):
    """What every collaborator of the desk holds: store, jobs, clock, roster, policy, and the few steps they share.

    Each says what rows it touches: `Context[ClaimsRows]` gives it transactions that know no others.

    Args:
        store: where rows live.
        jobs: the durable queue; `enqueue` is its own.
        clock: the hour.
        roster: topics and experts.
        matcher: ranks topics, learns.
        policy: sizes and pauses.
        us: our account on each network, by the network's name.
        networks: the rules of each network that is connected, by its name.

    Attributes:
        told: hears of each line of the journal, once it is certain; raises nothing.
        phone_bridge: whether one is configured, that is told of each step of a crisis.
        ended: hears of each question that is over, or whose answer stands, in the same transaction.
        absent: tells whether a listed person is known to have no account in Slack that may answer; asks nobody.
        paused_here: how often something was paused in this process.
        look: looks a question's posts up on its network, within a moment; raises nothing.
        private_networks: those on which private messages are read and sent.
    """

    told: Callable[[Entry], None] | None = None
    phone_bridge: bool = False
    ended: Callable[[StepRows, Question], None] | None = None
    absent: Callable[[str], bool] | None = None
    look: Callable[[str], None] | None = None
    private_networks: Collection[str] = frozenset()
    paused_here: int = 0

    def __init__(
        self,
        store: Store[Rows_co],
        jobs: Jobs,
        clock: Clock,
        roster: Roster,
        matcher: Topics,
        policy: Policy,
        us: Mapping[str, Account],
        networks: Mapping[str, NetworkRules],
    ) -> None:
        self.networks = networks
        self.store = store
        self.jobs = jobs
        self.enqueue = jobs.enqueue
        self.clock = clock
        self.roster = roster
        self.matcher = matcher
        self.policy = policy
        self.us = us

    def accounts(self, network: str) -> Us:
        """Who we are on a network, and who we are not."""
        brand = self.roster.brand
        products = (brand.name, *(alias for topic in self.roster.topics.values() for alias in topic.aliases))
        return Us(self.us[network], brand.silent.get(network, ()), brand.others.get(network, ()), products)

    def rules(self, network: str) -> NetworkRules:
        """The rules of a network, by the name in its posts; of one that is not connected, such as show its posts."""
        return self.networks.get(network) or unconnected(network)

    def journal(
        self,
        tx: JournalledRows,
        subject: str,
        actor: str,
        step: JournalStep,
        *reasons: str,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Writes one line into the journal, and once that is certain, one without anybody's words into the log."""
        entry = Entry(self.clock.now(), subject, actor, step, tuple(r for r in reasons if r), detail or {})
        if journal.isEnabledFor(logging.INFO):
            tx.after(lambda: _tell(entry))
        if (told := self.told) is not None:
            tx.after(lambda: told(entry))
        self._count(tx, entry)
        tx.add_entry(entry)

    def _count(self, tx: JournalledRows, entry: Entry) -> None:
        """Adds the line to the figures; an answer that is public once more was counted before."""
        what = counts.figure(entry)
        if what is None:
            return
        question = None if what is Figure.POSTS else tx.question(entry.subject)
        if what is Figure.ANSWERED and any(counts.figure(e) is what for e in tx.trail(entry.subject)):
            return
        tx.count(counts.counts(entry, question))

    def transition(self, tx: StepRows, question: Question, step: Step, **changes: Any) -> Question | None:
        """Moves the question, or gives None where the lifecycle knows no such step.

        Raises:
            Conflict: another worker moved it first.
        """
        if step in TO_VOLUNTEERS and is_apart(tx, question):
            return None if step is Step.DISMISS else self.transition(tx, question, Step.ALARM, **changes)
        to = lifecycle.after(question.stage, step)
        if question.corrects is not None and step in (Step.DISMISS, Step.SETTLE):
            to = None  # a public answer stands: it ends by being replaced or kept
        if to is None:
            return None
        if to in lifecycle.FINAL:
            changes = {"closed_at": self.clock.now(), **changes}
        moved = tx.move(question, to, **changes)
        if moved is None:
            raise Conflict(question.id)
        self.jobs.drop(tx, *timers_that_ended(question, moved))
        if moved.stage is question.stage:
            self._time_anew(tx, moved)
        if (to in lifecycle.FINAL or to is Stage.CRISIS) and self.ended is not None:
            self.ended(tx, moved)
        return moved

    def _time_anew(self, tx: StepRows, question: Question) -> None:
        """Sets the timer anew that is about one version of a question: it has another, and stands where it stood."""
        about = (question.id, question.version)
        if question.stage in (Stage.REVIEW, Stage.LANE):
            self.enqueue(tx, "remind", f"remind:{question.id}:0", *about, 0, delay=REMIND_AFTER)
        elif question.stage is Stage.HELD and question.claimed_until is not None:
            rest = max(timedelta(), question.claimed_until - self.clock.now())
            self.enqueue(
                tx, "publish", f"publish:{question.id}:{question.version}", *about, queue="network", delay=rest
            )

    def send(
        self,
        tx: SendRows,
        errand: DeliveryKind,
        key: str,
        *,
        question: str,
        subject: str,
        text: str = "",
        pieces: Sequence[str] = (),
        to: str = "",
        target: str = "",
        delay: timedelta | None = None,
    ) -> None:
        """Puts something into the outbox, with the job that sends it. `to` (a person) keeps their messages in order.

        `pieces`: several texts or ids, one call each, in place of the one `text`. `target`: what an answer replies to.
        """
        pieces, now = pieces or (text,), self.clock.now()
        delivery = tx.add_delivery(
            key, errand, question=question, subject=subject, pieces=pieces, at=now, target=target
        )
        if delivery is not None:
            self._deliver(tx, delivery, errand, question=question, to=to, delay=delay)

    def send_cards(self, tx: SendRows, errand: DeliveryKind, cards: Mapping[str, Ask], *, question: str) -> None:
        """Puts a question's cards into the outbox, each under its key, with the jobs that send them."""
        subjects = {key: str(ask.id) for key, ask in cards.items()}
        for key, delivery in tx.add_cards(errand, subjects, question=question, at=self.clock.now()).items():
            self._deliver(tx, delivery, errand, question=question, to=cards[key].expert)

    def _deliver(
        self,
        tx: SendRows,
        delivery: int,
        errand: DeliveryKind,
        *,
        question: str,
        to: str,
        delay: timedelta | None = None,
    ) -> None:
        queue = "network" if errand in PUBLIC_DELIVERIES else "workspace"
        key, lane = f"deliver:{delivery}:0", to or None
        self.enqueue(
            tx, "deliver", key, delivery, errand.value, queue=queue, partition=lane, delay=delay, subject=question
        )

    def refresh_cards(self, tx: RefreshRows, question: Question) -> None:
        """Makes every copy of the question's card say what is true now; one refresh under way is enough for each."""
        under_way = tx.refreshing(question.id)
        asks = tx.asks(question.id)
        stale = {f"refresh:{ask.id}:{question.version}": ask for ask in asks if str(ask.id) not in under_way}
        self.send_cards(tx, DeliveryKind.REFRESH, stale, question=question.id)
        self.refresh_homes(tx, [ask.expert for ask in asks], f"{question.id}:{question.version}")

    def refresh_homes(self, tx: RefreshRows, people: Collection[str], mark: str) -> None:
        """Makes the own tab of those of these people who look at it these days say what is true now."""
        for person in tx.at_home(people, self.clock.now() - _LOOKS) if people else ():
            self.send(tx, DeliveryKind.HOME, f"home:{person}:{mark}", question="", subject=person, to=person)

    def sent_before(self, tx: StepRows, question: Question, press: Press | None) -> bool:
        """Whether this window was sent before and something came of it; remembers that it was now.

        Raises:
            Conflict: it was sent twice at once, and the question stands elsewhere by now.
        """
        if press is None or not press.window or tx.first_time(f"window:{press.window}", self.clock.now()):
            return False
        if not tx.lock_if_unchanged(question):
            raise Conflict(question.id)
        return True

    def name(self, person: str | None) -> str:
        """How colleagues call this person."""
        found = self.roster.experts.get(person or "")
        return found.name if found else acts.SOMEBODY
