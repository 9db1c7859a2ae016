"""Drafts: what the answer modal shows and keeps, from the first word to the last before the confirmation.

Whatever is proposed here (an earlier answer, a shorter text) is a draft: nothing in this module can publish.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from twelp.desk import privately, seeing
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.previews import Previews
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.flow import answer as answers
from twelp.flow import card, publish, seen, shorten, similar, subject
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import (
    Answer,
    AnswerState,
    Done,
    Earlier,
    Form,
    Press,
    Question,
    Stage,
)
from twelp.ports import AnswersTx, Conflict, LeftAloneTx, PutBeforeTx
from twelp.texts import acts

_ANSWERABLE = (Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.UNANSWERED, Stage.SETTLED, Stage.CRISIS)


class DraftsRows(AskingRows, LeftAloneTx, PutBeforeTx, Protocol):
    """Rows that `Drafts` touches."""


class Drafts:
    """Drafts and previews."""

    def __init__(
        self,
        ctx: Context[DraftsRows],
        *,
        claims: Claims,
        previews: Previews,
        roll: Roll,
    ) -> None:
        self._ctx = ctx
        self._claims = claims
        self._previews = previews
        self._roll = roll

    def begin_answer(self, question_id: str, person: str, press: Press | None = None) -> Form | Done:
        """Takes the question for this person and gives what the modal opens with, or why not.

        Whatever the card showed: the modal shows the question as it is now, on its network, too.
        """
        if self._ctx.look is not None:
            self._ctx.look(question_id)
        with self._ctx.store.read() as tx:
            stands = tx.belongs_to(question_id)  # the look may have found that its customer posted it anew
        return self._begin(stands or question_id, person, press)

    @retry_on_conflict
    def _begin(self, question_id: str, person: str, press: Press | None) -> Form | Done:
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            again = seeing.sent_again(self._ctx, tx, press)
            if again is not None:
                return again
            taken = self._claims.take(tx, question, person)
            if isinstance(taken, Done):
                return taken
        with self._ctx.store.read() as tx:  # what it opens with is read after the commit: nobody else waits for that
            mine = self.draft_of(tx, question_id, person)
            return self._form(tx, taken, person, mine.text if mine else "")

    def _form(self, tx: DraftsRows, question: Question, person: str, draft: str, replaced: str = "") -> Form:
        author = self._ctx.roster.experts[person]
        topic = self._previews.topic_for(question, author)
        rules, brand = self._ctx.rules(question.post.network), self._ctx.roster.brand
        return Form(
            question=question.id,
            post=question.post,
            topic=topic.name if topic else "",
            draft=draft,
            signature=f"^{author.initials}",
            limit=publish.room(author.initials, rules),
            thread=tuple(
                replace(s, handle=self._us(question)) if s.ours else s for s in tx.conversation(question.post)
            ),
            similar=self._similar(tx, question),
            replaced=replaced,
            seen=str(seen.mark(question, None)),
            network=rules.display_name,
            privately=brand.privately is not None and privately.is_private(question, brand),
            points=card.points_of(question, self._ctx.roster, author.topics),
        )

    def _us(self, question: Question) -> str:
        return self._ctx.roster.brand.handles.get(question.post.network, self._ctx.roster.brand.name)

    def _similar(self, tx: DraftsRows, question: Question) -> tuple[Earlier, ...]:
        """Up to three earlier answers to questions like this one, by who wrote them."""
        about = [found.topic for found in question.topics[:2]]
        found = (
            similar.nearest(subject.words(question.post), tx.answered(about), alike=self._ctx.matcher.alike)
            if about
            else ()
        )
        return tuple(replace(one, expert=self._ctx.name(one.expert)) for one in found)

    @retry_on_conflict
    def start_from(
        self, question_id: str, person: str, answer_id: int, text: str, press: Press | None = None
    ) -> Form | Done:
        """The form with an earlier answer in it, below what was typed already; still only a draft."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            earlier = tx.answer(answer_id)
            if question is None:
                return refusal
            if earlier is None or earlier.state is not AnswerState.PUBLISHED:
                return Done(False, acts.EARLIER_IS_GONE)
            made = answers.plain(text)
            draft = "\n".join(part for part in (made.text, earlier.text) if part)
            return self._redraft(tx, question, person, draft, changes=made.changes, press=press)

    @retry_on_conflict
    def shorten(self, question_id: str, person: str, text: str, press: Press | None = None) -> Form | Done:
        """The form with a proposal that fits in place of the text, which is shown beside it; still only a draft."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            initials, rules = self._ctx.roster.experts[person].initials, self._ctx.rules(question.post.network)
            made = answers.plain(text)
            draft = shorten.shorter(
                made.text, lambda shorter: publish.left(publish.compose(shorter, initials), rules) >= 0
            )
            return self._redraft(tx, question, person, draft, made.text, made.changes, press=press)

    @retry_on_conflict
    def part_words(self, question_id: str, person: str, text: str, press: Press | None = None) -> Form | Done:
        """The form with a space in every link that looks like a slip of the finger; still only a draft."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            made = answers.plain(text)
            rules = self._ctx.rules(question.post.network)
            draft = publish.parted(made.text, self._ctx.roster.brand.links, rules)
            return self._redraft(tx, question, person, draft, changes=made.changes, press=press)

    @retry_on_conflict
    def ask_privately(self, question_id: str, person: str, text: str, press: Press | None = None) -> Form | Done:
        """The form with the line that asks the customer to write privately, below the text; still only a draft."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            made, line = answers.plain(text), privately.line(question, self._ctx.roster.brand)
            parts = (made.text, "" if line in made.text else line)
            draft = "\n".join(part for part in parts if part)
            return self._redraft(tx, question, person, draft, changes=made.changes, press=press)

    def answerable(self, person: str, channel: str, ts: str) -> tuple[Question, ...] | Done:
        """Questions a message may be suggested for: the one whose card it stands under, else those before them."""
        with self._ctx.store.read() as tx:
            refused = self._roll.may_act(tx, person)
            if refused is not None:
                return refused
            above = tx.ask_at(channel, ts) if ts else None
            question = tx.question(above.question) if above else None
            if question is not None and question.stage in _ANSWERABLE:
                return (question,)
            return tuple(question for question, _ in tx.before(person))

    @retry_on_conflict
    def suggest(self, question_id: str, person: str, text: str) -> Form | Done:
        """The form with a colleague's words in it, below the draft so far; the question is claimed. Still a draft."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            taken = self._claims.take(tx, question, person)
            if isinstance(taken, Done):
                return taken
            mine = self.draft_of(tx, question_id, person)
            made = answers.plain(text)
            words = made.text
            parts = [mine.text, words] if mine and words not in mine.text else [mine.text if mine else words]
            now, draft = self._ctx.clock.now(), "\n".join(part for part in parts if part)
            tx.save_answer(question_id, person, draft, (), state=AnswerState.DRAFT, reasons=(), at=now)
            return replace(self._form(tx, taken, person, draft), changes=made.changes)

    def _redraft(
        self,
        tx: DraftsRows,
        question: Question,
        person: str,
        draft: str,
        replaced: str = "",
        changes: tuple[str, ...] = (),
        *,
        press: Press | None,
    ) -> Form | Done:
        if question.stage is not Stage.CLAIMED or question.claimed_by != person:
            return Done(False, self._claims.standing(question))
        unseen = seeing.refusal(self._ctx, tx, Act.DRAFT, question, person, press)
        if unseen is not None:
            return unseen
        if not tx.lock_if_unchanged(question):
            raise Conflict(question.id)
        now = self._ctx.clock.now()
        tx.save_answer(question.id, person, draft, (), state=AnswerState.DRAFT, reasons=(), at=now)
        return replace(self._form(tx, question, person, draft, replaced), changes=changes)

    @retry_on_conflict
    def save_draft(self, question_id: str, person: str, text: str, press: Press | None = None) -> str | None:
        """Keeps what is being typed, and the lease with it: it is renewed once half of it is gone.

        After the lease ran out, the text is kept as well: who confirms first has it. Typed in a window of an earlier
        lease it is not kept, as it would replace what became of the text since; then why, else None.
        """
        with self._ctx.store.transaction() as tx:
            question, _ = self._claims.question_for(tx, question_id, person)
            if question is None or question.stage not in _ANSWERABLE:
                return None
            holds = question.stage is Stage.CLAIMED and question.claimed_by == person
            mine = None if holds else self.draft_of(tx, question_id, person)
            if not holds and (mine is None or mine.state is not AnswerState.DRAFT):
                return None
            if seeing.unlike(tx, Act.DRAFT, question, person, press) is not None:
                return acts.EARLIER_WINDOW
            if not tx.lock_if_unchanged(question):
                raise Conflict(question_id)
            now = self._ctx.clock.now()
            plain = answers.plain(text).text
            tx.save_answer(question_id, person, plain, (), state=AnswerState.DRAFT, reasons=(), at=now)
            lease = self._ctx.policy.claim_for
            wanes = question.claimed_until and not lease / 2 <= question.claimed_until - now <= lease
            if holds and wanes and self._ctx.transition(tx, question, Step.RENEW, claimed_until=now + lease):
                self._ctx.jobs.reschedule(tx, f"lapse:{question.id}", now + lease)
            return None

    def draft_of(self, tx: AnswersTx, question_id: str, person: str) -> Answer | None:
        return next((a for a in tx.answers(question_id) if a.expert == person), None)
