"""Crises: what only people may handle becomes a case, and people hear of it, one step of the ladder after the other.

Each has its own card with every moderator who can be reached, at once, and no volunteer is asked. Until somebody takes
it, a durable timer tells the next person of the roster's list. What people do with a case is in `crisis_acts`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

from twelp.desk.cases import Cases
from twelp.desk.context import Context
from twelp.desk.ringing import Ringing
from twelp.desk.rows import StepRows
from twelp.desk.seeing import speaking
from twelp.desk.telling import quoted, tell, tell_of_post
from twelp.flow import lifecycle
from twelp.flow.lifecycle import Step
from twelp.model import (
    AnswerState,
    AskRole,
    AskState,
    Crisis,
    CrisisState,
    JournalStep,
    Kind,
    NoteKind,
    Post,
    Question,
    Stage,
    Verdict,
)
from twelp.ports import AnswersTx, Conflict
from twelp.texts import notes, reasons
from twelp.texts.phrase import Text

_NOBODYS: dict[str, Any] = {"claimed_by": None, "claimed_at": None, "claimed_until": None}

_STANDS = frozenset(
    {
        *(Stage.LANE, Stage.SOUGHT, Stage.PUBLISHING, Stage.PAUSED, Stage.RECALLING, Stage.CORRECTING),
        *(Stage.PUBLISHED, Stage.BY_HAND, Stage.RETRACTED, Stage.REFUSED, Stage.WITHDRAWN),
    }
)
"""An answer is public, or nobody can stop it: the question stays where it is, beside the case."""


class CrisesRows(StepRows, AnswersTx, Protocol):
    """Rows that `Crises` touches."""


class Crises:
    """From a post to a case."""

    def __init__(self, ctx: Context[CrisesRows], *, cases: Cases, ringing: Ringing) -> None:
        self._ctx = ctx
        self._cases = cases
        self._ringing = ringing

    def hear(self, tx: CrisesRows, post: Post, verdict: Verdict, earlier: Question | None) -> None:
        """A post is for people only: its own case. What its author asked before is not for volunteers any more."""
        question = Question(post.key, post, Stage.OPEN, 0, (), 0, self._ctx.clock.now())
        tx.open_question(question)
        self.alarm(tx, question, verdict.kind, verdict.reasons)
        if (
            earlier is not None
            and earlier.stage in lifecycle.UNDER_WAY | {Stage.UNANSWERED}
            and not tx.crisis(earlier.id)
        ):
            self._hand_over(tx, earlier, post, verdict.kind)

    def alarm(
        self, tx: CrisesRows, question: Question, kind: Kind, why: tuple[str, ...], by: str | None = None
    ) -> Question:
        """The question is a case from now on, and people are told; where it is one already, nothing changes.

        Args:
            tx: the transaction.
            question: as it stands.
            kind: what it is.
            why: the reasons.
            by: the expert who raised the alarm; None: triage did.
        """
        known = tx.crisis(question.id)
        if known is not None and known.is_open:
            return question
        moved = self._set_apart(tx, question, by)
        found = Crisis(question.id, kind, CrisisState.OPEN, why, self._ctx.clock.now(), by)
        self._ctx.journal(tx, question.id, by or "triage", JournalStep.ALARM, kind.value, *why)
        if known is None:
            if not tx.add_crisis(found):
                raise Conflict(question.id)
        else:
            found = self._cases.move(tx, known, **_anew(found))
        self._ringing.tell(tx, moved, found)
        return moved

    def again(self, tx: CrisesRows, question: Question, post: Post) -> None:
        """The customer wrote again after the case was handled, or answered: it is open again, and people hear of it."""
        crisis = tx.crisis(question.id)
        if crisis is None:
            return
        if crisis.is_open:
            self.wrote(tx, question, post, notes.CRISIS_WROTE)
            return
        for ask in self._cases.cards(tx, question):
            tx.set_ask(ask.id, state=AskState.CLOSED)
        why = (reasons.WROTE_AGAIN(words=quoted(post.own_text)),)
        self._ctx.journal(tx, question.id, "customer", JournalStep.OPEN_AGAIN, *why)
        opened = replace(crisis, state=CrisisState.OPEN, reasons=why, opened_at=self._ctx.clock.now())
        self._ringing.tell(tx, question, self._cases.move(tx, crisis, **_anew(opened)))

    def wrote(self, tx: CrisesRows, question: Question, post: Post, form: Text) -> None:
        """Cards change in their place, which nobody notices: a line tells who has the case, or all who were told."""
        crisis = tx.crisis(question.id)
        if crisis is None or not crisis.is_open:
            return
        told = [ask.expert for ask in self._cases.cards(tx, question)]
        for person in (crisis.held_by,) if crisis.held_by is not None else told:
            tell_of_post(self._ctx, tx, question, person, post, form, form.key)
        self._cases.refresh(tx, question)

    # ------------------------------------------------------------ parts

    def _set_apart(self, tx: CrisesRows, question: Question, by: str | None) -> Question:
        """No volunteer has it any more, and no answer that waits goes out; whoever had it is told."""
        answer = speaking(tx.answers(question.id)) if question.stage in (Stage.HELD, Stage.REVIEW) else None
        holder = question.claimed_by if question.stage is Stage.CLAIMED else None
        if answer is not None:
            tx.set_answer(answer.id, AnswerState.DRAFT, self._ctx.clock.now())
            holder = answer.expert
        if question.stage in _STANDS:
            moved = self._ctx.transition(tx, question, Step.CARE, closed_at=question.closed_at)
        else:
            moved = self._ctx.transition(tx, question, Step.ALARM, reason="", closed_at=None, **_NOBODYS)
        if moved is None:
            return question
        for ask in tx.asks(question.id):
            if ask.role is AskRole.CRISIS or moved.stage is Stage.CRISIS:
                tx.set_ask(ask.id, state=AskState.CLOSED)
        if holder is not None and holder != by:
            text = notes.FOR_MODERATORS(url=question.post.url)
            key = NoteKind.SINCE.key(question.id, "crisis", moved.version, holder)
            tell(self._ctx, tx, holder, key, text, question=question.id)
        return moved

    def _hand_over(self, tx: CrisesRows, earlier: Question, post: Post, kind: Kind) -> None:
        """The moderators have the customer's matter by the newer post: the earlier one is theirs, too, and no second
        case."""
        now = self._ctx.clock.now()
        moved = self._set_apart(tx, earlier, None)
        if moved.stage is not Stage.CRISIS:
            return
        why = (reasons.GOES_ON_IN(url=post.url),)
        over = Crisis(earlier.id, kind, CrisisState.HANDLED, why, now, closed_at=now, how=why[0])
        if not tx.add_crisis(over):
            raise Conflict(earlier.id)
        handled = self._ctx.transition(tx, moved, Step.HANDLE, reason=why[0])
        if handled is not None:
            self._ctx.journal(tx, earlier.id, "triage", JournalStep.HANDLE, *why)
            self._ctx.refresh_cards(tx, handled)


def _anew(opened: Crisis) -> dict[str, Any]:
    """What makes a case that was over one that is open: nobody has it, and the ladder begins."""
    return {
        "kind": opened.kind,
        "state": CrisisState.OPEN,
        "reasons": opened.reasons,
        "opened_at": opened.opened_at,
        "raised_by": opened.raised_by,
        "rung": 0,
        "taken_by": None,
        "taken_at": None,
        "closed_by": None,
        "closed_at": None,
        "how": "",
    }
