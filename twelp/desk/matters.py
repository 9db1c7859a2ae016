"""Matters: questions about the same are asked once, answered once, and each customer gets a reply of their own.

The first question of a matter leads: it is put before people, and its card says how many ask. Others join it (stage
JOINED) and are asked by nobody. Once the lead's answer stands, with the wordings that its author confirmed for the
others, each of them gets one, a few at a time. Where the lead ends without such an answer, the oldest of the others
leads. What belongs to a lead is looked at by the job `matter`, which looks at the rows anew each time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from twelp.desk.alarms import Alarms
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.halts import Halts
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows, StepRows
from twelp.flow import lifecycle, sameness, subject
from twelp.flow import variants as wordings
from twelp.flow.lifecycle import Step
from twelp.flow.triage.signs import language
from twelp.model import (
    Answer,
    AnswerState,
    DeliveryKind,
    Done,
    JournalStep,
    NoteKind,
    Question,
    Stage,
)
from twelp.ports import Conflict
from twelp.texts import acts, notes, reasons

SHARED_AT_ONCE: Final = 3
SHARED_EVERY: Final = timedelta(seconds=5)
"""Replies to others who ask the same are spaced: so many at once, and the next ones later."""

_STORM_FROM: Final = (10, 50, 200, 1_000)
"""How many ask the same when moderators hear of it, each once."""

_SHOWN_AT: Final = (*range(2, 11), 12, 15, 20, 25, 30, 40, 50, 75)
"""How many ask the same when cards are drawn anew; above, at each hundred."""

_MAY_BE_JOINED: Final = lifecycle.UNCLAIMED | lifecycle.CONFIRMED | {Stage.CLAIMED, Stage.PUBLISHED}
_LEADS_NO_MORE: Final = (lifecycle.FINAL - {Stage.PUBLISHED}) | {Stage.CRISIS}
_AHEAD: Final = timedelta(minutes=2)
_MOST: Final = 20_000
_EXAMPLES: Final = 2


class Matters:
    """Who asks the same."""

    def __init__(
        self, ctx: Context[AskingRows], *, roll: Roll, dispatcher: Dispatcher, halts: Halts, alarms: Alarms
    ) -> None:
        self._ctx = ctx
        self._roll = roll
        self._dispatcher = dispatcher
        self._halts = halts
        self._alarms = alarms
        self._index = sameness.Index(ctx.matcher.alike)
        self._known_until: datetime | None = None

    # ------------------------------------------------------------ joining

    def join(self, tx: AskingRows, question: Question) -> bool:
        """Whether this new question joins another of the same matter; then nobody is asked about it by itself.

        Raises:
            Conflict: the other one was moved at this moment.
        """
        if not self._ctx.policy.group:
            return False
        self._catch_up(tx)
        self._index.drop(question.id)  # of a try that was overtaken
        said, at = self._told(question), question.post.created_at
        found = self._index.find(said, at)
        lead = self._lead(tx, found.matter, question) if found is not None else None
        if found is None or lead is None:
            self._index.add(question.id, said, at)  # at once, for those of the same page; rows are looked at anyhow
            return False
        if not tx.add_asker(lead):
            raise Conflict(lead.id)
        why = reasons.SAME_MATTER(score=f"{found.score:.2f}", why="; ".join(found.reasons))
        if self._ctx.transition(tx, question, Step.JOIN, matter=lead.id, reason=why) is None:
            return False
        self._ctx.journal(tx, question.id, "matter", JournalStep.JOINED, lead.id, *found.reasons)
        self._index.joined(lead.id, said, at)
        self._told_of(tx, lead, lead.askers + 1)
        if lead.stage is Stage.PUBLISHED:
            self._look_soon(tx, lead.id)
        return True

    def _lead(self, tx: AskingRows, matter: str, question: Question) -> Question | None:
        """The question that leads the matter, if another may join it now."""
        lead = tx.question(matter)
        if lead is None or lead.stage not in _MAY_BE_JOINED or lead.post.network != question.post.network:
            self._index.drop(matter)
            return None
        if lead.stage is Stage.PUBLISHED and not self._shareable(tx, lead):
            return None
        return lead

    def _shareable(self, tx: AskingRows, lead: Question) -> Answer | None:
        """The lead's public answer, where wordings for others were confirmed with it."""
        answers = tx.answers(lead.id)
        return next((one for one in answers if one.state is AnswerState.PUBLISHED and one.variants), None)

    def _told(self, question: Question) -> sameness.Told:
        words = subject.words(question.post)
        products = tuple(alias for topic in self._ctx.roster.topics.values() for alias in topic.aliases)
        topic = question.topics[0].topic if question.topics else None
        return sameness.told(words, products=products, language=language(words), topic=topic)

    def _catch_up(self, tx: AskingRows) -> None:
        """What other processes opened, or this one before it was started, may be joined, too."""
        now = self._ctx.clock.now()
        since = now - sameness.LATELY if self._known_until is None else self._known_until - _AHEAD
        if self._known_until is not None and now - self._known_until < _AHEAD:
            return
        self._known_until = now
        for question in tx.waiting(tuple(_MAY_BE_JOINED), _MOST, since=since):
            if question.matter is None and not question.points and question.id not in self._index:
                self._index.add(question.id, self._told(question), question.post.created_at)

    def _told_of(self, tx: AskingRows, lead: Question, askers: int) -> None:
        """Cards say how many ask; moderators hear of a storm."""
        if askers in _SHOWN_AT or askers % 100 == 0:
            under_way = tx.refreshing(lead.id)
            for ask in tx.asks(lead.id):
                if ask.sent and str(ask.id) not in under_way:
                    tx.set_ask(ask.id, shown=-1)
                    key, to = f"refresh:{ask.id}:asked by {askers}", ask.expert
                    self._ctx.send(tx, DeliveryKind.REFRESH, key, question=lead.id, subject=str(ask.id), to=to)
        if askers in _STORM_FROM:
            others = tx.joined(lead.id, _EXAMPLES, newest=True)
            quoted = [" ".join(one.post.own_text.split())[:120] for one in (lead, *others)]
            text = notes.STORM(count=askers, words=" / ".join(quoted), url=lead.post.url)
            self._alarms.tell_moderators(tx, NoteKind.STORM.key(lead.id, askers), lead.id, text)

    # ------------------------------------------------------------ what follows from the lead

    def lead_ended(self, tx: StepRows, lead: Question) -> None:
        """To be called when a question's answer stands or it is over: those who joined it are looked at."""
        if lead.matter is None and tx.askers(lead.id) > 1:
            self._look_soon(tx, lead.id)

    def _look_soon(self, tx: StepRows, lead: str, delay: timedelta | None = None) -> None:
        self._ctx.enqueue(tx, "matter", f"matter:{lead}", lead, delay=delay)

    @retry_on_conflict
    def look(self, lead_id: str) -> None:
        """Gives some of those who joined a lead its answer, or lets the oldest of them lead."""
        with self._ctx.store.transaction() as tx:
            lead = tx.question(lead_id)
            waiting = tx.joined(lead_id, SHARED_AT_ONCE + 1)
            if lead is None or not waiting or self._halts.waits(tx, lead, "matter", lead_id):
                return
            if lead.stage is Stage.PUBLISHED:
                answer = self._shareable(tx, lead)
                if answer is None:
                    self._lead_instead(tx, lead, waiting[0])
                    return
                for question in waiting[:SHARED_AT_ONCE]:
                    self._share(tx, lead, question, answer)
                if len(waiting) > SHARED_AT_ONCE:
                    self._look_soon(tx, lead_id, SHARED_EVERY)
            elif lead.stage in _LEADS_NO_MORE:
                self._lead_instead(tx, lead, waiting[0])

    def _share(self, tx: AskingRows, lead: Question, question: Question, answer: Answer) -> None:
        """One customer gets the answer, in a wording that was confirmed for it; who has it already gets no second."""
        author = question.post.author
        if author.id == lead.post.author.id or self._has_it(tx, lead, question):
            self._ctx.transition(tx, question, Step.SETTLE, reason=reasons.HAS_THE_ANSWER)
            return
        if not author.handle:
            self._split(tx, question)
            return
        text = wordings.worded(wordings.variant_for(question.id, answer.variants), f"@{author.handle}")
        moved = self._ctx.transition(tx, question, Step.SHARE, claimed_by=answer.expert, reason="")
        if moved is None:
            return
        now, mine = self._ctx.clock.now(), AnswerState.ACCEPTED
        saved = tx.save_answer(question.id, answer.expert, answer.text, (text,), state=mine, reasons=(), at=now)
        self._ctx.journal(tx, question.id, "matter", JournalStep.SHARED, lead.id, f"“{text}”")
        self._ctx.send(
            tx,
            DeliveryKind.REPLY,
            f"reply:{question.id}",
            question=question.id,
            subject=str(saved.id),
            pieces=(text,),
            target=question.reply_to,
        )

    def _has_it(self, tx: AskingRows, lead: Question, question: Question) -> bool:
        person = question.post.author.id
        others = tx.same_matter(lead.id)
        return any(
            one.id != question.id and one.post.author.id == person and one.stage not in (Stage.JOINED, Stage.SETTLED)
            for one in others
        )

    def _lead_instead(self, tx: AskingRows, former: Question, question: Question) -> None:
        """The lead ended without an answer for the others: the oldest of them is asked for all that are left."""
        moved = self._ctx.transition(tx, question, Step.SPLIT, matter=None, reason="")
        if moved is None:
            return
        others = tx.lead_instead(former.id, moved.id)
        self._index.drop(former.id)
        self._ctx.journal(tx, moved.id, "matter", JournalStep.SPLIT, reasons.LEADS_NOW)
        if others:
            tx.add_asker(moved, others)
        self._ask(tx, tx.question(moved.id) or moved)

    # ------------------------------------------------------------ splitting off

    def contradicts(self, tx: AskingRows, question: Question, words: str) -> bool:
        """Whether what a customer added names a thing that makes it another matter than that of its lead; then it is
        split off."""
        lead = tx.question(question.matter) if question.matter is not None else None
        if lead is None or question.stage is not Stage.JOINED:
            return False
        products = tuple(alias for topic in self._ctx.roster.topics.values() for alias in topic.aliases)
        added = sameness.told(words, products=products, language="", topic=None)
        if sameness.contradicts(self._told(lead), added) is None:
            return False
        self._split(tx, question)
        return True

    @retry_on_conflict
    def split(self, question_id: str, person: str) -> Done:
        """Somebody sees that it is not the same: it is asked by itself."""
        with self._ctx.store.transaction() as tx:
            refused = self._roll.may_act(tx, person)
            if refused is not None:
                return refused
            question = tx.question(question_id)
            if question is None or question.stage is not Stage.JOINED:
                return Done(False, acts.NOT_JOINED)
            self._split(tx, question, by=person)
            return Done(True, acts.SPLIT_OFF)

    def _split(self, tx: AskingRows, question: Question, by: str = "matter") -> None:
        lead = tx.question(question.matter or "")
        moved = self._ctx.transition(tx, question, Step.SPLIT, matter=None, reason="")
        if moved is None:
            return
        if lead is not None and not tx.add_asker(lead, -1):
            raise Conflict(lead.id)
        self._index.add(moved.id, self._told(moved), moved.post.created_at)
        self._ctx.journal(tx, moved.id, by, JournalStep.SPLIT)
        if lead is not None:
            self._told_of(tx, lead, max(2, lead.askers - 1))
        self._ask(tx, moved)

    def _ask(self, tx: AskingRows, question: Question) -> None:
        delay = self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
        self._dispatcher.dispatch(tx, question)
