"""Edits: a customer changes a post of theirs. It has a new id on the network, and is the same post here.

The question keeps its id and gets the newer words; an answer replies to the newest version. Before an answer, what
changed is shown, whoever has the question is told, and an answer that was about to go out stops. After an answer nobody
is asked; its author is told when the sense changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Protocol

from twelp.desk import matching
from twelp.desk.alarms import Alarms
from twelp.desk.answers import Answers
from twelp.desk.context import Context
from twelp.desk.crises import Crises
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.lessons import Lessons
from twelp.desk.parting import Parting
from twelp.desk.points import points_of
from twelp.desk.reviews import Reviews
from twelp.desk.rows import AskingRows
from twelp.desk.telling import tell_of_post
from twelp.flow import conversation, edits, points, subject, triage
from twelp.flow.conversation import Before, Standing
from twelp.flow.lifecycle import CONFIRMED, UNCLAIMED, Step
from twelp.model import (
    FOR_PEOPLE,
    Added,
    JournalStep,
    Kind,
    Post,
    Question,
    Stage,
    Verdict,
    Way,
)
from twelp.ports import LeftAloneTx
from twelp.texts import notes, reasons
from twelp.texts.phrase import CLAUSES, in_a_row

_KEPT: Final = 12
_UNANSWERED: Final = (Stage.OPEN, Stage.ASKED, Stage.UNANSWERED)
_STOPPABLE: Final = (Stage.HELD, Stage.REVIEW, Stage.LANE)
_NOBODYS: Final[Any] = MappingProxyType({"claimed_by": None, "claimed_at": None, "claimed_until": None})
_SPOKEN: Final = (CONFIRMED - {*_STOPPABLE}) | {Stage.PUBLISHED, Stage.REFUSED}


class EditsRows(AskingRows, LeftAloneTx, Protocol):
    """Rows that `Edits` touches."""


@dataclass(frozen=True, slots=True)
class Known:
    """A post that was heard in an earlier version: its key, the words and the verdict it had, and its question."""

    key: str
    words: str
    verdict: Verdict
    question: Question | None


class Edits:
    """The customer's newer words."""

    def __init__(
        self,
        ctx: Context[EditsRows],
        *,
        answers: Answers,
        reviews: Reviews,
        dispatcher: Dispatcher,
        alarms: Alarms,
        crises: Crises,
        lessons: Lessons,
        parting: Parting,
    ) -> None:
        self._ctx = ctx
        self._answers = answers
        self._reviews = reviews
        self._dispatcher = dispatcher
        self._alarms = alarms
        self._crises = crises
        self._lessons = lessons
        self._parting = parting

    def in_its_conversation(self, tx: EditsRows, post: Post) -> Post:
        """The post in the conversation that it belongs to here: an edited one may name its own new id for it."""
        for post_id in (*post.earlier, post.conversation):
            found = tx.post(f"{post.network}:{post_id}") if post_id != post.id else None
            if found is not None and found[0].conversation != post.conversation:
                return replace(post, conversation=found[0].conversation)
        return post

    def known(self, tx: EditsRows, post: Post) -> Known | None:
        """The earlier version of this post that was heard and asks, adds or was dealt with; None: it is news.

        One that nobody had to do with is news where its newer words are taken for something else.
        """
        for post_id in post.earlier:
            key = f"{post.network}:{post_id}"
            if (found := tx.post(key)) is not None:
                belongs_to = tx.belongs_to(key)
                question = tx.question(belongs_to) if belongs_to else None
                before = Known(key, found[0].own_text, found[1], question)
                return before if question is not None or self._judge(post).kind is found[1].kind else None
        return None

    def hear(self, tx: EditsRows, before: Known, post: Post) -> Kind:
        """Takes in the newer version of a post that was heard."""
        question, now = before.question, self._ctx.clock.now()
        verdict = Verdict(Kind.EDITED if question is not None else before.verdict.kind, (f"edits {before.key}",))
        if not tx.add_post(post, verdict, now, question.id if question is not None else None):
            return Kind.REPOST  # another listener took it in at this moment
        self._ctx.journal(tx, post.key, "triage", JournalStep.EDITED, *verdict.reasons)
        if question is None:
            tx.reword(before.key, post)
        elif question.stage is not Stage.WITHDRAWN and post.id not in question.post.earlier:
            self._change(tx, question, before, post)
        return Kind.EDITED

    def _judge(self, post: Post) -> Verdict:
        brand, names = self._ctx.roster.brand, self._ctx.roster.names()
        own = replace(post, text=post.own_text, prefix=0)
        return triage.judge(own, brand=brand, open_question=None, names=names, opinion=self._lessons.opinion)

    def _change(self, tx: EditsRows, question: Question, before: Known, post: Post) -> None:
        tx.reword(_row_of(before.key, question, post), post)
        us = self._ctx.accounts(post.network)
        read = self._judge(post)
        verdict = conversation.place(post, read, us=us, before=Before(Standing.OPEN))
        whole = question.post.id in post.earlier
        settles = verdict.kind is Kind.SETTLED or (whole and read.way is Way.DROP)
        if whole:
            said = Added(post.id, question.post.text, post.created_at, settles=settles, edited=True)
            added = (*(one for one in question.added if not (one.edited and one.post in post.earlier)), said)
            former, question = question.post.own_text, replace(question, post=_kept(question.post, post))
        else:
            said = Added(post.id, post.own_text, post.created_at, settles=settles)
            former = next((one.text for one in question.added if one.post in post.earlier), before.words)
            added = tuple(
                replace(said, at=one.at) if one.post in post.earlier and not one.edited else one
                for one in question.added
            )
        newest: dict[str, Any] = (
            {"reply_to": post.id} if (question.reply_to or question.post.id) in (*post.earlier,) else {}
        )
        if whole:
            newest |= self._points(question, post)
        moved = self._ctx.transition(tx, question, Step.EDIT, added=added[-_KEPT:], **newest)
        if moved is None:
            return
        settles = settles or (moved.turn > 0 and bool(moved.points) and not points.still_open(moved.points))
        sense = edits.changes_sense(former, post.own_text)
        step, detail = JournalStep.EDITED, {"changes_sense": sense}
        self._ctx.journal(tx, question.id, "customer", step, f"post {post.key}", detail=detail)
        self._ctx.refresh_cards(tx, moved)
        self._crises.wrote(tx, moved, post, notes.CRISIS_EDITED)
        if verdict.way is Way.PEOPLE and before.verdict.way is not Way.PEOPLE:
            self._to_people(tx, moved, post, verdict)
        elif settles and moved.stage in _UNANSWERED:
            settled = self._ctx.transition(tx, moved, Step.SETTLE, reason="")
            if settled is not None:
                self._ctx.refresh_cards(tx, settled)
        elif not edits.same_words(former, post.own_text):
            self._go_on(tx, moved, post, sense=sense, asks=whole and not settles and read.way is not Way.ASK)

    def _points(self, question: Question, post: Post) -> dict[str, Any]:
        """What the newer words ask, where that or the former is several things."""
        found = matching.find(post.own_text, self._ctx.matcher, self._ctx.roster, None)
        newer = points_of(self._ctx, post.own_text, found.topics)
        topic = found.topics[0].topic if found.topics else None
        changed = points.edited(question.points, newer, topic)
        return {"points": changed} if changed != question.points else {}

    def _go_on(self, tx: EditsRows, question: Question, post: Post, *, sense: bool, asks: bool) -> None:
        """What the newer words mean for whoever has to do with the question now."""
        if sense and self._parting.hear_edit(tx, question):
            return
        if question.stage is Stage.HELD or (question.stage in (Stage.REVIEW, Stage.LANE) and sense):
            self._stop(tx, question)
        elif question.stage is Stage.CLAIMED and question.claimed_by is not None:
            tell_of_post(self._ctx, tx, question, question.claimed_by, post, notes.EDITED_SINCE)
        elif not sense:
            return
        elif question.stage in UNCLAIMED and (asks or question.wave > 0):
            self._match_anew(tx, question)
        elif question.stage in _SPOKEN:
            author = self._reviews.spoken(tx, question.id) or tx.spoke_last(question.id)
            if author is not None:
                tell_of_post(self._ctx, tx, question, author.expert, post, notes.EDITED_AFTER)
        elif asks and question.stage in (Stage.DISMISSED, Stage.SETTLED):
            self._ask_again(tx, question)

    def _match_anew(self, tx: EditsRows, question: Question) -> None:
        """Whom further waves ask; others are asked at once where the newer words are about something else."""
        found = self._find(tx, question)
        moved = self._ctx.transition(tx, question, Step.EDIT, topics=found.topics)
        if moved is None:
            return
        former, now = (one.topics[0].topic if one.topics else None for one in (question, moved))
        if moved.wave == 0 or (now is not None and now != former):
            self._dispatcher.dispatch(tx, moved)

    def _find(self, tx: EditsRows, question: Question) -> matching.Subject:
        words = (subject.words(question.post), *(one.text for one in question.added if not (one.edited or one.ours)))
        found = matching.find(" ".join(words), self._ctx.matcher, self._ctx.roster, tx)
        self._ctx.journal(tx, question.id, "match", JournalStep.EDITED, *found.reasons, detail=found.detail)
        return found

    def _ask_again(self, tx: EditsRows, question: Question) -> None:
        """It was set aside, or needed no answer any more; its newer words ask something."""
        step = Step.RESTORE if question.stage is Stage.DISMISSED else Step.REOPEN
        topics = self._find(tx, question).topics
        moved = self._ctx.transition(tx, question, step, closed_at=None, reason="", topics=topics, **_NOBODYS)
        if moved is None:
            return
        delay = self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
        self._ctx.refresh_cards(tx, moved)
        self._dispatcher.dispatch(tx, moved)

    def _to_people(self, tx: EditsRows, question: Question, post: Post, verdict: Verdict) -> None:
        """No volunteer answers it any more, unless an answer is out already; the moderators have a case at once."""
        if verdict.kind in FOR_PEOPLE:
            why = reasons.EDITED_FOR_PEOPLE(why=in_a_row(CLAUSES, verdict.reasons))
            self._crises.alarm(tx, question, verdict.kind, (why,))
            return
        self._alarms.alarm(tx, post, verdict)
        stopped = self._stop(tx, question) if question.stage in _STOPPABLE else None
        question = stopped or question
        why = reasons.EDITED_FOR_PEOPLE(why=in_a_row(CLAUSES, verdict.reasons))
        moved = self._ctx.transition(tx, question, Step.DISMISS, reason=why, **_NOBODYS)
        if moved is None:
            return
        self._ctx.journal(tx, question.id, "triage", JournalStep(verdict.kind), *verdict.reasons)
        self._ctx.refresh_cards(tx, moved)
        if question.claimed_by is not None:
            tell_of_post(self._ctx, tx, moved, question.claimed_by, post, notes.EDITED_SINCE)

    def _stop(self, tx: EditsRows, question: Question) -> Question | None:
        """The answer was written to other words: its author reads the newer ones first."""
        answer = self._reviews.spoken(tx, question.id)
        if answer is None:
            return None
        return self._answers.hand_back(tx, question, answer, Step.UNDO, reasons.EDITED_BEFORE_IT_WENT_OUT)


def _row_of(key: str, question: Question, post: Post) -> str:
    """The row that holds the words as they are shown: the question's own, or the first heard version's."""
    return question.id if question.post.id in post.earlier else key


def _kept(former: Post, newer: Post) -> Post:
    """The newer version under the id, hour and conversation that the question has had from the first."""
    return replace(newer, id=former.id, created_at=former.created_at, conversation=former.conversation)
