"""A public answer that is to be corrected: it stands until the new one is confirmed and passed."""

from __future__ import annotations

from datetime import datetime

from twelp.desk.context import Context
from twelp.flow.lifecycle import Step
from twelp.model import Added, Answer, Question
from twelp.ports import Tx


def shown(question: Question, answer: Answer) -> tuple[Added, ...]:
    """What was said since the question, with the answer that stands."""
    return (*question.added, Added(_mark(answer), answer.public, answer.updated_at, ours=True))


def without(question: Question, answer: Answer) -> tuple[Added, ...]:
    """What was said since the question, without that answer."""
    return tuple(one for one in question.added if not (one.ours and one.post == _mark(answer)))


def keep(ctx: Context, tx: Tx, question: Question, why: str, *, at: datetime) -> Question | None:
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


def _mark(answer: Answer) -> str:
    """By which an answer is told among what was said since."""
    return answer.post_ids[0] if answer.post_ids else f"answer {answer.id}"
