"""A public answer that is to be corrected: it stands until the new one is confirmed and passed."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from twelp.desk.context import Context
from twelp.desk.rows import StepRows
from twelp.desk.telling import tell
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


def replace_public(ctx: Context[object], tx: StandingRows, question: Question, former: Answer, answer: Answer) -> None:
    """The public answer gets the confirmed words where the network can change it in its place; else it is deleted
    first, and the confirmed one goes out in the same moment in which that is known."""
    if _can_be_edited(ctx, question, former, answer):
        key, subject, target = f"edit:{question.id}:{question.version}", str(answer.id), former.post_ids[0]
        edit = DeliveryKind.EDIT
        ctx.send(tx, edit, key, question=question.id, subject=subject, pieces=answer.posts, target=target)
    else:
        delete(ctx, tx, question, former)
    ctx.journal(tx, question.id, "publish", JournalStep.INTO_OUTBOX)
    ctx.refresh_cards(tx, question)


def _can_be_edited(ctx: Context[object], question: Question, former: Answer, answer: Answer) -> bool:
    """Whether the network changes a reply in its place, and this one still: one post becomes one post."""
    within = ctx.rules(question.post.network).edit_within
    fresh = within is not None and ctx.clock.now() - former.updated_at < within
    return fresh and len(former.post_ids) == len(former.posts) == len(answer.posts) == 1


def delete(ctx: Context[object], tx: StandingRows, question: Question, former: Answer) -> None:
    """The public answer is deleted, to be replaced."""
    key, subject = f"replace:{question.id}:{question.version}", str(former.id)
    ctx.send(tx, DeliveryKind.RECALL, key, question=question.id, subject=subject, pieces=former.post_ids)


def replaced(ctx: Context[object], tx: StandingRows, question: Question, former: Answer, answer: Answer) -> None:
    """The former answer does not stand any more: the trail tells what the new one says instead, and its author is told
    where somebody else wrote that, once for all who ask the same."""
    tx.set_answer(former.id, AnswerState.RETRACTED, ctx.clock.now(), post_ids=())
    changes = differences(former.text, answer.text)
    ctx.journal(tx, question.id, answer.expert, JournalStep.REPLACED, *changes)
    told = question.matter is not None or former.expert == answer.expert
    if not told and former.expert in ctx.roster.experts:
        who, url = ctx.name(answer.expert), question.reply_url or question.post.url
        text = notes.CORRECTED(who=who, url=url, changes=in_a_row(CLAUSES, changes))
        key, to = NoteKind.CORRECT.key(question.id, answer.id), former.expert
        tell(ctx, tx, to, key, text, question=question.id)


def _mark(answer: Answer) -> str:
    """By which an answer is told among what was said since."""
    return answer.post_ids[0] if answer.post_ids else f"answer {answer.id}"
