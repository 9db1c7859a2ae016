"""By hand: an answer that a colleague wrote in the network's own app, from the brand's account, is the answer.

It closes what is open of the question that it answers: its words stand on the cards and in the trail, it is learned
from, and nothing further goes out. Whoever has the question or confirmed an answer to it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.lane import Lane
from twelp.desk.lessons import Lessons
from twelp.desk.points import Points, reader_of, taught_by
from twelp.desk.reviews import Reviews
from twelp.desk.rows import AskingRows
from twelp.desk.telling import quoted, tell
from twelp.flow import lifecycle, points
from twelp.flow.lifecycle import Step
from twelp.model import (
    COLLEAGUE,
    Added,
    AnswerState,
    Delivery,
    DeliveryState,
    JournalStep,
    NoteKind,
    Question,
    Stage,
)
from twelp.ports import Conflict, LeftAloneTx, LessonsTx, OwnPost
from twelp.texts import notes, reasons
from twelp.texts.phrase import Text

_UNDECIDED = (Stage.RECALLING, Stage.CORRECTING)
"""What stands of our answer is being taken down: it is not known yet what is open."""


class ByHandRows(AskingRows, LeftAloneTx, LessonsTx, Protocol):
    """Rows that `ByHand` touches."""


class ByHand:
    """Our own timeline, seen from the questions."""

    def __init__(
        self, ctx: Context[ByHandRows], *, reviews: Reviews, lessons: Lessons, lane: Lane, points: Points
    ) -> None:
        self._ctx = ctx
        self._points = points
        self._reviews = reviews
        self._lessons = lessons
        self._lane = lane

    def see_own_posts(self, network: str, posts: Iterable[OwnPost]) -> datetime | None:
        """Takes in our own posts, those of the ledger, too. Repeatable: each answers once.

        Returns:
            When the oldest post was made of which it cannot be told yet what it is; None: all are placed.
        """
        found = sorted(posts, key=lambda post: post.created_at)
        with self._ctx.store.read() as tx:
            answered = _answered_questions(tx, network, found)
            sent = tx.posted_for(set(answered.values()))
        undecided = []
        for post in found:
            question_id = answered.get(post.id) or self._goes_on_with(network, post)
            if question_id is None or {post.id, *post.earlier} & set(sent.get(question_id, ())):
                continue
            if not self._place(question_id, post):
                undecided.append(post.created_at)
        return min(undecided, default=None)

    def _goes_on_with(self, network: str, post: OwnPost) -> str | None:
        """The question whose answer this post continues, below a part of it that stands."""
        if post.in_reply_to is None:
            return None
        with self._ctx.store.read() as tx:
            return self._lane.goes_on_with(tx, network, post)

    @retry_on_conflict
    def _place(self, question_id: str, post: OwnPost) -> bool:
        """Whether this post, of which the ledger knows nothing, needs no second look."""
        with self._ctx.store.read() as tx:
            if _is_known(tx, question_id, post):
                return True
        with self._ctx.store.transaction() as tx:
            question = tx.question(question_id)
            if question is None or _is_known(tx, question_id, post) or not _of_this_turn(tx, question, post):
                return True
            row = tx.unfinished(question_id)
            calling = row is not None and row.state is DeliveryState.CALLING
            if calling or question.stage in _UNDECIDED:
                return False  # it may be ours, and delivery looks itself
            closed = self._answer(tx, question, post, row)
        if closed:
            self._lessons.catch_up()
        return True

    def answer_among(self, tx: ByHandRows, question: Question, posts: Iterable[OwnPost]) -> OwnPost | None:
        """The oldest of our own posts that answers what is open of this question, and is none of the ledger's."""
        posts = list(posts)
        answered = _answered_questions(tx, question.post.network, posts)
        found = [
            post
            for post in posts
            if answered.get(post.id) == question.id
            and not _is_known(tx, question.id, post)
            and _of_this_turn(tx, question, post)
            and not _said_since(question, post)
        ]
        return min(found, key=lambda post: post.created_at, default=None)

    def _answer(self, tx: ByHandRows, question: Question, post: OwnPost, row: Delivery | None) -> bool:
        """Closes the question, or keeps the words with it where something stands beside them; whether it is closed."""
        if self._lane.see(tx, question, post):
            return True
        stands = question.corrects is not None or (row is not None and row.done)
        if stands or lifecycle.after(question.stage, Step.BY_HAND) is None:
            self._beside(tx, question, post)
            return False
        if _said_since(question, post):
            self._keep_open(tx, question, post)
            return False
        if row is not None:
            now = self._ctx.clock.now()
            if tx.set_delivery(row, DeliveryState.FAILED, now, error=reasons.A_COLLEAGUE_ANSWERED) is None:
                raise Conflict(question.id)
        return self.close(tx, question, post)

    def close(self, tx: ByHandRows, question: Question, post: OwnPost) -> bool:
        """The question is answered by these words; what was confirmed for it is kept, and never goes out by itself."""
        if lifecycle.after(question.stage, Step.BY_HAND) is None:
            return False
        now = self._ctx.clock.now()
        confirmed = self._reviews.spoken(tx, question.id)
        url = self._ctx.rules(question.post.network).url(post.id, self._ctx.us[question.post.network].handle)
        holder = question.claimed_by if question.stage is Stage.CLAIMED else None
        theirs = confirmed or next((one for one in tx.answers(question.id) if one.expert == holder), None)
        words = _words(post)
        state = AnswerState.PUBLISHED
        answer = tx.save_answer(question.id, COLLEAGUE, words, (words,), state=state, reasons=(), at=now)
        answered = points.answered(question.points, self._covers(question, post), answer.id)
        free = {"claimed_by": None, "claimed_at": None, "claimed_until": None, "points": answered}
        moved = self._ctx.transition(tx, question, Step.BY_HAND, **free, reason="", reply_url=url)
        if moved is None:
            return False
        if confirmed is not None:
            why = (reasons.A_COLLEAGUE_ANSWERED,)
            tx.set_answer(confirmed.id, AnswerState.ALTERNATIVE, now, reasons=why)
        tx.set_answer(answer.id, state, now, post_ids=(post.id,))
        waited_s = (post.created_at - question.post.created_at).total_seconds()
        self._note_down(tx, moved, post, url, f"{waited_s:.0f} s after the post")
        topic = next((found.topic for found in question.topics if found.topic in self._ctx.roster.topics), None)
        if topic is not None:
            tx.learn(question.id, taught_by(moved, answer.id), topic, now)
        told = holder or (confirmed.expert if confirmed is not None else None)
        goes_on = self._points.go_on(tx, moved, answer, holder=told, draft=theirs.text if theirs is not None else "")
        self._ctx.refresh_cards(tx, goes_on or moved)
        if told is not None:
            self._tell(tx, question, told, post, notes.BY_HAND if goes_on is None else notes.BY_HAND_IN_PART)
        return True

    def _covers(self, question: Question, post: OwnPost) -> tuple[int, ...]:
        """Which of several things that were asked these words answer."""
        if post.text is None:
            return points.still_open(question.points)
        return points.covered(post.text, question.points, theirs=(), reader=reader_of(self._ctx.matcher))

    def _beside(self, tx: ByHandRows, question: Question, post: OwnPost) -> None:
        """An answer of ours stands, or the question is nobody's: the trail has the words, its author is told."""
        self._note_down(tx, question, post)
        answer = self._reviews.spoken(tx, question.id)
        if answer is not None and answer.expert != COLLEAGUE:
            self._tell(tx, question, answer.expert, post, notes.BY_HAND_TOO)

    def _keep_open(self, tx: ByHandRows, question: Question, post: OwnPost) -> None:
        """The customer wrote after these words, which are shown with what was said; what they wrote is open still."""
        said = Added(post.id, _words(post), post.created_at, ours=True)
        added = tuple(sorted((*question.added, said), key=lambda one: one.at))
        moved = self._ctx.transition(tx, question, Step.ADD, added=added)
        self._note_down(tx, question, post)
        if moved is not None:
            self._ctx.refresh_cards(tx, moved)

    def _note_down(self, tx: ByHandRows, question: Question, post: OwnPost, *more: str) -> None:
        said = (_mark(post), f"“{_words(post)}”", *more)
        self._ctx.journal(tx, question.id, "publish", JournalStep.ANSWERED, *said)

    def _tell(self, tx: ByHandRows, question: Question, person: str, post: OwnPost, form: Text) -> None:
        words = quoted(_words(post))
        text = form(words=words, url=question.post.url)
        key = NoteKind.BY_HAND.key(question.id, post.id, person)
        tell(self._ctx, tx, person, key, text, question=question.id)


