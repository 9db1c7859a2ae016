"""What the rows tell of people and of what was said: how they fared, what they hold, what was answered. Only reads.

Counted from asks, answers and questions each time, so that the counts are true after any crash, undo or erasure.
A topic's thousand latest asks took 10 ms on SQLite, among 300,000 (two shared cores).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select

from twelp.adapters.store import columns, post_rows
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import history as queries
from twelp.adapters.store.tables import AnswerRow, PostRow
from twelp.model import (
    AnswerState,
    AskState,
    Earlier,
    Kind,
    Post,
    Reaction,
    Said,
    Standing,
)

_ASKERS, _OURS = 0, 2


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


class HistoryTx(Base):
    """The part of a transaction that tells of people, and of what was said before."""

    def standings(self, topic: str, since: datetime) -> Mapping[str, Standing]:
        """How each expert fared with the topic's latest asks; see the port."""
        return {row[0]: Standing(*row[1:]) for row in self._all(queries.STANDINGS, {"topic": topic, "since": since})}

    def reactions(self, since: datetime) -> Sequence[Reaction]:
        """What became of the latest asks, oldest first; see the port.

        A pass has no hour of its own; most come at once, and so it counts as if it had come with the ask. Who gave a
        claim back counts as somebody whom the next holder overtook.
        """
        return [_reaction(*row) for row in self._all(queries.REACTIONS, {"since": since})]

    def unclaimed(self) -> int:
        """How many questions wait for somebody to take them."""
        return int(self._value(queries.UNCLAIMED))

    def holding(self) -> Mapping[str, int]:
        """How many questions each expert has claimed and not yet answered."""
        return {person: int(count) for person, count in self._all(queries.HOLDING) if person}

    def writing_since(self, since: datetime) -> Mapping[str, datetime]:
        """Who wrote answers or drafts from `since` on, and when last: expert id → hour."""
        return {row[0]: row[1] for row in self._all(queries.WRITING, {"since": since})}

    def authors(self) -> Mapping[str, str]:
        """Who wrote the published answer: question id → expert id."""
        return {row[0]: row[1] for row in self._all(queries.AUTHORS)}

    # ------------------------------------------------------------ what was said before

    def conversation(self, post: Post, limit: int = 10) -> Sequence[Said]:
        """What else was said in the post's conversation, oldest first, the latest of each side; see the port."""
        here = {"network": post.network, "conversation": post.conversation, "most": limit}
        found = self._all(queries.SAID, {**here, "author": post.author.id, "but": post.key})
        said = [
            Said(who, columns.whole(text) if side == _OURS else text, at, asker=side == _ASKERS, ours=side == _OURS)
            for who, text, at, side in found
        ]
        return sorted(said, key=lambda one: one.at)

    def answered(self, topics: Collection[str], limit: int = 100) -> Sequence[Earlier]:
        """Published answers that stand, to questions that turned out to be about these topics, newest first."""
        found = [row for topic in topics for row in self._all(queries.ANSWERED, {"topic": topic, "most": limit})]
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
        return [post_rows.post(row) for row in found]
