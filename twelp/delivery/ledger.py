"""Attempts at a row of the ledger: begun before the call, done or failed after it, enqueued until the row is over."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from twelp.delivery.retries import next_try, trouble_of
from twelp.delivery.wanted import is_wanted, pausable
from twelp.desk import Desk
from twelp.desk.context import retry_on_conflict
from twelp.desk.rows import AskingRows
from twelp.errors import Halted, InDoubt, Locked, Refused, RemoteError, TryAgain
from twelp.model import (
    PUBLIC_DELIVERIES,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Entry,
    JournalStep,
    Question,
    Trouble,
)
from twelp.ports import Clock, Jobs, LeftAloneTx, LessonsTx, OwnPost, PutBeforeTx, RepeatsTx, Store, TogetherTx
from twelp.ports.last_moment import looked_again
from twelp.ports.roster_file import RosterFileTx

log = logging.getLogger("twelp.delivery")

_LONG = timedelta(minutes=1)
"""A pause in the middle of an answer of which people are told."""

_AT_ONCE = timedelta(seconds=2)
"""How soon after its attempt began a call is made: later, it is looked again whether it may be."""

_APART = timedelta(minutes=2)
"""Tolerance between our clock and the network's."""

_TOLD_AGAIN = timedelta(minutes=10)

TAKEN_OVER = "another worker has this row"
"""The job is theirs, then; should they have died, it comes again here and looks first."""

REPEATABLE = (DeliveryKind.REFRESH, DeliveryKind.HOME, DeliveryKind.REDACT, DeliveryKind.PRIVATE_REFRESH)
"""What may simply be done again after a silence."""

ANSWERS = (DeliveryKind.REPLY, DeliveryKind.THREAD)
CARDS = (DeliveryKind.CARD, DeliveryKind.REFRESH)
_PRIVATE = (DeliveryKind.PRIVATE, DeliveryKind.PRIVATE_CARD, DeliveryKind.PRIVATE_REFRESH)
_STEPS = {
    Trouble.PASSING: JournalStep.WAITS,
    Trouble.LIMIT: JournalStep.WAITS,
    Trouble.DOUBT: JournalStep.IN_DOUBT,
    Trouble.LOCKED: JournalStep.STOPPED,
}
_TO_A_PERSON = (
    *(DeliveryKind.NOTE, DeliveryKind.REDACT),
    *(DeliveryKind.DIGEST, DeliveryKind.INVITATION, DeliveryKind.HOME),
)


class LedgerRows(AskingRows, LeftAloneTx, LessonsTx, PutBeforeTx, RepeatsTx, RosterFileTx, TogetherTx, Protocol):
    """Rows that whatever is sent touches, with all that its outcome leads to at the desk."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of one row.

    Attributes:
        row: as it stands in the ledger now, CALLING unless the errand is repeatable.
        doubt: it was found CALLING, or may be sent since a backup: look first. Without, no try of this call before can
            have left anything, whatever ended it.
        begun_at: when it began.
        question: which it is about, as it was then.
    """

    row: Delivery
    doubt: bool
    begun_at: datetime
    question: Question | None = None


