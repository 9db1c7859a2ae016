"""Card: what one person's copy of a question says now, seen from their side. Always true, or without buttons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from twelp.model import (
    Answer,
    AnswerState,
    Ask,
    AskRole,
    AskState,
    Card,
    CardState,
    Level,
    PointShown,
    Question,
    Roster,
    Stage,
)
from twelp.texts.phrase import CLAUSES, in_a_row

_AS_LIKELY = 0.5
"""A second topic is named where it is at least half as likely as the first."""

_TAKEN = (Stage.CLAIMED, Stage.HELD, Stage.REVIEW)
_SPEAKING = (AnswerState.HELD, AnswerState.ACCEPTED, AnswerState.PUBLISHED)


def show(
    question: Question,
    ask: Ask,
    answers: Sequence[Answer],
    roster: Roster,
    *,
    active: Roster,
    intent_url: str = "",
    network: str = "",
) -> Card:
    """The card of `ask` as it must read now.

    Args:
        question: with its stage.
        ask: whose copy this is.
        answers: all answers to the question.
        roster: for names.
        active: who takes part now: nobody else may take anything back.
        intent_url: where a person may post by hand; shown to moderators only: others would use accounts of their own.
        network: where it was asked, as people write that.
    """
    answer = next((a for a in answers if a.state in _SPEAKING), None)
    author = answer.expert if answer else question.claimed_by or ""
    theirs = _theirs(ask, active)
    base = Card(
        key=f"ask:{question.id}:{ask.role.value}",  # not the ask's number, which a database put back gives out again
        question=question.id,
        post=question.post,
        topic=_topic(question, roster),
        reasons=ask.reasons,
        state=CardState.ASKED,
        who=_name(author, roster),
        until=question.claimed_until,
        posts=answer.posts if answer else (),
        url=question.reply_url,
        asked=ask.role is not AskRole.CHANNEL,
        since=question.added,
        network=network,
        left_alone=question.left_alone and question.stage is Stage.SETTLED,
        points=points_of(question, roster, theirs),
        variants=answer.variants if answer else (),
    )
    if question.stage in (Stage.CRISIS, Stage.HANDLED):
        return replace(base, state=CardState.FOR_PEOPLE, posts=(), url="")
    if ask.state is AskState.CLOSED:
        return replace(base, state=CardState.LEFT, posts=(), url="")
    if ask.role is AskRole.SAMPLE and question.stage is Stage.DISMISSED and ask.state is AskState.OPEN:
        return replace(base, state=CardState.SAMPLE)
    state = _over(question) or _SEEN_BY[ask.role](question, ask, answer)
    if state in (CardState.ASKED, CardState.UNANSWERED) and _is_done_with(question, ask, theirs):
        return replace(base, state=CardState.PART_ANSWERED)
    if state is CardState.REFUSED:
        moderates = _moderates(ask.expert, active)
        return replace(base, state=state, note=question.reason, intent_url=intent_url if moderates else "")
    if state is CardState.LANE and answer:
        return _to_post(base, question, answer, ask.expert, active, intent_url)
    if state is CardState.SOUGHT:
        return replace(base, state=state, note=question.reason)
    if state in (CardState.REVIEW, CardState.REVIEWING) and answer:
        return replace(base, state=state, note=in_a_row(CLAUSES, answer.reasons))
    if state is CardState.PUBLISHING:
        stoppable = question.stage is Stage.PAUSED and may_retract(ask.expert, author, active)
        return replace(base, state=state, note=question.reason, may_retract=stoppable)
    if state is CardState.DISMISSED:
        return replace(base, state=state, note=question.reason, may_restore=may_restore(ask.expert, question, active))
    if state in (CardState.YOURS, CardState.UNANSWERED, CardState.WITHDRAWN):
        return replace(base, state=state, note=question.reason)
    if state is CardState.PUBLISHED:
        first = asks_first(question, answer) if _moderates(ask.expert, active) else None
        may = may_retract(ask.expert, author, active)
        return replace(base, state=state, note=question.reason, may_retract=may, asks_first=first)
    if state in (CardState.RECALLING, CardState.RETRACTED):
        again = may_restore(ask.expert, question, active)
        return replace(base, state=state, note=question.reason, url="", may_restore=again)
    return replace(base, state=state)


def points_of(question: Question, roster: Roster, theirs: Collection[str] = ()) -> tuple[PointShown, ...]:
    """What a post asks, where that is several things; `theirs`: the topics that the reader is asked about."""
    return tuple(
        PointShown(
            point.words,
            found.name if (found := roster.topics.get(point.topic or "")) is not None else "",
            point.answer is not None,
            point.topic in theirs,
        )
        for point in question.points
    )


def _theirs(ask: Ask, active: Roster) -> frozenset[str]:
    """The topics that somebody is asked about."""
    found = active.experts.get(ask.expert)
    return frozenset((*(found.topics if found is not None else ()), *((ask.topic,) if ask.topic else ())))


def _is_done_with(question: Question, ask: Ask, theirs: Collection[str]) -> bool:
    """Whether what this person was asked about is answered, and what is open is for others."""
    if ask.role is not AskRole.ANSWER or not question.partly_answered:
        return False
    done, left = (
        {point.topic for point in question.points if (point.answer is None) is is_open} for is_open in (False, True)
    )
    return None not in left and left.isdisjoint(theirs) and not done.isdisjoint(theirs)


def _to_post(base: Card, question: Question, answer: Answer, person: str, active: Roster, intent_url: str) -> Card:
    """An answer that is to be posted by hand: moderators get what is missing of it, its author may take it back."""
    missing = answer.posts[len(answer.post_ids) :]
    if _moderates(person, active):
        return replace(base, state=CardState.TO_POST, posts=missing, note=question.reason, intent_url=intent_url)
    mine = person == answer.expert and not answer.post_ids
    return replace(base, state=CardState.LANE, note=question.reason, may_retract=mine)


def in_lane(question: Question, answer: Answer | None, roster: Roster, intent_url: str, network: str = "") -> Card:
    """The same on the tab of somebody who moderates."""
    to_post = question.stage is Stage.LANE
    return Card(
        key=f"lane:{question.id}",
        question=question.id,
        post=question.post,
        topic=_topic(question, roster),
        reasons=(),
        state=CardState.TO_POST if to_post else CardState.SOUGHT,
        who=_name(answer.expert if answer else "", roster),
        posts=answer.posts[len(answer.post_ids) :] if answer else (),
        note=question.reason,
        intent_url=intent_url if to_post else "",
        since=question.added,
        points=points_of(question, roster),
        network=network,
    )


def in_queue(question: Question, answers: Sequence[Answer], roster: Roster, network: str = "") -> Card:
    """A question as somebody who looks after all of them sees it: what was set aside may be brought back, an answer
    that stands be taken back."""
    state = {
        Stage.CLAIMED: CardState.TAKEN,
        Stage.HELD: CardState.TAKEN,
        Stage.REVIEW: CardState.REVIEW,
        Stage.UNANSWERED: CardState.UNANSWERED,
        Stage.DISMISSED: CardState.DISMISSED,
        Stage.PUBLISHED: CardState.PUBLISHED,
        Stage.RETRACTED: CardState.RETRACTED,
    }.get(question.stage, CardState.WAITING)
    answer = next((a for a in answers if a.state in _SPEAKING), None)
    return Card(
        key=f"queue:{question.id}",
        question=question.id,
        post=question.post,
        topic=_topic(question, roster),
        reasons=(),
        state=state,
        who=_name(answer.expert if answer else question.claimed_by or "", roster),
        posts=answer.posts if answer else (),
        since=question.added,
        points=points_of(question, roster),
        may_retract=state is CardState.PUBLISHED,
        may_restore=state in (CardState.DISMISSED, CardState.RETRACTED),
        network=network,
        asks_first=asks_first(question, answer) if state is CardState.PUBLISHED else None,
    )


def asks_first(question: Question, answer: Answer | None) -> bool | None:
    """Whether somebody is asked before others who ask the same get this answer; None: they do not get it anyhow."""
    shared = question.matter is None and answer is not None and answer.variants
    return question.ask_first if shared else None


def may_retract(person: str, author: str, active: Roster) -> bool:
    """Whether this person may take `author`'s published answer back: who wrote it, and moderators who take part."""
    found = active.experts.get(person)
    return found is not None and (person == author or found.level is Level.MODERATOR)


