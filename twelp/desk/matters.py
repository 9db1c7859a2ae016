"""Matters: questions about the same are asked once, answered once, and each customer gets a reply of their own.

The first question of a matter leads: it is put before people, and its card says how many ask. Others join it (stage
JOINED) and are asked by nobody. Where the lead ends without an answer for them, the oldest of them leads. What follows
once the lead's answer stands is in `sharing`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from twelp.desk.context import Context
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows, StepRows, is_apart
from twelp.desk.storms import Storms
from twelp.desk.telling import customer, quoted, tell
from twelp.flow import lifecycle, sameness, subject
from twelp.flow.lifecycle import Step
from twelp.flow.nearness import Near
from twelp.flow.triage.signs import language
from twelp.model import AskRole, DeliveryKind, JournalStep, NoteKind, Question, Stage
from twelp.ports import Conflict
from twelp.texts import notes, reasons

EVERY: Final = timedelta(seconds=5)
"""After which the next ones of those who ask the same are served."""

_MANY: Final = 4
_MAY_BE: Final = 0.05
"""From so likely on a topic may be that of a matter that many ask just now."""
_UNSEEN: Final = 0.75
"""How surely it must be the same where nobody looks: another gets an answer that one alone got so far."""

_SHOWN_AT: Final = (*range(2, 11), 12, 15, 20, 25, 30, 40, 50, 75)
"""How many ask the same when cards are drawn anew; above, at each hundred."""

_MAY_BE_JOINED: Final = lifecycle.UNCLAIMED | lifecycle.CONFIRMED | {Stage.CLAIMED, Stage.PUBLISHED}
LEADS_NO_MORE: Final = (lifecycle.FINAL - {Stage.PUBLISHED}) | {Stage.CRISIS}
_HANDS_OVER: Final = (Stage.WITHDRAWN, Stage.SETTLED)
"""Nobody needs an answer to the lead any more: its cards and texts are the next one's."""

_AHEAD: Final = timedelta(minutes=2)
_MOST: Final = 20_000


