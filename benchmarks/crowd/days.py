"""Days go by: questions come in, people are asked, notice, take, pass, write; in the order of the clock.

Whatever the policy, the house is the same: one claim at a time, a lease, a hold before publishing, giving up in the
end. Only who is asked, and when, differs.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import erf, sqrt
from typing import Any

import numpy as np

from benchmarks.crowd.policies import Choice, Situation
from benchmarks.crowd.records import Records
from benchmarks.crowd.town import START, Case, Town, Volunteer
from twelp.flow.dispatch.rhythm import PROMPT
from twelp.model import Reaction, TopicScore

_APART_S = 5.0 / 3
_LET_BY, _OPEN, _PASSED, _ANSWERED = "let by", "open", "passed", "answered"


@dataclass(slots=True)
class Asked:
    """One ask."""

    topic: str
    at: float
    wave: int
    state: str = _OPEN
    acted_at: float | None = None
    told: bool = False


@dataclass(slots=True)
class Running:
    """A question on its way. `pending` holds who will notice when."""

    case: Case
    topics: tuple[TopicScore, ...]
    dice: Any = None
    asked: dict[str, Asked] = field(default_factory=dict)
    pending: list[tuple[float, str]] = field(default_factory=list)
    wave: int = 0
    timer: int = 0
    claimed_by: str = ""
    answered_at: float | None = None
    over: bool = False
    crowd: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """What happened: every question, and every ask as (person, seconds)."""

    questions: tuple[Running, ...]
    asks: tuple[tuple[str, float], ...]


class Days:
    """One policy's run through the town's days."""

    def __init__(self, town: Town, choice: Choice) -> None:
        self._town = town
        self._people = town.people
        self._choice = choice
        self._records = Records(town.roster.experts)
        self._events: list[tuple[float, int, Callable[..., None], tuple[Any, ...]]] = []
        self._count = 0
        self._now = 0.0
        self._busy_until: dict[str, float] = {}
        self._waiting = 0
        self._asks: list[tuple[str, float]] = []
        self._lead: Running | None = None
        self._joined: list[Running] = []

    def run(self, progress: Callable[[float], None] | None = None) -> Told:
        """Lets every question come to its end."""
        running = [Running(case, case.topics) for case in self._town.cases]
        for question in running:
            self._at(question.case.at, self._arrives, question)
        done = 0
        while self._events:
            self._now, _, act, arguments = heapq.heappop(self._events)
            act(*arguments)
            done += 1
            if progress and done % 500 == 0:
                progress(min(1.0, self._now / (self._town.days * 86_400)))
        return Told(tuple(running), tuple(self._asks))

    def _at(self, when: float, act: Callable[..., None], *arguments: Any) -> None:
        self._count += 1
        heapq.heappush(self._events, (when, self._count, act, arguments))

    @property
    def _hour(self) -> datetime:
        return START + timedelta(seconds=self._now)

    # ------------------------------------------------------------ the house

    def _arrives(self, q: Running) -> None:
        if q.case.storm and self._choice.groups and self._joins(q):
            return
        q.dice = self._town.dice(q.case)
        self._waiting += 1
        self._at(self._now + self._people.give_up_min * 60, self._give_up, q)
        self._dispatch(q)

    def _joins(self, q: Running) -> bool:
        """Whether it is asked about with the first one of the storm; then nobody is asked about it by itself."""
        if self._lead is None or (self._lead.over and self._lead.answered_at is None):
            self._lead = q
            return False
        q.over = True
        if self._lead.answered_at is not None:
            q.answered_at = max(self._now, self._lead.answered_at)
        else:
            self._joined.append(q)
        return True

    def _give_up(self, q: Running) -> None:
        if q.over:
            return
        if q.claimed_by:
            self._at(self._now + self._people.claim_min * 60, self._give_up, q)
            return
        self._close(q)
        self._let_by(q, q.wave + 1)

    def _dispatch(self, q: Running, instead: bool = False) -> None:
        dice = ((q.case.number + 1) * 0.6180339887 + q.wave * 0.7548776662) % 1.0
        seen = Situation(q.case, q.topics, q.asked, q.wave, self._hour, self._waiting, dice, instead)
        wave = self._choice.wave(seen, self._records)
        if wave.asks and not instead:
            self._let_by(q, q.wave + 1)
            q.wave += 1
        q.crowd = max(len(wave.asks), q.crowd)
        for who, topic in wave.asks:
            self._ask(q, who, topic)
        if wave.asks:
            self._wake(q)
            if self._choice.learns:
                self._at(self._now + PROMPT.total_seconds(), self._lay, q, tuple(who for who, _ in wave.asks))
        if not instead and wave.again_s is not None:
            q.timer += 1
            self._at(self._now + wave.again_s, self._widen, q, q.timer)

    def _ask(self, q: Running, who: str, topic: str) -> None:
        q.asked[who] = Asked(topic, self._now, q.wave)
        self._asks.append((who, self._now))
        self._records.ask(who, topic, self._hour)
        person = self._town.of[who]
        quick, slow = q.dice[person.index, :2]
        seen = self._town.notices(person, self._now, quick, slow)
        heapq.heappush(q.pending, (seen + self._people.reading_s.at(q.dice[person.index, 2]), who))

    def _wake(self, q: Running) -> None:
        if q.pending:
            self._at(q.pending[0][0], self._noticed, q)

    def _widen(self, q: Running, timer: int) -> None:
        if not q.over and not q.claimed_by and q.timer == timer:
            self._dispatch(q)

    def _let_by(self, q: Running, wave: int) -> None:
        """Asks of earlier waves that are still open were left lying."""
        for who, ask in q.asked.items():
            if ask.state == _OPEN and ask.wave < wave:
                ask.state = _LET_BY
                self._records.count(who, ask.topic, let_by=1)

    def _lay(self, q: Running, asked: tuple[str, ...]) -> None:
        """An ask lay until now: minutes have gone by, or somebody has taken the question."""
        for who in asked:
            ask = q.asked[who]
            if ask.at < self._now:
                self._tells(who, ask, acted=False)

    def _acts(self, who: str, ask: Asked) -> None:
        ask.acted_at = self._now
        self._tells(who, ask, acted=True)

    def _tells(self, who: str, ask: Asked, *, acted: bool) -> None:
        """How soon they reacted, for policies that learn; once an ask."""
        if self._choice.learns and not ask.told:
            ask.told = True
            asked_at = START + timedelta(seconds=ask.at)
            self._records.reacted(self._town.of[who].expert, Reaction(who, asked_at, self._hour, acted))

    def _close(self, q: Running) -> None:
        q.over, q.dice, q.pending = True, None, []
        self._waiting -= 1

    # ------------------------------------------------------------ people

    def _noticed(self, q: Running) -> None:
        """Whoever was to notice the question by now does what they do."""
        while q.pending and q.pending[0][0] <= self._now and not q.over:
            _, who = heapq.heappop(q.pending)
            busy = self._busy_until.get(who, 0.0)
            if busy > self._now:
                heapq.heappush(q.pending, (busy + 1.0, who))
            elif not q.claimed_by:
                self._decides(q, self._town.of[who], q.asked[who])
        self._wake(q)

    def _decides(self, q: Running, who: Volunteer, ask: Asked) -> None:
        p = self._people
        row = q.dice[who.index]
        chance, further = _uniform(row[3]), _uniform(row[4])
        knows = any(topic in who.expert.topics for topic in q.case.true)
        willing = who.willing * (1.0 if self._town.at_work(who, self._now) else p.willing_off_work)
        willing /= q.crowd**p.crowd_effect
        if knows and chance < willing and _uniform(row[5]) < who.skill:
            self._claims(q, who, ask)
        elif not knows and ask.state != _PASSED and further < p.repairs:
            self._retopics(q, who, ask)
        elif further < p.passes + (0.0 if knows else p.repairs):
            self._passes(q, who, ask)

    def _passes(self, q: Running, who: Volunteer, ask: Asked) -> None:
        self._acts(who.expert.id, ask)
        if ask.state == _LET_BY:
            self._records.count(who.expert.id, ask.topic, let_by=-1)
        ask.state = _PASSED
        self._records.count(who.expert.id, ask.topic, passed=1)
        self._records.ended(who.expert.id, passed=1)
        self._dispatch(q, instead=True)

    def _retopics(self, q: Running, who: Volunteer, ask: Asked) -> None:
        """Says which topic it is; that topic's people are asked."""
        self._acts(who.expert.id, ask)
        ask.state = _PASSED
        q.topics = (TopicScore(q.case.true[0], 1.0),)
        self._dispatch(q)

    def _claims(self, q: Running, who: Volunteer, ask: Asked) -> None:
        p = self._people
        me = who.expert.id
        self._acts(me, ask)
        q.claimed_by = me
        self._lay(q, tuple(q.asked))
        self._waiting -= 1
        records = self._records
        records.holding[me] = 1
        records.writing[me] = self._hour
        dice = _Later(self._town.seed, q.case.number, who.index)
        if dice.uniform() < p.abandons:
            self._busy_until[me] = self._now + p.claim_min * 30
            self._at(self._now + p.claim_min * 60, self._lapses, q, me)
            return
        writing = p.writing_s.at(dice.normal())
        again = dice.uniform() < p.sent_back
        took = writing * (1.5 if again else 1.0)
        self._busy_until[me] = self._now + took
        self._at(self._now + took, self._confirms, q, me, again, dice.uniform() < p.taken_back)

    def _lapses(self, q: Running, me: str) -> None:
        q.claimed_by = ""
        self._waiting += 1
        self._records.holding.pop(me, None)
        self._dispatch(q)

    def _confirms(self, q: Running, me: str, sent_back: bool, taken_back: bool) -> None:
        ask, records = q.asked[me], self._records
        if ask.state == _LET_BY:
            records.count(me, ask.topic, let_by=-1)
        ask.state = _ANSWERED
        records.holding.pop(me, None)
        records.writing[me] = self._hour
        records.answered(me, ask.topic, self._hour)
        records.ended(me, answered=1)
        records.count(me, ask.topic, published=int(not taken_back), returned=int(sent_back) + int(taken_back))
        q.answered_at = self._now + self._people.hold_s
        self._waiting += 1  # as a claimed question did not wait
        self._close(q)
        if q is self._lead:  # three others get it each five seconds
            for number, other in enumerate(self._joined):
                other.answered_at = q.answered_at + number * _APART_S


class _Later:
    """What a claim leads to: the same for the same person and question."""

    def __init__(self, *key: int) -> None:
        self._dice = np.random.default_rng(key)

    def uniform(self) -> float:
        return float(self._dice.random())

    def normal(self) -> float:
        return float(self._dice.normal())


def _uniform(normal: float) -> float:
    return 0.5 * (1.0 + erf(normal / sqrt(2.0)))
