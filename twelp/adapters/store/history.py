"""What the rows tell of people and of what was said: how they fared, what they hold, what was answered. Only reads.

Counted from asks, answers and questions each time, so that the counts are true after any crash, undo or erasure.
A topic's thousand latest asks took 10 ms on SQLite, among 300,000 (two shared cores).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from twelp.adapters.store import rows
from twelp.adapters.store.base import Base, among, table
from twelp.adapters.store.tables import AnswerRow, AskRow, LessonRow, PostRow, QuestionRow, Utc
from twelp.model import (
    AnswerState,
    AskRole,
    AskState,
    Earlier,
    Kind,
    Post,
    Reaction,
    Said,
    Stage,
    Standing,
)

_SINCE = sa.bindparam("since", type_=Utc())

_LATEST = 1_000
"""Asks of a topic that count. More say little about people as they are now."""

_LATEST_REACTIONS = 20_000
"""Asks of all topics that count for how soon people react: read every few minutes at most."""

_CONFIRMED = tuple(
    state.value
    for state in AnswerState
    if state
    in (AnswerState.HELD, AnswerState.ACCEPTED, AnswerState.PUBLISHED, AnswerState.ALTERNATIVE, AnswerState.RETRACTED)
)


def _standings() -> sa.Select[Any]:
    latest = (
        sa.select(col(AskRow.question), col(AskRow.expert), col(AskRow.state), col(AskRow.wave), col(AskRow.created_at))
        .where(
            col(AskRow.topic) == sa.bindparam("topic"),
            col(AskRow.created_at) >= _SINCE,
            col(AskRow.role) == AskRole.ANSWER.value,
            col(AskRow.state) != AskState.CLOSED.value,
        )
        .order_by(col(AskRow.created_at).desc())
        .limit(_LATEST)
        .subquery()
    )
    ask, question = latest.c, QuestionRow
    answered = among(col(AnswerRow.state), _CONFIRMED)
    passed = ask.state == AskState.PASSED.value
    left_lying = sa.or_(col(question.wave) > ask.wave, col(question.stage) == Stage.UNANSWERED.value)
    let_by = sa.and_(sa.not_(passed), sa.func.coalesce(answered, sa.false()).is_(sa.false()), left_lying)
    return (
        sa.select(
            ask.expert,
            sa.func.count(),
            _times(answered),
            _times(sa.and_(passed, sa.func.coalesce(answered, sa.false()).is_(sa.false()))),
            _times(let_by),
            _times(col(AnswerRow.state) == AnswerState.PUBLISHED.value),
            sa.func.coalesce(sa.func.sum(col(AnswerRow.returned)), 0),
            sa.func.max(ask.created_at),
            sa.func.max(sa.case((answered, col(AnswerRow.written_at)))),
        )
        .select_from(latest)
        .join(question, col(question.id) == ask.question)
        .outerjoin(AnswerRow, sa.and_(col(AnswerRow.question) == ask.question, col(AnswerRow.expert) == ask.expert))
        .group_by(ask.expert)
    )


def _reactions() -> sa.Select[Any]:
    question = QuestionRow
    latest = (
        sa.select(col(AskRow.question), col(AskRow.expert), col(AskRow.state), col(AskRow.created_at), col(AskRow.id))
        .where(
            col(AskRow.created_at) >= _SINCE,
            col(AskRow.role) == AskRole.ANSWER.value,
            col(AskRow.state) != AskState.CLOSED.value,
        )
        .order_by(col(AskRow.created_at).desc())
        .limit(_LATEST_REACTIONS)
        .subquery()
    )
    ask = latest.c
    return (
        sa.select(
            ask.expert,
            ask.created_at,
            ask.state,
            col(question.claimed_by),
            sa.func.coalesce(col(question.claimed_at), col(question.closed_at)),
            among(col(AnswerRow.state), _CONFIRMED),
            col(AnswerRow.written_at),
        )
        .select_from(latest)
        .join(question, col(question.id) == ask.question)
        .outerjoin(AnswerRow, sa.and_(col(AnswerRow.question) == ask.question, col(AnswerRow.expert) == ask.expert))
        .order_by(ask.created_at, ask.id)
    )


def _reaction(
    expert: str,
    asked_at: datetime,
    state: str,
    holder: str | None,
    taken_at: datetime | None,
    answered: bool | None,
    written_at: datetime | None,
) -> Reaction:
    passed = state == AskState.PASSED.value and not answered
    until = asked_at if passed else taken_at if holder == expert or not answered else written_at
    acted = passed or bool(answered) or holder == expert
    return Reaction(expert, asked_at, until, acted, bool(answered), passed)


def _times(true: Any) -> Any:
    return sa.func.sum(sa.case((true, 1), else_=0))


_STANDINGS = _standings()
_REACTIONS = _reactions()
_UNCLAIMED = (
    sa.select(sa.func.count())
    .select_from(QuestionRow)
    .where(among(col(QuestionRow.stage), (Stage.OPEN.value, Stage.ASKED.value)))
)
_HOLDING = (
    sa.select(col(QuestionRow.claimed_by), sa.func.count())
    .where(col(QuestionRow.stage) == Stage.CLAIMED.value)
    .group_by(col(QuestionRow.claimed_by))
)
_writer = sa.func.coalesce(col(AnswerRow.expert), "")
"""Grouped by it, what somebody wrote lately is found by its hour, and not all that each ever wrote read in order."""

_WRITING = (
    sa.select(_writer, sa.func.max(col(AnswerRow.written_at)))
    .where(col(AnswerRow.written_at) >= _SINCE)
    .group_by(_writer)
)
_AUTHORS = sa.select(col(AnswerRow.question), col(AnswerRow.expert)).where(
    col(AnswerRow.state) == AnswerState.PUBLISHED.value
)


_answer, _post, _lesson = table(AnswerRow), table(PostRow), table(LessonRow)
_HERE = (_post.c.network == sa.bindparam("network"), _post.c.conversation == sa.bindparam("conversation"))
_MOST = sa.bindparam("most", type_=sa.Integer)
_SAID = sa.select(_post.c.handle, _post.c.text, _post.c.created_at).where(
    *_HERE, _post.c.kind != Kind.EDITED.value, _post.c.gone_at.is_(None)
)
_ASKER_SAID = (
    _SAID.where(_post.c.author_id == sa.bindparam("author"), _post.c.key != sa.bindparam("but"))
    .order_by(_post.c.created_at.desc())
    .limit(_MOST)
)
_OTHERS_SAID = _SAID.where(_post.c.author_id != sa.bindparam("author")).order_by(_post.c.created_at.desc()).limit(_MOST)
_WE_SAID = (
    sa.select(sa.literal(""), _answer.c.public, _answer.c.updated_at)
    .join(_post, _post.c.key == _answer.c.question)
    .where(*_HERE, _answer.c.state == AnswerState.PUBLISHED.value)
    .order_by(_answer.c.updated_at.desc())
    .limit(_MOST)
)


def _answered() -> sa.Select[Any]:
    """The latest lessons of one topic first: however rare it is, not all that was ever learned is looked through."""
    latest = (
        sa.select(_lesson.c.id, _lesson.c.question)
        .where(_lesson.c.topic == sa.bindparam("topic"))
        .order_by(_lesson.c.id.desc())
        .limit(sa.literal_column(str(_LATEST)))
        .subquery()
    )
    return (
        sa.select(
            _answer.c.id, _post.c.text, _answer.c.text, _answer.c.expert, _answer.c.updated_at, latest.c.id.label("at")
        )
        .select_from(latest)
        .join(_answer, _answer.c.question == latest.c.question)
        .join(_post, _post.c.key == latest.c.question)
        .where(sa.func.coalesce(_answer.c.state, "") == AnswerState.PUBLISHED.value)
        .order_by(latest.c.id.desc())
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


_ANSWERED = _answered()


class HistoryTx(Base):
    """The part of a transaction that tells of people, and of what was said before."""

    def standings(self, topic: str, since: datetime) -> Mapping[str, Standing]:
        """How each expert fared with the topic's latest asks; see the port."""
        return {row[0]: Standing(*row[1:]) for row in self._all(_STANDINGS, {"topic": topic, "since": since})}

    def reactions(self, since: datetime) -> Sequence[Reaction]:
        """What became of the latest asks, oldest first; see the port.

        A pass has no hour of its own; most come at once, and so it counts as if it had come with the ask. Who gave a
        claim back counts as somebody whom the next holder overtook.
        """
        return [_reaction(*row) for row in self._all(_REACTIONS, {"since": since})]

    def unclaimed(self) -> int:
        """How many questions wait for somebody to take them."""
        return int(self._value(_UNCLAIMED))

    def holding(self) -> Mapping[str, int]:
        """How many questions each expert has claimed and not yet answered."""
        return {person: int(count) for person, count in self._all(_HOLDING) if person}

    def writing_since(self, since: datetime) -> Mapping[str, datetime]:
        """Who wrote answers or drafts from `since` on, and when last: expert id → hour."""
        return {row[0]: row[1] for row in self._all(_WRITING, {"since": since})}

    def authors(self) -> Mapping[str, str]:
        """Who wrote the published answer: question id → expert id."""
        return {row[0]: row[1] for row in self._all(_AUTHORS)}

    # ------------------------------------------------------------ what was said before

    def conversation(self, post: Post, limit: int = 10) -> Sequence[Said]:
        """What else was said in the post's conversation, oldest first, the latest of each side; see the port."""
        here = {"network": post.network, "conversation": post.conversation, "most": limit}
        author = {"author": post.author.id}
        said = [
            Said(who, text, at, asker=True)
            for who, text, at in self._all(_ASKER_SAID, {**here, **author, "but": post.key})
        ]
        said += [Said(who, text, at) for who, text, at in self._all(_OTHERS_SAID, {**here, **author})]
        said += [Said(who, rows.whole(posts), at, ours=True) for who, posts, at in self._all(_WE_SAID, here)]
        return sorted(said, key=lambda one: one.at)

    def answered(self, topics: Collection[str], limit: int = 100) -> Sequence[Earlier]:
        """Published answers that stand, to questions that turned out to be about these topics, newest first."""
        found = [row for topic in topics for row in self._all(_ANSWERED, {"topic": topic, "most": limit})]
        return [Earlier(*row[:-1]) for row in sorted(found, key=lambda row: -row[-1])[:limit]]

    def answered_in(self, network: str, conversation: str, author_id: str) -> tuple[str, str] | None:
        """This customer's latest answered question of that conversation, and which expert's answer stands there."""
        found = self.session.exec(
            select(AnswerRow.question, AnswerRow.expert)
            .join(PostRow, col(PostRow.key) == col(AnswerRow.question))
            .where(PostRow.network == network, PostRow.conversation == conversation, PostRow.author_id == author_id)
            .where(AnswerRow.state == AnswerState.PUBLISHED.value)
            .order_by(col(PostRow.created_at).desc())
        ).first()
        return None if found is None else (found[0], found[1])

    def heard_as(self, kind: Kind, since: datetime, until: datetime) -> Sequence[Post]:
        """Posts that were taken for this, heard from `since` on and before `until`, oldest first."""
        found = self.session.exec(
            select(PostRow)
            .where(PostRow.kind == kind.value, PostRow.heard_at >= since, PostRow.heard_at < until)
            .order_by(col(PostRow.heard_at))
        )
        return [rows.post(row) for row in found]
