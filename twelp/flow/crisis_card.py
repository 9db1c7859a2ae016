"""A case for people as one person's card says it now."""

from __future__ import annotations

from collections.abc import Sequence

from twelp.model import (
    Answer,
    AnswerState,
    Card,
    CardState,
    Crisis,
    CrisisShown,
    CrisisState,
    Kind,
    Question,
    Roster,
    Said,
)
from twelp.texts import slack as texts

_STATES = {CrisisState.OPEN: CardState.CRISIS, CrisisState.TAKEN: CardState.CRISIS_TAKEN}
_SPEAKING = (AnswerState.HELD, AnswerState.ACCEPTED, AnswerState.PUBLISHED)


def show(
    question: Question,
    crisis: Crisis,
    answers: Sequence[Answer],
    roster: Roster,
    person: str,
    *,
    before: Sequence[Said] = (),
    network: str = "",
) -> Card:
    """The case as it must read now.

    Args:
        question: with its stage: the public answer's fate.
        crisis: who has it, and how it ended.
        answers: all answers to the question.
        roster: for names and guidance.
        person: whose copy this is; a channel's, where nobody on the roster is called so.
        before: what was said in the conversation, oldest first.
        network: where it was posted, as people write that.
    """
    answer = next((one for one in answers if one.state in _SPEAKING), None)
    guidance = roster.alarms.guidance if roster.alarms.guidance is not None else texts.GUIDANCE
    shown = CrisisShown(
        kind=crisis.kind,
        state=crisis.state,
        since=crisis.opened_at,
        taken_by=_name(crisis.taken_by, roster),
        taken_at=crisis.taken_at,
        mine=crisis.held_by == person,
        shared=person not in roster.experts,
        closed_by=_name(crisis.closed_by, roster),
        closed_at=crisis.closed_at,
        how=crisis.how,
        raised_by=_name(crisis.raised_by, roster),
        stage=question.stage,
        before=tuple(before),
        guidance=guidance if crisis.kind is Kind.SELF_HARM else None,
    )
    return Card(
        key=f"crisis:{question.id}:{crisis.opened_at.timestamp():.0f}",
        question=question.id,
        post=question.post,
        topic="",
        reasons=crisis.reasons,
        state=_STATES.get(crisis.state, CardState.CRISIS_OVER),
        posts=answer.posts if answer is not None else (),
        url=question.reply_url,
        asked=person in roster.experts,
        since=question.added,
        network=network,
        crisis=shown,
    )


def _name(person: str | None, roster: Roster) -> str:
    found = roster.experts.get(person or "")
    return found.name if found else texts.SOMEBODY if person else ""
