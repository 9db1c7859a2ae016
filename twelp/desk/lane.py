"""The manual lane: an answer that the network takes from no program is posted by a moderator, in the network's own app.

It was confirmed and passed like any other. The moderators get its words and a link that opens the network's composer.
Our own timeline shows when it stands, whether somebody pressed *I posted it* or not: then it is published like any
other answer, with that address. Its author hears of each step.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from twelp.desk import seeing
from twelp.desk.approvals import Approvals
from twelp.desk.cards import intent_url
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.conversations import Conversations
from twelp.desk.publications import Publications
from twelp.desk.reviews import Reviews
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.desk.telling import tell
from twelp.flow import answer as answers
from twelp.flow import card
from twelp.flow.lifecycle import BY_MODERATORS, Step
from twelp.flow.publish import Likeness, compare_words
from twelp.flow.seen import Act
from twelp.model import (
    Answer,
    AnswerState,
    Card,
    DeliveryKind,
    DeliveryState,
    Done,
    JournalStep,
    NoteKind,
    Press,
    Question,
    Stage,
)
from twelp.ports import LeftAloneTx, LessonsTx, OwnPost
from twelp.texts import acts, notes, reasons
from twelp.texts.phrase import Text

WATCHED_FOR: Final = timedelta(minutes=5)
"""How long our own timeline is watched for an answer that somebody says is posted."""


_MOST: Final = 200
"""Answers in the lane among which the next part of a thread is looked for."""


class LaneRows(AskingRows, LeftAloneTx, LessonsTx, Protocol):
    """Rows that `Lane` touches."""


class Lane:
    """Answers that moderators post by hand."""

    def __init__(
        self,
        ctx: Context[LaneRows],
        *,
        approvals: Approvals,
        claims: Claims,
        reviews: Reviews,
        roll: Roll,
        publications: Publications,
        conversations: Conversations,
    ) -> None:
        self._ctx = ctx
        self._approvals = approvals
        self._claims = claims
        self._reviews = reviews
        self._roll = roll
        self._publications = publications
        self._conversations = conversations

    def hand_over(self, tx: LaneRows, question: Question, answer: Answer, why: str) -> bool:
        """The network takes it from no program: the moderators are asked; False where nobody moderates."""
        if not self._roll.active(tx).moderators():
            return False
        moved = self._ctx.transition(tx, question, Step.HAND_OVER, reason=reasons.IN_LANE(why=why), claimed_until=None)
        if moved is None:
            return False
        if answer.state is not AnswerState.ACCEPTED:
            tx.set_answer(answer.id, AnswerState.ACCEPTED, self._ctx.clock.now())
        self._ctx.journal(tx, question.id, "publish", JournalStep.LANE, why)
        self._reviews.review(tx, moved, answer)
        self._reviews.review_again(tx, moved, answer)
        self._reviews.review_later(tx, moved, 0)
        self._refresh(tx, moved)
        self._tell_author(tx, moved, answer, notes.IN_LANE(why=why, url=question.post.url), moved.version)
        return True

    # ------------------------------------------------------------ what a moderator does

    @retry_on_conflict
    def say_posted(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """A moderator says that they posted it: our own timeline is watched for it."""
        with self._ctx.store.transaction() as tx:
            found = self._approvals.answer_for(tx, question_id, person, Stage.LANE)
            if isinstance(found, Done):
                return found
            question, _ = found
            unseen = seeing.refusal(self._ctx, tx, Act.SAY_POSTED, question, person, press)
            if unseen is not None:
                return unseen
            until, reason = self._ctx.clock.now() + WATCHED_FOR, reasons.SAYS_POSTED(who=self._ctx.name(person))
            moved = self._ctx.transition(tx, question, Step.SAY_POSTED, reason=reason, claimed_until=until)
            if moved is None:
                return Done(False, self._claims.standing(question))
            self._ctx.journal(tx, question_id, person, JournalStep.SAYS_POSTED)
            seek = f"seek:{question_id}:{moved.version}"
            self._ctx.enqueue(tx, "seek", seek, question_id, until.isoformat(), 0, queue="network", subject=question_id)
            self._refresh(tx, moved)
            return Done(True, acts.IS_SOUGHT)

    def lane_answer(self, question_id: str, person: str, press: Press | None = None) -> Card | Done:
        """The answer as the window shows it in which a moderator says why nobody posts it; or why not."""
        with self._ctx.store.read() as tx:
            found = self._approvals.answer_for(tx, question_id, person, Stage.LANE)
            if isinstance(found, Done):
                return found
            question, answer = found
            part = seeing.unlike(tx, Act.DROP, question, person, press)
            shown = self._card(tx, question, answer)
            return shown if part is None else replace(shown, note=acts.CHANGED_SINCE)

    @retry_on_conflict
    def drop(self, question_id: str, person: str, note: str, press: Press | None = None) -> Done:
        """A moderator does not post it: its author is told why; by one window once."""
        with self._ctx.store.transaction() as tx:
            found = self._approvals.answer_for(tx, question_id, person, Stage.LANE)
            if isinstance(found, Done):
                return found
            question, answer = found
            unseen = seeing.refusal(self._ctx, tx, Act.DROP, question, person, press)
            if unseen is not None:
                return unseen
            if self._ctx.sent_before(tx, question, press):
                return Done(False, acts.SENT_BEFORE)
            who, word = self._ctx.name(person), answers.clean(note, escaped=False)
            why = reasons.NOT_POSTED(who=who, why=word) if word else reasons.NOT_POSTED_SILENTLY(who=who)
            moved = self._ctx.transition(tx, question, Step.DROP, reason=why)
            if moved is None:
                return Done(False, self._claims.standing(question))
            tx.set_answer(answer.id, AnswerState.REFUSED, self._ctx.clock.now(), reasons=(why,))
            self._ctx.journal(tx, question_id, person, JournalStep.NOT_POSTED_BY_HAND, why)
            self._ctx.journal(tx, question_id, "publish", JournalStep.REFUSED, why)
            self._refresh(tx, moved)
            self._tell_author(tx, moved, answer, notes.NOT_POSTED(why=why, url=question.post.url), moved.version)
            return Done(True, acts.DROPPED)

    # ------------------------------------------------------------ what our own timeline shows

    def see(self, tx: LaneRows, question: Question, post: OwnPost) -> bool:
        """Whether this own post is the answer, or its next part; it is taken for that then."""
        answer = self._reviews.spoken(tx, question.id)
        if question.stage not in BY_MODERATORS or answer is None or post.text is None:
            return False
        missing = answer.posts[len(answer.post_ids) :]
        above = answer.post_ids[-1] if answer.post_ids else None
        if not missing or (above is not None and post.in_reply_to != above):
            return False
        rules = self._ctx.rules(question.post.network)
        if compare_words(missing[0], post.text, rules.shortener) is not Likeness.SAME:
            return False
        self._into_ledger(tx, question, answer, post)
        ids = (*answer.post_ids, post.id)
        if len(missing) > 1:
            self._found_a_part(tx, question, answer, ids)
        else:
            url = rules.url(ids[0], self._ctx.us[question.post.network].handle)
            self._found(tx, question, answer, ids, url, post)
        return True

    def goes_on_with(self, tx: LaneRows, network: str, post: OwnPost) -> str | None:
        """The question whose answer a part of stands, where this own post is below that part."""
        above = post.in_reply_to
        waiting = (one for one in tx.waiting(tuple(BY_MODERATORS), _MOST) if one.post.network == network)
        for question in waiting if above is not None else ():
            answer = self._reviews.spoken(tx, question.id)
            if answer is not None and above in answer.post_ids:
                return question.id
        return None

    def _into_ledger(self, tx: LaneRows, question: Question, answer: Answer, post: OwnPost) -> None:
        """From now on it is known for ours: it can be taken back and corrected like what twelp sent."""
        now, reply = self._ctx.clock.now(), DeliveryKind.REPLY
        about = {"question": question.id, "subject": str(answer.id)}
        key = f"by_hand:{question.post.network}:{post.id}"
        number = tx.add_delivery(key, reply, **about, pieces=(post.text or "",), at=now, target=post.in_reply_to or "")
        row = tx.delivery(number) if number is not None else None
        if row is not None:
            tx.set_delivery(row, DeliveryState.SENT, now, done=(post.id,))

    def _found_a_part(self, tx: LaneRows, question: Question, answer: Answer, ids: tuple[str, ...]) -> None:
        moved = self._ctx.transition(tx, question, Step.FIND)
        if moved is not None:
            tx.set_answer(answer.id, AnswerState.ACCEPTED, self._ctx.clock.now(), post_ids=ids)
            part = f"{len(ids)} of {len(answer.posts)}"
            self._ctx.journal(tx, question.id, "publish", JournalStep.STANDS, part, f"post {ids[-1]}")
            self._refresh(tx, moved)

    def _found(
        self, tx: LaneRows, question: Question, answer: Answer, ids: tuple[str, ...], url: str, post: OwnPost
    ) -> None:
        moved = self._publications.stands(tx, question, answer, ids, url)
        if moved is None:
            return
        self._refresh(tx, moved)
        self._tell_author(tx, moved, answer, notes.POSTED_BY_HAND(url=url), "stands")
        self._conversations.go_on(tx, moved, post.created_at)

    @retry_on_conflict
    def missed(self, question_id: str, until: datetime, *, read: bool) -> None:
        """Our own timeline was watched up to that hour and did not show it: who said that it is posted is told.

        Args:
            question_id: whose answer it is.
            until: the hour.
            read: whether the timeline could be read.
        """
        with self._ctx.store.transaction() as tx:
            question = tx.question(question_id)
            answer = self._reviews.spoken(tx, question_id)
            if question is None or answer is None or not is_sought(question, until):
                return
            why = reasons.NOT_SEEN if read else reasons.TIMELINE_UNREAD
            moved = self._ctx.transition(tx, question, Step.MISS, reason=why, claimed_until=None)
            if moved is None:
                return
            self._ctx.journal(tx, question_id, "publish", JournalStep.NOT_SEEN, why)
            self._reviews.review_later(tx, moved, 0)
            self._refresh(tx, moved)
            said = [one.actor for one in tx.trail(question_id) if one.step is JournalStep.SAYS_POSTED]
            for person in said[-1:]:
                text = notes.NOT_SEEN(why=why, url=question.post.url)
                key = NoteKind.LANE.key(question_id, moved.version, person)
                tell(self._ctx, tx, person, key, text, question=question_id)

    # ------------------------------------------------------------ inside

    def to_post(self, tx: LaneRows, question: Question) -> Card:
        """An answer in the lane, as the tab of a moderator shows it."""
        answer = self._reviews.spoken(tx, question.id)
        return self._card(tx, question, answer)

    def _card(self, tx: LaneRows, question: Question, answer: Answer | None) -> Card:
        rules, found = self._ctx.rules(question.post.network), tx.answers(question.id)
        url = intent_url(rules, question, found)
        shown = card.in_lane(question, answer, self._ctx.roster, url, rules.display_name)
        return seeing.marked(shown, question, found)

    def _refresh(self, tx: LaneRows, question: Question) -> None:
        """Every card and every moderator's tab, which list the answer, whoever was asked about it."""
        self._ctx.refresh_cards(tx, question)
        moderators = [one.id for one in self._roll.moderators(tx)]
        self._ctx.refresh_homes(tx, moderators, f"lane:{question.id}:{question.version}")

    def _tell_author(self, tx: LaneRows, question: Question, answer: Answer, text: Text | str, mark: object) -> None:
        to = answer.expert
        if to in self._ctx.roster.experts:
            key = NoteKind.LANE.key(question.id, mark, to)
            tell(self._ctx, tx, to, key, text, question=question.id)


def is_sought(question: Question, until: datetime) -> bool:
    """Whether the answer is still looked for, because of the press that set this hour."""
    return question.stage is Stage.SOUGHT and question.claimed_until == until
