"""Vanished: an answer of ours is gone from the network, and not by us: a colleague deleted it in the app.

It is taken back, then: what it taught is forgotten, its author and the moderators are told, and nothing is posted again
by itself. A moderator may open the question again.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Protocol

from twelp.desk import standing
from twelp.desk.alarms import Alarms
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.lessons import Lessons
from twelp.desk.rows import StepRows
from twelp.desk.telling import tell
from twelp.flow import points
from twelp.flow.lifecycle import Step
from twelp.model import Answer, AnswerState, JournalStep, NoteKind, Question, Stage
from twelp.ports import AnswersTx, ConversationsTx, LessonsTx, PostsTx, ThanksTx, WaitingTx
from twelp.texts import notes, reasons
from twelp.texts.phrase import Text

_BY_US: Final = (Stage.RECALLING, Stage.CORRECTING)
"""We are deleting it ourselves."""


class VanishedRows(StepRows, AnswersTx, ConversationsTx, LessonsTx, PostsTx, ThanksTx, WaitingTx, Protocol):
    """Rows that `Vanished` touches."""


class Vanished:
    """Answers that somebody deleted by hand."""

    def __init__(self, ctx: Context[VanishedRows], *, alarms: Alarms, lessons: Lessons) -> None:
        self._ctx = ctx
        self._alarms = alarms
        self._lessons = lessons

    @retry_on_conflict
    def ours_gone(self, question_id: str, ids: Collection[str]) -> None:
        """These posts of a question's public answer do not stand any more; nothing happens where that is known."""
        with self._ctx.store.transaction() as tx:
            question, answer = tx.question(question_id), tx.spoke_last(question_id)
            if question is None or answer is None or question.stage in _BY_US:
                return
            gone = [one for one in answer.post_ids if one in ids]
            if not gone:
                return
            if not tx.lock_if_unchanged(question):
                return  # it moved at this moment: the next look sees what stands then
            self._take_down(tx, question, answer, gone)
        self._lessons.catch_up()

    def _take_down(self, tx: VanishedRows, question: Question, answer: Answer, gone: list[str]) -> None:
        now, rest = self._ctx.clock.now(), tuple(one for one in answer.post_ids if one not in gone)
        posts = (f"post {one}" for one in gone)
        self._ctx.journal(tx, question.id, "publish", JournalStep.DELETED_BY_HAND, *posts)
        if rest:
            tx.set_answer(answer.id, AnswerState.PUBLISHED, now, post_ids=rest)
            self._tell(tx, question, answer, notes.OURS_GONE_IN_PART, gone)
            return
        tx.set_answer(answer.id, AnswerState.RETRACTED, now, post_ids=(), returned=True)
        tx.unlearn(question.id, now)
        left = points.without(question.points, answer.id)
        if question.corrects == answer.id:  # the next answer replaces nothing any more
            before = standing.without(question, answer)
            moved = self._ctx.transition(tx, question, Step.EDIT, corrects=None, added=before, points=left)
        elif left != question.points and question.stage is not Stage.PUBLISHED and question.stage is not Stage.BY_HAND:
            moved = self._ctx.transition(tx, question, Step.EDIT, points=left)  # what it covered is open again
        else:
            reason = reasons.DELETED_BY_HAND(network=self._ctx.rules(question.post.network).display_name)
            moved = self._ctx.transition(tx, question, Step.VANISH, reason=reason, points=left)
        if moved is not None:
            self._ctx.refresh_cards(tx, moved)
        self._tell(tx, question, answer, notes.OURS_GONE, gone)

    def _tell(self, tx: VanishedRows, question: Question, answer: Answer, form: Text, gone: list[str]) -> None:
        network = self._ctx.rules(question.post.network).display_name
        text = form(network=network, words=answer.public, url=question.post.url)
        key, author = NoteKind.VANISHED.key(question.id, *gone), answer.expert
        self._alarms.tell_moderators(tx, key, question.id, text)
        if author in self._ctx.roster.experts:
            key = f"{key}:{author}"
            tell(self._ctx, tx, author, key, text, question=question.id)
