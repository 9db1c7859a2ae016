"""Sharing: everybody who asks the same gets the one answer, and hears what becomes of it, once.

Once the answer of a matter's lead stands, each of those who joined gets a wording of it, confirmed by its author. When
that answer is corrected, each of theirs is; when it is taken back, so are theirs. It goes out a few at a time, within
what the network takes from us, of which a third is left for other questions. The rows say what is left to do: a job
looks at them anew each time, so that a kill loses nothing and does nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Protocol

from twelp.desk import standing
from twelp.desk.alarms import Alarms
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.halts import Halts
from twelp.desk.matters import EVERY, LEADS_NO_MORE, Matters
from twelp.desk.parting import Parting
from twelp.desk.rows import AskingRows, StepRows
from twelp.flow import variants as wordings
from twelp.flow.lifecycle import Step
from twelp.model import Answer, AnswerState, DeliveryKind, JournalStep, NoteKind, Question, Stage
from twelp.networks import Rate
from twelp.ports import LeftAloneTx
from twelp.texts import notes, reasons

AT_ONCE: Final = 3
"""So many replies go out at once to those who ask the same."""

_AT_ONCE_UNLIMITED: Final = 20
"""The same where limits are lifted, as in a replay."""

_WROTE_SINCE: Final = 20
_POSTING: Final = DeliveryKind.REPLY


class SharingRows(AskingRows, LeftAloneTx, Protocol):
    """Rows that `Sharing` touches."""


class Sharing:
    """What becomes of those who joined a matter, once its lead is answered."""

    def __init__(
        self, ctx: Context[SharingRows], *, matters: Matters, parting: Parting, halts: Halts, alarms: Alarms
    ) -> None:
        self._ctx = ctx
        self._matters = matters
        self._parting = parting
        self._halts = halts
        self._alarms = alarms

    @retry_on_conflict
    def look(self, lead_id: str) -> None:
        """Gives some of those who joined a lead its answer or its correction, or lets the oldest of them lead."""
        most = _AT_ONCE_UNLIMITED if self._ctx.policy.unlimited else AT_ONCE
        with self._ctx.store.transaction() as tx:
            lead = tx.question(lead_id)
            if lead is None:
                return
            stale, waiting = tx.stale(lead_id, most + 1), tx.joined(lead_id, most + 1)
            if not (stale or waiting) or self._halts.waits(tx, lead, "matter", lead_id):
                return
            answer = tx.for_others(lead_id)
            if answer is None or lead.corrects == answer.id:
                self._without_answer(tx, lead, waiting)
                return
            self._tell_of_others(tx, lead, answer, late=bool(stale))
            if (wait := self._wait(tx, lead, replaces=bool(stale))) is not None:
                self._look_later(tx, lead_id, wait)
                return
            for question in stale[:most]:
                self._follow(tx, question, answer)
            for question in waiting[: most - len(stale[:most])]:
                if lead.ask_first and question.opened_at > answer.updated_at:
                    self._matters.lead_instead(tx, lead, question)  # all that are left go with it
                    return
                self._share(tx, lead, question, answer)
            if len(stale) + len(waiting) > most:
                self._look_later(tx, lead_id, EVERY)

    def _without_answer(self, tx: SharingRows, lead: Question, waiting: Sequence[Question]) -> None:
        """The lead has no answer that others could get; unless it gets one still, the oldest of them is asked."""
        over = lead.stage in LEADS_NO_MORE or lead.stage is Stage.PUBLISHED
        if waiting and over:
            self._matters.lead_instead(tx, lead, waiting[0])
        if lead.stage is Stage.PUBLISHED and tx.stale(lead.id, 1):  # corrected by words that cannot greet each
            self.take_back(tx, lead, 0)

    def _wait(self, tx: SharingRows, lead: Question, *, replaces: bool) -> timedelta | None:
        """For how long nothing more may go out to those who ask the same; None: something may now."""
        most = 2 * (_AT_ONCE_UNLIMITED if self._ctx.policy.unlimited else AT_ONCE)
        if tx.being_sent(lead.id, most) >= most:
            return EVERY
        rules = self._ctx.rules(lead.post.network)
        waits = [self._until_room(tx, _POSTING, rules.most_posts)]
        if replaces:
            waits.append(self._until_room(tx, DeliveryKind.RECALL, rules.most_deletes))
        longest = max(waits)
        return longest if longest else None

    def _until_room(self, tx: SharingRows, kind: DeliveryKind, rate: Rate | None) -> timedelta:
        """Until the network has taken less than two thirds of what it takes: the rest is left for other questions."""
        if rate is None or self._ctx.policy.unlimited:
            return timedelta()
        at = tx.nth_latest(kind, max(1, rate.calls * 2 // 3) - 1)
        return timedelta() if at is None else max(timedelta(), at + rate.within - self._ctx.clock.now())

    def _look_later(self, tx: SharingRows, lead: str, delay: timedelta) -> None:
        self._ctx.enqueue(tx, "matter", f"matter:{lead}", lead, delay=delay)

    # ------------------------------------------------------------ each of them

    def _share(self, tx: SharingRows, lead: Question, question: Question, answer: Answer) -> None:
        """One customer gets the answer, in a wording that was confirmed for it; who has it already gets no second."""
        author = question.post.author
        if author.id == lead.post.author.id or tx.has_answer(lead.id, author.id, question.id):
            self._ctx.transition(tx, question, Step.SETTLE, reason=reasons.HAS_THE_ANSWER)
            return
        if not author.handle:
            self._parting.split_off(tx, question)
            return
        moved = self._ctx.transition(tx, question, Step.SHARE, claimed_by=answer.expert, reason="")
        if moved is None:
            return
        text = _worded(question, answer)
        saved = self._save(tx, question, answer, text)
        self._ctx.journal(tx, question.id, "matter", JournalStep.SHARED, lead.id, f"“{text}”")
        self._send_wording(tx, question, saved, f"reply:{question.id}")

    def another_wording(self, tx: AskingRows, question: Question, answer: Answer) -> bool:
        """The network knows this customer's wording already: the next one that was confirmed goes out in its place;
        False: all were tried, or it is no shared answer."""
        source = None if answer.shared_from is None else tx.answer(answer.shared_from)
        if source is None or question.stage is not Stage.PUBLISHING:
            return False
        handle = f"@{question.post.author.handle}"
        known = [wordings.worded(one, handle) for one in source.variants]
        first = known.index(_worded(question, source))
        order = [*known[first:], *known[:first]]
        tried = order.index(answer.posts[0]) + 1 if answer.posts[0] in order else len(order)
        if tried >= len(order):
            return False
        saved = self._save(tx, question, source, order[tried])
        self._ctx.journal(tx, question.id, "matter", JournalStep.SHARED, source.question, f"“{order[tried]}”")
        self._send_wording(tx, question, saved, f"reply:{question.id}:wording {source.id} {tried}")
        return True

    def _save(self, tx: AskingRows, question: Question, source: Answer, text: str) -> Answer:
        now, mine = self._ctx.clock.now(), AnswerState.ACCEPTED
        saved = tx.save_answer(question.id, source.expert, source.text, (text,), state=mine, reasons=(), at=now)
        tx.set_source(saved.id, source.id)
        return saved

    def _send_wording(self, tx: AskingRows, question: Question, saved: Answer, key: str) -> None:
        reply, subject, pieces = DeliveryKind.REPLY, str(saved.id), saved.posts
        self._ctx.send(tx, reply, key, question=question.id, subject=subject, pieces=pieces, target=question.reply_to)

    def _follow(self, tx: SharingRows, question: Question, answer: Answer) -> None:
        """One customer's answer gets the corrected words; who deleted their post or wants no answer is left alone."""
        former = tx.spoke_last(question.id)
        if former is None:
            return
        author = question.post.author
        if question.post.gone or not author.handle or tx.left_alone(question.post.network, author.id):
            self._leave(tx, question, former)
            return
        moved = self._ctx.transition(
            tx,
            question,
            Step.FOLLOW,
            reason=reasons.REPLACING,
            closed_at=None,
            turn=question.turn + 1,
            corrects=former.id,
            added=standing.shown(question, former),
            claimed_by=answer.expert,
        )
        if moved is None:
            return
        saved = self._save(tx, moved, answer, _worded(moved, answer))
        self._ctx.journal(tx, question.id, "matter", JournalStep.FOLLOWS, answer.question, f"“{saved.public}”")
        standing.replace_public(self._ctx, tx, moved, former, saved)

    def _leave(self, tx: SharingRows, question: Question, former: Answer) -> None:
        tx.set_source(former.id, None)
        why = reasons.POST_IS_GONE if question.post.gone else reasons.NOT_TO_BE_WRITTEN_TO
        self._ctx.journal(tx, question.id, "matter", JournalStep.NOT_CORRECTED, why)

    # ------------------------------------------------------------ taken back from all

    def take_back(self, tx: StepRows, lead: Question, number: int) -> None:
        """The lead's answer was taken back: so are the wordings of it that others got, a few at a time."""
        key, delay = f"take_back:{lead.id}:{lead.version}:{number}", EVERY if number else None
        self._ctx.enqueue(tx, "take_back", key, lead.id, number, delay=delay)

    @retry_on_conflict
    def take_some_back(self, lead_id: str, number: int) -> None:
        """Takes some of them back; looks again as long as more stand, or are about to."""
        most = _AT_ONCE_UNLIMITED if self._ctx.policy.unlimited else AT_ONCE
        with self._ctx.store.transaction() as tx:
            lead, stale = tx.question(lead_id), tx.stale(lead_id, most + 1)
            if lead is None or not (stale or tx.being_sent(lead_id, 1)):
                return
            rules = self._ctx.rules(lead.post.network)
            wait = self._until_room(tx, DeliveryKind.DELETE, rules.most_deletes)
            for question in () if wait else stale[:most]:
                self._take_one_back(tx, question)
            key, delay = f"take_back:{lead.id}:{lead.version}:{number + 1}", max(wait, EVERY)
            self._ctx.enqueue(tx, "take_back", key, lead.id, number + 1, delay=delay)

    def _take_one_back(self, tx: SharingRows, question: Question) -> None:
        answer = tx.spoke_last(question.id)
        moved = self._ctx.transition(tx, question, Step.RETRACT, reason=reasons.TAKEN_BACK_WITH_ALL)
        if moved is None or answer is None:
            return
        state, now, ids = AnswerState.RETRACTED, self._ctx.clock.now(), answer.post_ids
        tx.set_answer(answer.id, state, now, post_ids=ids)
        self._ctx.journal(tx, question.id, "matter", JournalStep.RETRACT, *(f"“{post}”" for post in answer.posts))
        key, subject = f"delete:{question.id}:{moved.version}", str(answer.id)
        self._ctx.send(tx, DeliveryKind.DELETE, key, question=question.id, subject=subject, pieces=ids)

    # ------------------------------------------------------------ who is not reached by it

    def _tell_of_others(self, tx: SharingRows, lead: Question, answer: Answer, *, late: bool) -> None:
        """Who got the former answer and wrote on after it is answered by people, who are told once."""
        others = tx.wrote_since(lead.id, _WROTE_SINCE) if late else ()
        if others and tx.first_time(f"wrote since:{answer.id}", self._ctx.clock.now()):
            urls = " ".join(one.reply_url or one.post.url for one in others)
            text = notes.CORRECT_THESE_TOO(count=len(others), urls=urls)
            self._alarms.tell_moderators(tx, NoteKind.CORRECT.key(lead.id, "others", answer.id), lead.id, text)


def _worded(question: Question, answer: Answer) -> str:
    return wordings.worded(wordings.variant_for(question.id, answer.variants), f"@{question.post.author.handle}")
