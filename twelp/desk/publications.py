"""Publications: what follows once an answer stands in public, whoever or whatever put it there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from twelp.desk.alarms import Alarms
from twelp.desk.asks import Asks
from twelp.desk.context import Context
from twelp.desk.points import Points, PointsRows, taught_by
from twelp.desk.previews import Previews
from twelp.desk.private_invitations import PrivateInvitations
from twelp.flow import points
from twelp.flow.lifecycle import Step
from twelp.model import Answer, AnswerState, JournalStep, Question
from twelp.ports import LessonsTx


class PublicationsRows(PointsRows, LessonsTx, Protocol):
    """Rows that `Publications` touches."""


class Publications:
    """An answer stands."""

    def __init__(
        self,
        ctx: Context[PublicationsRows],
        *,
        alarms: Alarms,
        asks: Asks,
        previews: Previews,
        points: Points,
        invitations: PrivateInvitations,
    ) -> None:
        self._ctx = ctx
        self._points = points
        self._alarms = alarms
        self._asks = asks
        self._previews = previews
        self._invitations = invitations

    def stands(
        self,
        tx: PublicationsRows,
        question: Question,
        answer: Answer,
        post_ids: Sequence[str],
        url: str,
        **changes: Any,
    ) -> Question | None:
        """The answer stands in the customer's thread, its last post, too: the question is answered.

        Args:
            tx: within which.
            question: as it is.
            answer: which one stands.
            post_ids: its posts' ids on the network, first to last.
            url: where people see it.
            **changes: what else becomes of the question.
        """
        now = self._ctx.clock.now()
        tx.set_answer(answer.id, AnswerState.PUBLISHED, now, post_ids=tuple(post_ids))
        if question.points:
            changes["points"] = points.answered(question.points, answer.covers, answer.id)
        moved = self._ctx.transition(tx, question, Step.PUBLISH, reply_url=url, reason="", **changes)
        if moved is not None:
            waited = (now - question.post.created_at).total_seconds()
            self._ctx.journal(tx, question.id, "publish", JournalStep.PUBLISHED, url, f"{waited:.0f} s after the post")
            if question.matter is None:  # of many who asked the same, one teaches and is looked after
                self._alarms.look_for_likes(tx, question.id)
            topic = self._taught_by(tx, question, answer.expert) if question.matter is None else None
            if topic is not None:
                tx.learn(question.id, taught_by(moved, answer.id), topic, now)
            moved = self._points.go_on(tx, moved, answer) or moved
            self._invitations.stands(tx, moved, answer)
            self._ctx.refresh_cards(tx, moved)
        return moved

    def _taught_by(self, tx: PublicationsRows, question: Question, author: str) -> str | None:
        """The topic that this person's answer speaks for: the one they were asked for, else the best of theirs."""
        asked_for = next((ask.topic for ask in self._asks.asks(tx, question.id) if ask.expert == author), None)
        if asked_for in self._ctx.roster.topics or author not in self._ctx.roster.experts:
            return asked_for
        topic = self._previews.topic_for(question, self._ctx.roster.experts[author])
        return topic.id if topic is not None else None
