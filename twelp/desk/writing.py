"""Writing: what the answer modal shows and keeps, from the first word to the last before the confirmation.

Whatever is proposed here (an earlier answer, a shorter text) is a draft: nothing in this module can publish.
"""

from __future__ import annotations

from dataclasses import replace

from twelp.desk import seeing
from twelp.desk.bench import decided_again
from twelp.desk.reviewing import Reviewing
from twelp.flow import answer as answers
from twelp.flow import gate, publish, seen, shorten, similar
from twelp.flow.seen import Act
from twelp.model import (
    Answer,
    AnswerState,
    Done,
    Earlier,
    Expert,
    Finding,
    Form,
    Press,
    Preview,
    Question,
    Stage,
    Topic,
)
from twelp.ports import Overtaken, Tx
from twelp.texts import acts

_ANSWERABLE = (Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.UNANSWERED)


class Writing(Reviewing):
    """Drafts and previews."""

    @decided_again
    def begin_answer(self, question_id: str, person: str, press: Press | None = None) -> Form | Done:
        """Takes the question for this person and gives what the modal opens with, or why not.

        Whatever the card showed: the modal shows the question as it is now.
        """
        with self.store.begin() as tx:
            question, refusal = self._for(tx, question_id, person)
            if question is None:
                return refusal
            again = seeing.sent_again(self, tx, press)
            if again is not None:
                return again
            taken = self.take(tx, question, person)
            if isinstance(taken, Done):
                return taken
        with self.store.look() as tx:  # what it opens with is read after the commit: nobody else waits for that
            mine = self._mine(tx, question_id, person)
            return self._form(tx, taken, person, mine.text if mine else "")

    def _form(self, tx: Tx, question: Question, person: str, draft: str, replaced: str = "") -> Form:
        author = self.roster.experts[person]
        topic = self._topic(question, author)
        return Form(
            question=question.id,
            post=question.post,
            topic=topic.name if topic else "",
            draft=draft,
            signature=f"^{author.initials}",
            limit=publish.left(publish.compose("x", author.initials)) + 1,
            thread=tuple(replace(s, handle=self._us(question)) if s.ours else s for s in tx.conversation(question)),
            similar=self._similar(tx, question),
            replaced=replaced,
            seen=str(seen.mark(question, None)),
        )

    def _us(self, question: Question) -> str:
        return self.roster.brand.handles.get(question.post.network, self.roster.brand.name)

    def _similar(self, tx: Tx, question: Question) -> tuple[Earlier, ...]:
        """Up to three earlier answers to questions like this one, by who wrote them."""
        about = [found.topic for found in question.topics[:2]]
        found = similar.nearest(question.post.text, tx.answered(about)) if about else ()
        return tuple(replace(one, expert=self.name(one.expert)) for one in found)

    @decided_again
    def start_from(
        self, question_id: str, person: str, answer_id: int, text: str, press: Press | None = None
    ) -> Form | Done:
        """The form with an earlier answer in it, below what was typed already; still only a draft."""
        with self.store.begin() as tx:
            question, refusal = self._for(tx, question_id, person)
            earlier = tx.answer(answer_id)
            if question is None:
                return refusal
            if earlier is None or earlier.state is not AnswerState.PUBLISHED:
                return Done(False, acts.EARLIER_IS_GONE)
            made = answers.plain(text)
            draft = "\n".join(part for part in (made.text, earlier.text) if part)
            return self._redraft(tx, question, person, draft, changes=made.changes, press=press)

    @decided_again
    def shorten(self, question_id: str, person: str, text: str, press: Press | None = None) -> Form | Done:
        """The form with a proposal that fits in place of the text, which is shown beside it; still only a draft."""
        with self.store.begin() as tx:
            question, refusal = self._for(tx, question_id, person)
            if question is None:
                return refusal
            initials = self.roster.experts[person].initials
            made = answers.plain(text)
            draft = shorten.shorter(made.text, lambda shorter: publish.left(publish.compose(shorter, initials)) >= 0)
            return self._redraft(tx, question, person, draft, made.text, made.changes, press=press)

    @decided_again
    def part_words(self, question_id: str, person: str, text: str, press: Press | None = None) -> Form | Done:
        """The form with a space in every link that looks like a slip of the finger; still only a draft."""
        with self.store.begin() as tx:
            question, refusal = self._for(tx, question_id, person)
            if question is None:
                return refusal
            made = answers.plain(text)
            draft = publish.parted(made.text, self.roster.brand.links)
            return self._redraft(tx, question, person, draft, changes=made.changes, press=press)

    def answerable(self, person: str, channel: str, ts: str) -> tuple[Question, ...] | Done:
        """Questions a message may be suggested for: the one whose card it stands under, else those before them."""
        with self.store.look() as tx:
            refused = self.may_act(tx, person)
            if refused is not None:
                return refused
            above = tx.ask_at(channel, ts) if ts else None
            question = tx.question(above.question) if above else None
            if question is not None and question.stage in _ANSWERABLE:
                return (question,)
            return tuple(question for question, _ in tx.before(person))

    @decided_again
    def suggest(self, question_id: str, person: str, text: str) -> Form | Done:
        """The form with a colleague's words in it, below the draft so far; the question is claimed. Still a draft."""
        with self.store.begin() as tx:
            question, refusal = self._for(tx, question_id, person)
            if question is None:
                return refusal
            taken = self.take(tx, question, person)
            if isinstance(taken, Done):
                return taken
            mine = self._mine(tx, question_id, person)
            made = answers.plain(text)
            words = made.text
            parts = [mine.text, words] if mine and words not in mine.text else [mine.text if mine else words]
            now, draft = self.clock.now(), "\n".join(part for part in parts if part)
            tx.save_answer(question_id, person, draft, (), state=AnswerState.DRAFT, reasons=(), at=now)
            return replace(self._form(tx, taken, person, draft), changes=made.changes)

    def _redraft(
        self,
        tx: Tx,
        question: Question,
        person: str,
        draft: str,
        replaced: str = "",
        changes: tuple[str, ...] = (),
        *,
        press: Press | None,
    ) -> Form | Done:
        if question.stage is not Stage.CLAIMED or question.claimed_by != person:
            return Done(False, self.standing(question))
        unseen = seeing.refusal(self, tx, Act.DRAFT, question, person, press)
        if unseen is not None:
            return unseen
        if not tx.stays(question):
            raise Overtaken(question.id)
        now = self.clock.now()
        tx.save_answer(question.id, person, draft, (), state=AnswerState.DRAFT, reasons=(), at=now)
        return replace(self._form(tx, question, person, draft, replaced), changes=changes)

    def preview(self, question_id: str, person: str, text: str, thread: bool = False) -> Preview:
        """The text as it would go out from this person, what is left, and what the gate sees. Writes nothing.

        `thread`: as several posts, where it is too long for one.
        """
        with self.store.look() as tx:
            question = tx.question(question_id)
        author = self.roster.experts.get(person)
        if question is None or author is None:
            return Preview(("",), 0, (Finding("unknown", acts.NO_LONGER_YOURS),))
        return self._examine(question, author, text, thread=thread)

    @decided_again
    def save_draft(self, question_id: str, person: str, text: str, press: Press | None = None) -> str:
        """Keeps what is being typed, and the lease with it: it is renewed once half of it is gone.

        After the lease ran out, the text is kept as well: who confirms first has it. Typed in a window of an earlier
        lease it is not kept, as it would replace what became of the text since; then why, else an empty text.
        """
        with self.store.begin() as tx:
            question, _ = self._for(tx, question_id, person)
            if question is None or question.stage not in _ANSWERABLE:
                return ""
            holds = question.stage is Stage.CLAIMED and question.claimed_by == person
            mine = None if holds else self._mine(tx, question_id, person)
            if not holds and (mine is None or mine.state is not AnswerState.DRAFT):
                return ""
            if seeing.unlike(tx, Act.DRAFT, question, person, press) is not None:
                return acts.EARLIER_WINDOW
            if not tx.stays(question):
                raise Overtaken(question_id)
            now = self.clock.now()
            plain = answers.plain(text).text
            tx.save_answer(question_id, person, plain, (), state=AnswerState.DRAFT, reasons=(), at=now)
            lease = self.policy.claim_for
            if holds and question.claimed_until and not lease / 2 <= question.claimed_until - now <= lease:
                tx.move(question, question.stage, claimed_until=now + self.policy.claim_for)
            return ""

    def _examine(self, question: Question, author: Expert, text: str, *, thread: bool) -> Preview:
        """The public posts, the room left, and the gate's findings: one body for preview and confirm."""
        made = answers.plain(text)
        whole = publish.compose(made.text, author.initials)
        left = publish.left(whole)
        cut = publish.split(made.text, author.initials) if left < 0 else (whole,)
        posts, as_thread = (cut, 0) if thread else ((whole,), len(cut) if len(cut) > 1 else 0)
        if thread and left < 0:
            left = publish.left(cut[-1]) if len(cut) > 1 else min(left + (publish.MOST_POSTS - 1) * publish.LIMIT, -1)
        topic = self._topic(question, author)
        own = self.roster.brand.links
        links = publish.all_named(posts, own)
        seen = gate.check(made.text, whole, posts=posts, left=left, author=author, topic=topic)
        findings = gate.in_order((*seen, *gate.strange_links(links, allowed=own)))
        return Preview(posts, left, findings, as_thread, made.changes, links)

    def _topic(self, question: Question, author: Expert) -> Topic | None:
        """The best of the question's topics that the author stands for, else the best one."""
        ids = [t.topic for t in question.topics if t.topic in self.roster.topics]
        mine = [t for t in ids if t in author.topics]
        return self.roster.topics[(mine or ids)[0]] if ids else None

    def _mine(self, tx: Tx, question_id: str, person: str) -> Answer | None:
        return next((a for a in tx.answers(question_id) if a.expert == person), None)