def _moderates(person: str, active: Roster) -> bool:
    found = active.experts.get(person)
    return found is not None and found.level is Level.MODERATOR


def may_restore(person: str, question: Question, active: Roster) -> bool:
    """Whether this person may bring a question back: who set it aside, and moderators; after an answer was taken back,
    moderators alone."""
    if question.stage is Stage.RETRACTED:
        return _moderates(person, active)
    return question.stage is Stage.DISMISSED and may_retract(person, question.claimed_by or "", active)


def _over(question: Question) -> CardState | None:
    """What everybody sees alike."""
    return {
        Stage.PUBLISHING: CardState.PUBLISHING,
        Stage.PAUSED: CardState.PUBLISHING,
        Stage.RECALLING: CardState.RECALLING,
        Stage.CORRECTING: CardState.RECALLING,
        Stage.LANE: CardState.LANE,
        Stage.SOUGHT: CardState.SOUGHT,
        Stage.PUBLISHED: CardState.PUBLISHED,
        Stage.REFUSED: CardState.REFUSED,
        Stage.DISMISSED: CardState.DISMISSED,
        Stage.WITHDRAWN: CardState.WITHDRAWN,
        Stage.RETRACTED: CardState.RETRACTED,
        Stage.SETTLED: CardState.SETTLED,
        Stage.BY_HAND: CardState.BY_HAND,
    }.get(question.stage)


