"""Private messages come in: each is judged once, and reaches whoever has the case, or the moderators.

A message that only people may handle is a crisis case at once, whose card says that it was written privately, without a
word of it. Who wants not to be written to is left alone, in public, too. What a colleague replied in the network's own
app is seen as a reply.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Protocol

from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.conversations import Conversations
from twelp.desk.crises import Crises
from twelp.desk.private_cases import PrivateCases, case_id
from twelp.desk.private_keeping import PrivateKeeping
from twelp.desk.rows import AskingRows
from twelp.flow import private, triage
from twelp.flow.publish import Likeness, compare_words
from twelp.model import (
    FOR_PEOPLE,
    STOPPABLE,
    Account,
    JournalStep,
    Kind,
    MessageState,
    Post,
    PrivateCase,
    PrivateMessage,
    PrivateState,
    Question,
    Stage,
    Verdict,
    Way,
    private_post_id,
)
from twelp.ports import Conflict, Direct, DirectPage, LeftAloneTx, LessonsTx
from twelp.texts import reasons

log = logging.getLogger("twelp.desk")

_MISTAKES: Final = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, RecursionError)


class PrivateHearingRows(AskingRows, LeftAloneTx, LessonsTx, Protocol):
    """Rows that a private message touches."""


class PrivateHearing:
    """From a page of messages to people who are told."""

    def __init__(
        self,
        ctx: Context[PrivateHearingRows],
        *,
        privates: PrivateCases,
        keeping: PrivateKeeping,
        conversations: Conversations,
        crises: Crises,
    ) -> None:
        self._ctx = ctx
        self._privates = privates
        self._keeping = keeping
        self._conversations = conversations
        self._crises = crises

    def hear(self, network: str, page: DirectPage, source: str) -> int:
        """Takes in messages, oldest first; how many were new. The cursor of that name is committed with them.

        Messages heard before change nothing, so that a page may come twice.
        """
        try:
            return self._hear(network, page.messages, source, page.cursor)
        except _MISTAKES as error:
            if len(page.messages) > 1:
                parts = (DirectPage((one,), None) for one in page.messages)
                return sum(self.hear(network, part, source) for part in parts) + self._hear(
                    network, (), source, page.cursor
                )
            log.error("a private message on %s could not be taken in (%s)", network, type(error).__name__)
            return self._hear(network, (), source, page.cursor)

    @retry_on_conflict
    def _hear(self, network: str, messages: Sequence[Direct], source: str, cursor: str | None) -> int:
        new, waiting = 0, dict[str, bool]()
        verdicts = {one.id: self._judged(network, one) for one in messages if not one.ours}  # before others wait for us
        with self._ctx.store.transaction() as tx:
            for one in messages:
                verdict = verdicts.get(one.id)
                found = self._ours(tx, network, one) if verdict is None else self._theirs(tx, network, one, verdict)
                if found is not None:
                    new += 1
                    case, tells = found
                    waiting[case] = waiting.get(case, False) or tells
            for key, tells in waiting.items():
                case_now = tx.private_case(key)
                if case_now is not None and tells:
                    self._privates.tell(tx, case_now)
                elif case_now is not None:
                    self._privates.refresh(tx, case_now)
            if cursor is not None and cursor != tx.cursor(source):
                tx.set_cursor(source, cursor)
        return new

    # ------------------------------------------------------------ the customer's

    def _theirs(self, tx: PrivateHearingRows, network: str, one: Direct, verdict: Verdict) -> tuple[str, bool] | None:
        """The case, and whether somebody is to be told; None for a message that was heard before."""
        case = self._case(tx, network, one)
        unwanted = verdict.kind is Kind.SPAM
        text, removed = ("", self._ctx.clock.now()) if unwanted else (one.text, None)
        said = PrivateMessage(
            0,
            case.id,
            ours=False,
            text=text,
            at=one.at,
            state=MessageState.HEARD,
            remote_id=f"{network}:{one.id}",
            pictures=one.pictures,
            removed_at=removed,
        )
        if tx.add_private_message(said) is None:
            return None
        self._privates.note(tx, case, "customer", JournalStep.WROTE_PRIVATELY, verdict.kind.value)
        if unwanted:
            return case.id, False
        self._keeping.expire_later(tx, case, one.at)
        stopped, sending = self._stop(tx, case, reasons.WROTE_BEFORE_IT_WAS_SENT)
        comes = private.heard(case.state, verdict.kind, sending=sending)
        changes: dict[str, Any] = {"state": comes.state, "wrote_at": one.at, "kind": verdict.kind}
        if one.person.handle:
            changes["handle"] = one.person.handle
        case = self._privates.move(tx, case, **changes)
        if verdict.kind is Kind.OPT_OUT:
            self._conversations.leave(tx, self._wordless(case, one.at, str(reasons.STOPPED_PRIVATELY)))
            return case.id, stopped
        if tx.write_again(network, case.person):
            self._privates.note(tx, case, "customer", JournalStep.WRITES_AGAIN)
        if verdict.kind in FOR_PEOPLE and verdict.way is Way.PEOPLE:
            case = self._alarm(tx, case, verdict, one.at)
        self._privates.draw_public_cards(tx, case)
        return case.id, comes.tells

    def _judged(self, network: str, one: Direct) -> Verdict:
        post = Post(network, one.id, one.person, one.text, one.at, one.id)
        brand, names = self._ctx.roster.brand, self._ctx.roster.names()
        return triage.judge(post, brand=brand, open_question=None, names=names)

    def _case(self, tx: PrivateHearingRows, network: str, one: Direct) -> PrivateCase:
        key = case_id(network, one.person.id)
        case = tx.private_case(key)
        if case is None:
            case = PrivateCase(key, network, one.person.id, one.person.handle, PrivateState.ANSWERED, one.at)
            if not tx.add_private_case(case):
                raise Conflict(key)
        last = case.wrote_at
        if last is not None and last < one.at - self._ctx.policy.keep_private:  # another matter, long after
            case = self._privates.move(tx, case, owner=None, question=None, alarm=None, opened_at=one.at)
        return case

    def _stop(self, tx: PrivateHearingRows, case: PrivateCase, why: str) -> tuple[bool, bool]:
        """Takes back a reply that was written before; whether there was one, and whether one can't be stopped."""
        replies = tx.private_messages(case.id)
        stoppable = [one for one in replies if one.state in STOPPABLE]
        for reply in stoppable:
            if tx.set_private_message(reply, MessageState.TAKEN_BACK, reason=why, until=None) is None:
                raise Conflict(case.id)
            self._ctx.jobs.cancel(tx, f"private_release:{reply.id}")
        return bool(stoppable), any(one.state is MessageState.SENDING for one in replies)

    # ------------------------------------------------------------ for people only

    def _alarm(self, tx: PrivateHearingRows, case: PrivateCase, verdict: Verdict, at: datetime) -> PrivateCase:
        """A crisis case: of the public question, where one stands; of a post without words in its place otherwise."""
        question = tx.question(case.question) if case.question is not None else None
        why = (reasons.PRIVATE_ALARM,)
        if question is None or question.post.gone:
            post = self._wordless(case, at, "")
            question = tx.question(post.key)
            if question is None:
                now = self._ctx.clock.now()
                tx.add_post(post, Verdict(verdict.kind, why), now, post.key)
                question = Question(post.key, post, Stage.OPEN, 0, (), 0, now)
                tx.open_question(question)
        self._crises.alarm(tx, question, verdict.kind, why)
        return self._privates.move(tx, case, alarm=question.id, owner=None)

    def _wordless(self, case: PrivateCase, at: datetime, words: str) -> Post:
        us = self._ctx.us[case.network]
        url = self._ctx.rules(case.network).private_url(us.id, case.person)
        number = private_post_id(case.id)
        return Post(case.network, number, Account(case.person, case.handle), words, at, number, url=url)

    # ------------------------------------------------------------ ours

    def _ours(self, tx: PrivateHearingRows, network: str, one: Direct) -> tuple[str, bool] | None:
        """What our account wrote: a reply of ours, which is known or will be; else a colleague's, by hand."""
        case = tx.private_case(case_id(network, one.person.id))
        if case is None:
            return None
        remote, messages = f"{network}:{one.id}", tx.private_messages(case.id)
        shortener = self._ctx.rules(network).shortener
        for reply in messages:
            alike = reply.ours and compare_words(reply.text, one.text, shortener) is Likeness.SAME
            if alike and reply.state is MessageState.SENDING:
                return None  # whoever sends it writes its id down
            if alike and reply.state is MessageState.UNCLEAR and reply.remote_id is None:
                tx.set_private_message(reply, MessageState.SENT, remote_id=remote, reason="")
                self._privates.move(tx, case)
                return case.id, False
        said = PrivateMessage(
            0, case.id, ours=True, text=one.text, at=one.at, state=MessageState.BY_HAND, remote_id=remote
        )
        if tx.add_private_message(replace(said, pictures=one.pictures)) is None:
            return None
        self._keeping.expire_later(tx, case, one.at)
        self._stop(tx, case, reasons.REPLIED_BY_HAND)
        self._privates.note(tx, case, "by hand", JournalStep.PRIVATE_BY_HAND)
        answers = case.wrote_at is not None and one.at >= case.wrote_at and case.state is not PrivateState.LEFT
        self._privates.move(tx, case, **({"state": PrivateState.ANSWERED} if answers else {}))
        return case.id, False