class Matters:
    """Who asks the same."""

    def __init__(self, ctx: Context[AskingRows], *, roll: Roll, dispatcher: Dispatcher, storms: Storms) -> None:
        self._ctx = ctx
        self._roll = roll
        self._dispatcher = dispatcher
        self._storms = storms
        near = Near(lambda text: ctx.matcher.vector(text))
        self._index = sameness.Index(lambda text, others: ctx.matcher.alike(text, others), near)
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
        said, at = self.told(question), question.post.created_at
        likely = ((found, self._lead(tx, found, question)) for found in self._index.find(said, at))
        may = ((found, lead) for found, lead in likely if lead is not None and _is_one(question, lead))
        found, lead = next(may, (None, None))
        if found is None or lead is None:
            if not question.points:
                self._stand_beside(tx, question, said)
            return False
        if not tx.add_asker(lead):
            raise Conflict(lead.id)
        why = reasons.SAME_MATTER(score=f"{found.score:.2f}", why="; ".join(found.reasons))
        if self._ctx.transition(tx, question, Step.JOIN, matter=lead.id, points=(), reason=why) is None:
            return False
        self._ctx.journal(tx, question.id, "matter", JournalStep.JOINED, lead.id, *found.reasons)
        self._index.joined(lead.id, said, at)
        self.tell_of(tx, lead, lead.askers + 1)
        if lead.stage is Stage.PUBLISHED or lead.turn:
            self._look_soon(tx, lead.id)
        return True

    def _stand_beside(self, tx: AskingRows, question: Question, said: sameness.Told) -> None:
        """It is a matter of its own; at once, for those of the same page: rows are looked at anyhow."""
        near = self._index.near(said, question.post.created_at)
        self._index.add(question.id, said, question.post.created_at)
        if near is not None:
            tx.set_near(question, near)

    def _lead(self, tx: AskingRows, found: sameness.Sameness, question: Question) -> Question | None:
        """The question that leads the matter, if another may join it now."""
        lead = tx.question(found.matter)
        if lead is None or lead.stage not in _MAY_BE_JOINED or lead.post.network != question.post.network:
            self._index.drop(found.matter)
            return None
        if is_apart(tx, lead):
            return None
        answer = tx.for_others(lead.id) if lead.stage is Stage.PUBLISHED or lead.turn else None
        if answer is None:
            return None if lead.stage is Stage.PUBLISHED or lead.turn else lead
        if lead.ask_first or (lead.askers < 2 and found.score < _UNSEEN):
            return None
        return lead

    def told(self, question: Question) -> sameness.Told:
        """What a question tells, as far as it is compared with others."""
        words = subject.words(question.post)
        products = tuple(alias for topic in self._ctx.roster.topics.values() for alias in topic.aliases)
        topic = question.topics[0].topic if question.topics else None
        also = frozenset(one.topic for one in question.topics if one.score >= _MAY_BE)
        found = sameness.told(words, products=products, language=language(words), topic=topic)
        return replace(found, also=also)

    def _catch_up(self, tx: AskingRows) -> None:
        """What other processes opened, or this one before it was started, may be joined, too."""
        now = self._ctx.clock.now()
        since = now - sameness.LATELY if self._known_until is None else self._known_until - _AHEAD
        if self._known_until is not None and now - self._known_until < _AHEAD:
            return
        self._known_until = now
        for question in tx.waiting(tuple(_MAY_BE_JOINED), _MOST, since=since):
            if question.matter is None and not question.points and question.id not in self._index:
                self._index.add(question.id, self.told(question), question.post.created_at)

    def tell_of(self, tx: AskingRows, lead: Question, askers: int) -> None:
        """Cards say how many ask; moderators hear of a storm."""
        if askers in _SHOWN_AT or askers % 100 == 0:
            under_way = tx.refreshing(lead.id)
            for ask in tx.asks(lead.id):
                if ask.sent and str(ask.id) not in under_way:
                    tx.set_ask(ask.id, shown=-1)
                    key, to = f"refresh:{ask.id}:asked by {askers}", ask.expert
                    self._ctx.send(tx, DeliveryKind.REFRESH, key, question=lead.id, subject=str(ask.id), to=to)
        self._storms.joined(tx, lead, askers)

    # ------------------------------------------------------------ what follows from the lead

    def ended(self, tx: StepRows, question: Question) -> None:
        """To be called when a question's answer stands or it is over: those who joined it are looked at, and what was
        shared with it meanwhile is corrected, too."""
        lead = question.matter or question.id
        if question.matter is not None:
            if question.stage is Stage.PUBLISHED and tx.stale(lead, 1):
                self._look_soon(tx, lead, EVERY)
        elif question.askers > 1:
            self._look_soon(tx, lead)

    def _look_soon(self, tx: StepRows, lead: str, delay: timedelta | None = None) -> None:
        self._ctx.enqueue(tx, "matter", f"matter:{lead}", lead, delay=delay)

    def lead_instead(self, tx: AskingRows, former: Question, question: Question) -> None:
        """The lead ended without an answer for the others: this one, the oldest, is asked for all that are left.

        Where nobody needs the former lead's answer any more, whoever was asked about it or has it goes on with this
        one: nobody gets a second card of the same matter.
        """
        moved = self._ctx.transition(tx, question, Step.SPLIT, matter=None, reason="")
        if moved is None:
            return
        others = tx.lead_instead(former.id, moved.id)
        self._index.drop(former.id)
        self._index.add(moved.id, self.told(moved), moved.post.created_at)
        self._ctx.journal(tx, moved.id, "matter", JournalStep.SPLIT, reasons.LEADS_NOW)
        if others and not tx.add_asker(moved, others):
            raise Conflict(moved.id)
        moved = tx.question(moved.id) or moved
        if former.stage not in _HANDS_OVER or not self._goes_on(tx, former, moved):
            self._ask(tx, moved)

    def _goes_on(self, tx: AskingRows, former: Question, lead: Question) -> bool:
        """Whether people have the former lead's cards, which are the new lead's from now on; so are its texts."""
        if not any(ask.role is AskRole.ANSWER for ask in tx.asks(former.id)):
            return False
        tx.hand_over_asks(former, lead.id, reasons.LEADS_NOW)
        delay = self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{lead.id}", lead.id, delay=delay)
        asked = self._ctx.transition(tx, lead, Step.ASK, wave=former.wave) or lead
        holder = former.claimed_by if former.claimed_by in self._roll.active(tx).experts else None
        if holder is None:
            key, delay = f"widen:{asked.id}:{asked.wave}", self._ctx.policy.wave_after
            self._ctx.enqueue(tx, "widen", key, asked.id, asked.wave, delay=delay)
        else:
            self._give(tx, former, asked, holder)
        self._ctx.refresh_cards(tx, tx.question(lead.id) or asked)
        return True

    def _give(self, tx: AskingRows, former: Question, lead: Question, holder: str) -> None:
        """Who had the former lead has this one, and is told: a card that changes in its place tells nobody."""
        now = self._ctx.clock.now()
        until = now + self._ctx.policy.claim_for
        lease = {"claimed_by": holder, "claimed_at": now, "claimed_until": until}
        moved = self._ctx.transition(tx, lead, Step.CLAIM, **lease)
        if moved is None:
            return
        self._ctx.journal(tx, moved.id, holder, JournalStep.CLAIM, f"until {until:%H:%M} UTC")
        delay = self._ctx.policy.claim_for
        self._ctx.enqueue(tx, "lapse", f"lapse:{moved.id}", moved.id, delay=delay)
        who, words = customer(moved.post), quoted(moved.post.own_text)
        text = notes.ANOTHER_LEADS(who=who, words=words, count=moved.askers, url=moved.post.url)
        key = NoteKind.SINCE.key(former.id, "leads", holder)
        tell(self._ctx, tx, holder, key, text, question=moved.id)

    # ------------------------------------------------------------ for those who part it

    def stand_alone(self, tx: AskingRows, question: Question) -> None:
        """It is a matter of its own from now on, and is asked by itself."""
        self._index.add(question.id, self.told(question), question.post.created_at)
        self._ask(tx, question)

    def fits(self, question: Question, matter: str) -> bool:
        """Whether a question, as it reads now, would join this matter; so it is where the matter is not known here."""
        return self._index.fits(matter, self.told(question), question.post.created_at)

    def _ask(self, tx: AskingRows, question: Question) -> None:
        delay = self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
        self._dispatcher.dispatch(tx, question)


def _is_one(question: Question, lead: Question) -> bool:
    """Whether a post asks one thing: several ways to put what many ask just now are one, unless a part is about
    something else, which nobody would hear of."""
    about = {None, *(found.topic for found in lead.topics[:1])}
    return not question.points or (lead.askers >= _MANY and about.issuperset(one.topic for one in question.points))