def _channel(question: Question, ask: Ask, answer: Answer | None) -> CardState:
    if question.stage in _TAKEN:
        return CardState.TAKEN
    return CardState.UNANSWERED if question.stage is Stage.UNANSWERED else CardState.WAITING


def _reviewer(question: Question, ask: Ask, answer: Answer | None) -> CardState:
    if question.stage is Stage.REVIEW:
        return CardState.REVIEWING
    return CardState.TAKEN if question.stage in _TAKEN else CardState.LEFT


def _asked(question: Question, ask: Ask, answer: Answer | None) -> CardState:
    if question.stage in (Stage.HELD, Stage.REVIEW):
        if answer is None or answer.expert != ask.expert:
            return CardState.TAKEN
        return CardState.HOLD if question.stage is Stage.HELD else CardState.REVIEW
    if question.stage is Stage.CLAIMED:
        return CardState.YOURS if question.claimed_by == ask.expert else CardState.TAKEN
    if ask.state is AskState.PASSED:
        return CardState.PASSED
    return CardState.UNANSWERED if question.stage is Stage.UNANSWERED else CardState.ASKED


def _word(question: Question, ask: Ask, answer: Answer | None) -> CardState:
    if question.untold:
        return CardState.WORD
    return CardState.TOLD if any(one.ours for one in question.added) else CardState.TAKEN


_SEEN_BY = {
    AskRole.ANSWER: _asked,
    AskRole.REVIEW: _reviewer,
    AskRole.CHANNEL: _channel,
    AskRole.WORD: _word,
    AskRole.STORM: _channel,
    AskRole.SAMPLE: _channel,
}


def _topic(question: Question, roster: Roster) -> str:
    likely = [t for t in question.topics[:2] if t.score >= _AS_LIKELY * question.topics[0].score]
    return ", ".join(roster.topics[t.topic].name for t in likely if t.topic in roster.topics)


def _name(expert: str, roster: Roster) -> str:
    found = roster.experts.get(expert)
    return found.name if found else ""
