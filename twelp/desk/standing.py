"""A public answer that is to be corrected: it stands until the new one is confirmed and passed."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from twelp.desk.context import Context
from twelp.desk.rows import StepRows
from twelp.flow.answer import differences
from twelp.flow.lifecycle import Step
from twelp.model import Added, Answer, AnswerState, DeliveryKind, JournalStep, NoteKind, Question
from twelp.ports import AnswersTx
from twelp.texts import notes
from twelp.texts.phrase import CLAUSES, in_a_row


class StandingRows(StepRows, AnswersTx, Protocol):
    """Rows that a public answer touches which is to be corrected."""


def shown(question: Question, answer: Answer) -> tuple[Added, ...]:
    """What was said since the question, with the answer that stands."""
    return (*question.added, Added(_mark(answer), answer.public, answer.updated_at, ours=True))


def without(question: Question, answer: Answer) -> tuple[Added, ...]:
    """What was said since the question, without that answer."""
    return tuple(one for one in question.added if not (one.ours and one.post == _mark(answer)))


def keep(ctx: Context[object], tx: StandingRows, question: Question, why: str, *, at: datetime) -> Question | None:
    """Nothing replaces the public answer: it is the question's one answer again, as before."""
    answer = None if question.corrects is None else tx.answer(question.corrects)
    if answer is None:
        return None
    network = question.post.network
    url = ctx.rules(network).url(answer.post_ids[0], ctx.us[network].handle) if answer.post_ids else ""
    return ctx.transition(
        tx,
        question,
        Step.KEEP,
        turn=question.turn - 1,
        corrects=None,
        added=without(question, answer),
        claimed_by=answer.expert,
        claimed_at=None,
        claimed_until=None,
        reply_url=url,
        reason=why,
        closed_at=at,
    )


def delete(ctx: Context[object], tx: StandingRows, question: Question, former: Answer) -> None:
    """The public answer is deleted, to be replaced."""
    key, subject = f"replace:{question.id}:{question.version}", str(former.id)
    ctx.send(tx, DeliveryKind.RECALL, key, question=question.id, subject=subject, pieces=former.post_ids)


def replaced(ctx: Context[object], tx: StandingRows, question: Question, former: Answer, answer: Answer) -> None:
    """The former answer does not stand any more: the trail tells what the new one says instead, and its author is told
    where somebody else wrote that."""
    tx.set_answer(former.id, AnswerState.RETRACTED, ctx.clock.now(), post_ids=())
    changes = differences(former.text, answer.text)
    ctx.journal(tx, question.id, answer.expert, JournalStep.REPLACED, *changes)
    if former.expert != answer.expert and former.expert in ctx.roster.experts:
        who, url = ctx.name(answer.expert), question.reply_url or question.post.url
        text = notes.CORRECTED(who=who, url=url, changes=in_a_row(CLAUSES, changes))
        key, to = NoteKind.CORRECT.key(question.id, answer.id), former.expert
        ctx.send(tx, DeliveryKind.NOTE, key, question=question.id, subject=to, text=text, to=to)


def _mark(answer: Answer) -> str:
    """By which an answer is told among what was said since."""
    return answer.post_ids[0] if answer.post_ids else f"answer {answer.id}"