def _words(post: OwnPost) -> str:
    return post.text if post.text is not None else str(reasons.WORDS_UNTOLD)


def _mark(post: OwnPost) -> str:
    """By which the trail tells that the post was seen."""
    return f"post {post.id}"


def _answered_questions(tx: ByHandRows, network: str, posts: Sequence[OwnPost]) -> Mapping[str, str]:
    """Own post → the question under whose post, or a later one of that customer in the conversation, it stands."""
    targets = {post.id: [f"{network}:{one}" for one in (post.in_reply_to, post.quotes) if one] for post in posts}
    filed = tx.filed({key for keys in targets.values() for key in keys})
    found = {}
    for post_id, keys in targets.items():
        for heard in (filed[key] for key in keys if key in filed):
            question = heard.question
            if question is None:
                latest = tx.latest_in_conversation(network, heard.conversation, heard.author_id)
                question = None if latest is None else latest.id
            if question is not None:
                found[post_id] = question
                break
    return found


def _is_known(tx: ByHandRows, question_id: str, post: OwnPost) -> bool:
    """Whether the ledger sent it, or it was seen before."""
    ids = {post.id, *post.earlier}
    if not ids.isdisjoint(tx.posted(question_id)):
        return True
    marks = {f"post {one}" for one in ids}
    seen = (entry.reasons for entry in tx.trail(question_id) if entry.step is JournalStep.ANSWERED)
    return any(not marks.isdisjoint(said) for said in seen)


def _of_this_turn(tx: ByHandRows, question: Question, post: OwnPost) -> bool:
    """Whether it was made after what is open: the customer may have come back since."""
    opened = tx.post(f"{question.post.network}:{question.reply_to}") if question.turn else None
    return opened is None or post.created_at >= opened[0].created_at


def _said_since(question: Question, post: OwnPost) -> Sequence[Added]:
    """What the customer added after this post, but that they need no answer."""
    return [one for one in question.added if not (one.ours or one.settles or one.edited) and one.at > post.created_at]