class Ledger:
    """The rows' turns; what everything that sends works with.

    Args:
        store: where the rows are.
        jobs: takes the next try.
        clock: the hour.
        desk: told what came of it, in the same transaction.
        restored_at: when the database was put back from a backup, since which more may have been sent than it knows.
    """

    def __init__(
        self, store: Store[LedgerRows], jobs: Jobs, clock: Clock, desk: Desk, *, restored_at: datetime | None = None
    ) -> None:
        self.store = store
        self.jobs = jobs
        self.clock = clock
        self.desk = desk
        self.restored_at = restored_at
        self._told: dict[tuple[bool, type[Locked]], datetime] = {}

    def begin(self, tx: LedgerRows, row: Delivery) -> Attempt | None:
        """The row's next attempt: CALLING; None when nobody wants it any more, or another has it."""
        if row.state in (DeliveryState.SENT, DeliveryState.FAILED):
            return None
        if row.errand in ANSWERS and row.attempts:  # whatever the try before ended by
            self.desk.goes_out_later(tx, row)
        if row.state is DeliveryState.CALLING:
            return Attempt(row, True, self.clock.now(), tx.question(row.question))
        if row.errand in REPEATABLE:
            return Attempt(row, False, self.clock.now())
        if self._is_wanted(tx, row):
            if self._waits_to_resume(tx, row) or self.held_back(tx, row):
                return None
            called = tx.set_delivery(row, DeliveryState.CALLING, self.clock.now(), error=row.error, trouble=row.trouble)
            if called is None:
                return None
            return Attempt(called, self.may_be_sent(tx, row), self.clock.now(), tx.question(row.question))
        self._drop(tx, row)
        return None

    def _is_wanted(self, tx: LedgerRows, row: Delivery) -> bool:
        return self.desk.private_wanted(tx, row) if row.errand in _PRIVATE else is_wanted(tx, row)

    def _waits_to_resume(self, tx: LedgerRows, row: Delivery) -> bool:
        """Whether a moderator has paused what the row is about; then its next attempt comes once that is resumed."""
        if not pausable(tx, row):
            return False
        network = row.errand in PUBLIC_DELIVERIES
        queue, to = ("network", "") if network else ("workspace", self._person(tx, row))
        job = ("deliver", row.id, row.errand.value)
        question = tx.question(row.question)
        if question is None:
            return self.desk.all_waits_to_resume(tx, row.key, *job, queue=queue, to=to)
        if not self.desk.waits_to_resume(tx, question, *job, queue=queue, to=to):
            return False
        if row.done and row.errand is DeliveryKind.THREAD:
            self.desk.waits(tx, row)
        return True

    def _drop(self, tx: LedgerRows, row: Delivery) -> None:
        dropped = tx.set_delivery(row, DeliveryState.FAILED, self.clock.now(), error="no longer needed")
        if dropped is not None and row.errand is DeliveryKind.CARD:
            self.desk.card_unwanted(tx, int(row.subject))

    def held_back(self, tx: LedgerRows, row: Delivery) -> bool:
        """Whether it must not reach its person now: somebody else is asked, or it waits, or it is left."""
        now = self.clock.now()
        if row.errand is DeliveryKind.DIGEST:
            self.desk.sift_digest(tx, row.key)
        elif row.errand is DeliveryKind.CARD:
            why = self.desk.forbidden(tx, int(row.subject))
            if why is not None and tx.set_delivery(row, DeliveryState.FAILED, now, error=why):
                self.desk.not_sent(tx, int(row.subject), why)
            return why is not None
        elif row.errand in (DeliveryKind.NOTE, DeliveryKind.INVITATION):
            if self.desk.comes_too_late(tx, row):
                tx.set_delivery(row, DeliveryState.FAILED, now, error="its person rests")
                return True
            at = self.desk.waits_until(tx, row)
            if at is not None:
                self._again(tx, row, at - now)
            return at is not None
        elif row.errand is DeliveryKind.PRIVATE_CARD:
            at = self.desk.private_waits_until(tx, row)
            if at is not None:
                self._again(tx, row, at - now)
            return at is not None
        return False

    @retry_on_conflict
    def still_goes_out(self, attempt: Attempt) -> bool:
        """Whether a call in doubt that left nothing, or one that was long in coming, may be made now.

        Meanwhile a colleague may have the question, it may be over, or it may be night where the person is.

        Raises:
            TryAgain: another worker has the row.
        """
        with self.store.transaction() as tx:
            row = tx.delivery(attempt.row.id)
            if row is None or not _as_left(attempt, row):
                raise TryAgain(TAKEN_OVER)
            if not self._is_wanted(tx, row):
                self._drop(tx, row)
                return False
            looked_again()
            return not self.held_back(tx, row)

    def stood_still(self, attempt: Attempt) -> bool:
        """Whether so much time has passed since the attempt began that the world may be another."""
        return not timedelta() <= self.clock.now() - attempt.begun_at < _AT_ONCE

    def may_be_sent(self, tx: LedgerRows, row: Delivery) -> bool:
        """Whether this call may have been made after the backup: for a post or a row that is older than its return."""
        question = tx.question(row.question) if row.errand in ANSWERS else None
        if question is not None:
            return self.older_than_return(question)
        return self.restored_at is not None and row.created_at <= self.restored_at

    def older_than_return(self, question: Question) -> bool:
        """Whether the question was there when a backup was put back, so that more may be known outside than here."""
        return self.restored_at is not None and question.post.created_at <= self.restored_at + _APART

    # ------------------------------------------------------------ done

    def sent(self, row: Delivery, remote_id: str = "") -> None:
        """The row is over, and nobody need hear of it."""
        with self.store.transaction(durable=False) as tx:
            tx.set_delivery(row, DeliveryState.SENT, self.clock.now(), done=(remote_id,))

    def piece_done(self, row: Delivery, remote_id: str, over: Callable[[LedgerRows, Delivery], None]) -> None:
        """One of the row's pieces is done: the next one's attempt comes at once; `over` with the last.

        Raises:
            TryAgain: another worker has the row, and may find the piece when they look.
        """
        done = (*row.done, remote_id)
        last = len(done) >= len(row.pieces)
        with self.store.transaction(durable=False) as tx:
            state = DeliveryState.SENT if last else DeliveryState.READY
            now = tx.set_delivery(row, state, self.clock.now(), done=done)
            if now is None:
                raise TryAgain(TAKEN_OVER)
            if last:
                over(tx, now)
            else:
                self.desk.partly(tx, now)
                self._again(tx, now, timedelta())

    @retry_on_conflict
    def give_way(self, row: Delivery, posts: Sequence[OwnPost]) -> bool:
        """Ends an answer before its first call where one of these own posts, written by hand, answers the question.

        Raises:
            TryAgain: another worker has the row.
        """
        with self.store.transaction() as tx:
            question = tx.question(row.question)
            post = self.desk.answer_by_hand(tx, question, posts) if question is not None else None
            if question is None or post is None:
                return False
            why = "a colleague answered by hand"
            if tx.set_delivery(row, DeliveryState.FAILED, self.clock.now(), error=why) is None:
                raise TryAgain(TAKEN_OVER)
            self.desk.close_by_hand(tx, question, post)
        self.desk.catch_up()
        return True

    # ------------------------------------------------------------ not done

    def failed(self, attempt: Attempt, error: RemoteError) -> None:
        """Refused for good, or to be tried again, and when.

        Raises:
            RemoteError: this one, where another worker has the row: the job stays theirs, or comes again.
        """
        now, row = self.clock.now(), attempt.row
        what = f"{type(error).__name__}: {error}"
        with self.store.transaction() as tx:
            current = tx.delivery(row.id)
            if current is None or current.state in (DeliveryState.SENT, DeliveryState.FAILED):
                return
            if not _as_left(attempt, current):
                raise error  # we stood still, and another has the row by now: no second job for it beside theirs
            if isinstance(error, Refused):
                over = tx.set_delivery(current, DeliveryState.FAILED, now, error=what)
                if over is not None:
                    self._refused(tx, over, error)
                return
            # once in doubt, always look first: what was not seen a moment ago may be seen now
            unsure = (attempt.doubt or isinstance(error, InDoubt)) and row.errand not in REPEATABLE
            state = DeliveryState.CALLING if unsure else DeliveryState.READY
            trouble = trouble_of(error)
            paused = isinstance(error, Halted)
            again = tx.set_delivery(current, state, now, error=what, trouble=None if paused else trouble) or current
            if paused:
                if not self._waits_to_resume(tx, again):
                    self._again(tx, again, timedelta())
                return
            at = next_try(again, error, now)
            self._again(tx, again, at - now)
            if row.errand in (DeliveryKind.REPLY, DeliveryKind.THREAD):
                self.desk.goes_out_later(tx, again)
            if again.done and row.errand is DeliveryKind.THREAD and not unsure and at - now >= _LONG:
                self.desk.waits(tx, again)
            if trouble is not current.trouble:  # else it is the same still, and was told
                reasons = (row.errand.value, what, f"next try {at:%H:%M:%S} UTC")
                tx.add_entry(Entry(now, row.question, "delivery", _STEPS[trouble], reasons))
        if isinstance(error, Locked) and self._is_news((row.errand in PUBLIC_DELIVERIES, type(error)), now):
            log.error("%s of %s is stopped until an operator acts: %s", row.errand.value, row.question, error)

    def _is_news(self, what: tuple[bool, type[Locked]], now: datetime) -> bool:
        """Whether the log has not told for a while which side is locked, and how; the journal tells it of each
        question."""
        told_at = self._told.get(what)
        if told_at is not None and told_at <= now < told_at + _TOLD_AGAIN:
            return False
        self._told[what] = now
        return True

    def _refused(self, tx: LedgerRows, row: Delivery, error: Refused) -> None:
        if row.errand in (DeliveryKind.REPLY, DeliveryKind.THREAD):
            self.desk.refused(tx, row, error.reason, str(error))
        elif row.errand is DeliveryKind.PRIVATE:
            self.desk.private_refused(tx, row, error.reason, str(error))
        elif row.errand is DeliveryKind.EDIT:
            self.desk.not_edited(tx, row, str(error))
        elif row.errand is DeliveryKind.WORD:
            self.desk.word_refused(tx, row, str(error))
        elif row.errand in (DeliveryKind.DELETE, DeliveryKind.RECALL):
            self.desk.not_deleted(tx, row, str(error))
        elif row.errand is DeliveryKind.CARD:
            self.desk.unreachable(tx, int(row.subject), str(error))
        elif row.errand is DeliveryKind.DIGEST:
            for ask_id, _, _ in self.desk.digest(tx, row.key, unsent=True):
                self.desk.unreachable(tx, ask_id, str(error))
        elif row.errand is DeliveryKind.INVITATION:
            self.desk.invitation_failed(tx, row.subject)

    def _again(self, tx: LedgerRows, row: Delivery, delay: timedelta) -> None:
        key = f"deliver:{row.id}:{row.attempts}:{row.state.value}"
        network = row.errand in PUBLIC_DELIVERIES
        to = None if network else self._person(tx, row)
        queue = "network" if network else "workspace"
        self.jobs.enqueue(
            tx,
            "deliver",
            key,
            row.id,
            row.errand.value,
            queue=queue,
            delay=delay,
            partition=to,
            subject=row.question,
        )

    def _person(self, tx: LedgerRows, row: Delivery) -> str:
        if row.errand in _TO_A_PERSON:
            return row.subject
        if row.errand in _PRIVATE:
            return row.target
        ask = tx.ask(int(row.subject))
        return ask.expert if ask else ""


def _as_left(attempt: Attempt, now: Delivery) -> bool:
    """Whether the row stands as this attempt left it. One in doubt may have been counted once more."""
    tries = now.attempts - attempt.row.attempts
    return (now.state, now.done) == (attempt.row.state, attempt.row.done) and 0 <= tries <= int(attempt.doubt)
