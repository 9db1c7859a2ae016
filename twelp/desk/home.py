"""Home: what one person's own tab says. Only reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from twelp import reading
from twelp.desk import seeing
from twelp.desk.context import Context
from twelp.desk.halts import Halts
from twelp.desk.lane import Lane
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows, is_apart
from twelp.desk.terms import Terms
from twelp.flow import card, crisis_card, volunteers
from twelp.flow.dispatch import refusal
from twelp.flow.dispatch.limits import quiet
from twelp.model import (
    Card,
    Coverage,
    CrisisState,
    Home,
    Level,
    Membership,
    Question,
    Roster,
    Stage,
)
from twelp.ports import LeftAloneTx, LessonsTx, PutBeforeTx
from twelp.ports.roster_file import RosterFileTx
from twelp.reading.queue import WAITING

_CASES = 6
"""Cases that a tab shows; how many more there are stands below."""

_LONG = timedelta(hours=24)
"""Who is away for longer is not here, whatever the roster says."""


class HomeRows(AskingRows, LeftAloneTx, LessonsTx, PutBeforeTx, RosterFileTx, Protocol):
    """Rows that a person's own tab shows, with those that its cards and the lane touch."""


class HomeTab:
    """What one person sees on their own tab."""

    def __init__(
        self,
        ctx: Context[HomeRows],
        *,
        roll: Roll,
        terms: Terms,
        halts: Halts,
        lane: Lane,
    ) -> None:
        self._ctx = ctx
        self._roll = roll
        self._terms = terms
        self._halts = halts
        self._lane = lane

    def open_home(self, person: str) -> Home | None:
        """What the person's tab shows now, and from now on it is kept true; None for who is not listed."""
        if person not in self._ctx.roster.experts:
            return None
        with self._ctx.store.transaction() as tx:
            tx.opened_home(person, self._ctx.clock.now())
        with self._ctx.store.read() as tx:
            return self.home(tx, person)

    def home(self, tx: HomeRows, person: str) -> Home | None:
        """What the person's tab shows at this moment; None for who is not listed."""
        listed = self._ctx.roster.experts.get(person)
        if listed is None:
            return None
        own, now = tx.volunteer(person), self._ctx.clock.now()
        expert = volunteers.with_own_words(listed, own)
        membership = self._roll.membership(own)
        active = self._roll.active(tx)
        moderator = listed.level is Level.MODERATOR and membership is Membership.ENROLLED
        return Home(
            name=listed.name,
            membership=membership,
            zone=listed.zone,
            cards=self._cards(tx, person) if membership is Membership.ENROLLED else (),
            topics=tuple(t.name for topic in listed.topics if (t := self._ctx.roster.topics.get(topic)) is not None),
            quiet=volunteers.hours(expert.quiet),
            own_quiet=own.quiet is not None,
            daily_asks=expert.daily_asks,
            own_budget=own.daily_asks is not None,
            asked_today=self._terms.asked_today(tx, person),
            away_until=expert.away_until(now),
            paused=own.paused_until is not None and own.paused_until > now,
            quiet_now=quiet(expert, now),
            has_rules=self._ctx.roster.rules is not None,
            digest=own.digest,
            tally=reading.read_own(tx, person, now),
            thanks=tuple(post for post, _ in tx.thanks(person)),
            moderator=moderator,
            halts=self._halts.shown(tx),
            roster_file=tx.roster_file() if moderator else None,
            coverage=self._coverage(tx, active, now) if moderator else (),
            **(self._crises(tx, person) if moderator else {}),
            **(self._queue(tx) if moderator else {}),
            **(self._unanswered(tx, now) if moderator else {}),
            **(self._to_post(tx, now) if moderator else {}),
            set_aside=self._cards_of(tx, reading.set_aside_lately(tx)) if moderator else (),
            answered=self._cards_of(tx, reading.answered_lately(tx)) if moderator else (),
        )

    def _cards(self, tx: HomeRows, person: str) -> tuple[Card, ...]:
        active = self._roll.active(tx)
        found = [(question, ask, tx.answers(question.id)) for question, ask in tx.before(person, 10)]
        return tuple(
            replace(
                seeing.marked(card.show(question, ask, answers, self._ctx.roster, active=active), question, answers),
                apart=question.stage is Stage.CLAIMED and is_apart(tx, question),
            )
            for question, ask, answers in found
        )

    def _coverage(self, tx: HomeRows, active: Roster, now: datetime) -> tuple[Coverage, ...]:
        """Who left, has not accepted the rules, has no account or is away for long does not count."""
        waiting = tx.waiting_about(WAITING)
        people: Counter[str] = Counter()
        awake: Counter[str] = Counter()
        for expert in active.experts.values():
            away = expert.away_until(now)
            if (self._ctx.absent is not None and self._ctx.absent(expert.id)) or (
                away is not None and away - now > _LONG
            ):
                continue
            people.update(expert.topics)
            if refusal(expert, {}, now) is None:
                awake.update(expert.topics)
        found = [
            Coverage(t.name, people[t.id], awake[t.id], waiting.get(t.id, 0)) for t in self._ctx.roster.topics.values()
        ]
        return tuple(sorted(found, key=lambda c: (c.awake, c.people, c.topic)))

    def _crises(self, tx: HomeRows, person: str) -> dict[str, Any]:
        counted, found = tx.count_crises(), []
        for crisis in tx.open_crises(_CASES):
            question = tx.question(crisis.question)
            if question is not None:
                network = self._ctx.rules(question.post.network).display_name
                answers = tx.answers(question.id)
                shown = crisis_card.show(question, crisis, answers, self._ctx.roster, person, network=network)
                found.append(seeing.marked(shown, question, answers, crisis))
        left_out = sum(counted.values()) - len(found)
        untaken = counted.get(CrisisState.OPEN, 0)
        return {"crises": tuple(found), "crises_left_out": left_out, "crises_untaken": untaken}

    def _queue(self, tx: HomeRows) -> dict[str, Any]:
        found = reading.waiting(tx)
        return {"queue": self._cards_of(tx, found), "queue_left_out": found.left_out}

    def _unanswered(self, tx: HomeRows, now: datetime) -> dict[str, Any]:
        found = reading.unanswered(tx, now)
        return {"unanswered": self._cards_of(tx, found), "unanswered_left_out": found.left_out}

    def _to_post(self, tx: HomeRows, now: datetime) -> dict[str, Any]:
        found = reading.to_post(tx, now)
        cards = tuple(self._lane.to_post(tx, question) for question in found.questions)
        return {"to_post": cards, "to_post_left_out": found.left_out}

    def _cards_of(self, tx: HomeRows, page: reading.Page) -> tuple[Card, ...]:
        return tuple(self._in_queue(tx, question) for question in page.questions)

    def _in_queue(self, tx: HomeRows, question: Question) -> Card:
        answers, network = tx.answers(question.id), self._ctx.rules(question.post.network).display_name
        return seeing.marked(card.in_queue(question, answers, self._ctx.roster, network), question, answers)
