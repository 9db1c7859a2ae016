"""Home: what one person's own tab and their `/twelp` answers say. Only reads, but for what they ask to change."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from twelp.desk import seeing
from twelp.desk.volunteering import Volunteering
from twelp.flow import card, volunteers
from twelp.flow.dispatch import refusal
from twelp.flow.dispatch.limits import quiet
from twelp.flow.selfservice import HELP, WORDS, Unclear, day_and_hour, pause_end, switch, word_of
from twelp.model import (
    Card,
    Coverage,
    Done,
    Home,
    Level,
    Membership,
    Question,
    Roster,
    Stage,
)
from twelp.ports import Tx
from twelp.texts import acts
from twelp.texts.phrase import in_a_row

_TALLIED = timedelta(days=30)
_QUEUE = (Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.HELD)
_QUEUE_SHOWN = 10
"""Of what waits, half of them the oldest and half the newest; for less than that, all."""

_UNANSWERED_SHOWN = 5
_UNANSWERED_FOR = timedelta(days=7)
"""Older ones are only counted: their customers expect nothing any more."""

_COUNTED = 1_000
_LONG = timedelta(hours=24)
"""Who is away for longer is not here, whatever the roster says."""

_SET_ASIDE_SHOWN = 5
_ANSWERED_SHOWN = 10


class Homes(Volunteering):
    """The tab, and the words after `/twelp`."""

    def open_home(self, person: str) -> Home | None:
        """What the person's tab shows now, and from now on it is kept true; None for who is not listed."""
        if person not in self.roster.experts:
            return None
        with self.store.begin() as tx:
            tx.opened_home(person, self.clock.now())
        with self.store.look() as tx:
            return self.home(tx, person)

    def home(self, tx: Tx, person: str) -> Home | None:
        """What the person's tab shows at this moment; None for who is not listed."""
        listed = self.roster.experts.get(person)
        if listed is None:
            return None
        own, now = tx.volunteer(person), self.clock.now()
        expert = volunteers.with_own_words(listed, own)
        membership = self.membership(own)
        active = self.active(tx)
        moderator = listed.level is Level.MODERATOR and membership is Membership.ENROLLED
        return Home(
            name=listed.name,
            membership=membership,
            zone=listed.zone,
            cards=self._cards(tx, person) if membership is Membership.ENROLLED else (),
            topics=tuple(self.roster.topics[topic].name for topic in listed.topics),
            quiet=volunteers.hours(expert.quiet),
            own_quiet=own.quiet is not None,
            daily_asks=expert.daily_asks,
            own_budget=own.daily_asks is not None,
            asked_today=self.asked_today(tx, person),
            away_until=expert.away_until(now),
            paused=own.paused_until is not None and own.paused_until > now,
            quiet_now=quiet(expert, now),
            has_rules=self.roster.rules is not None,
            digest=own.digest,
            tally=tx.tally(person, now - _TALLIED),
            thanks=tuple(post for post, _ in tx.thanks(person)),
            moderator=moderator,
            coverage=self._coverage(tx, active, now) if moderator else (),
            **(self._queue(tx) if moderator else {}),
            **(self._unanswered(tx, now) if moderator else {}),
            set_aside=self._lately_set_aside(tx) if moderator else (),
            answered=self._lately_answered(tx) if moderator else (),
        )

    def _cards(self, tx: Tx, person: str) -> tuple[Card, ...]:
        active = self.active(tx)
        found = [(question, ask, tx.answers(question.id)) for question, ask in tx.before(person, 10)]
        return tuple(
            seeing.marked(card.show(question, ask, answers, self.roster, active=active), question, answers)
            for question, ask, answers in found
        )

    def _coverage(self, tx: Tx, active: Roster, now: datetime) -> tuple[Coverage, ...]:
        """Who left, has not accepted the rules, has no account or is away for long does not count."""
        waiting = tx.waiting_about(_QUEUE)
        people: Counter[str] = Counter()
        awake: Counter[str] = Counter()
        for expert in active.experts.values():
            away = expert.away_until(now)
            if (self.absent is not None and self.absent(expert.id)) or (away is not None and away - now > _LONG):
                continue
            people.update(expert.topics)
            if not refusal(expert, {}, now):
                awake.update(expert.topics)
        found = [Coverage(t.name, people[t.id], awake[t.id], waiting.get(t.id, 0)) for t in self.roster.topics.values()]
        return tuple(sorted(found, key=lambda c: (c.awake, c.people, c.topic)))

    def _queue(self, tx: Tx) -> dict[str, Any]:
        """What has waited longest, and what came last: neither hides the other."""
        half = _QUEUE_SHOWN // 2
        oldest = tx.waiting(_QUEUE, _QUEUE_SHOWN)
        if len(oldest) == _QUEUE_SHOWN:
            oldest = [*oldest[:half], *reversed(tx.waiting(_QUEUE, half, newest=True))]
        found = tuple(self._in_queue(tx, question) for question in {q.id: q for q in oldest}.values())
        return {"queue": found, "queue_left_out": sum(tx.under_way().get(s.value, 0) for s in _QUEUE) - len(found)}

    def _unanswered(self, tx: Tx, now: datetime) -> dict[str, Any]:
        stages, since = (Stage.UNANSWERED,), now - _UNANSWERED_FOR
        latest = tx.waiting(stages, _UNANSWERED_SHOWN, newest=True, since=since)
        left_out = tx.how_many(stages, now, _COUNTED + len(latest)) - len(latest)
        return {"unanswered": tuple(self._in_queue(tx, q) for q in latest), "unanswered_left_out": left_out}

    def _lately_set_aside(self, tx: Tx) -> tuple[Card, ...]:
        found = tx.waiting((Stage.DISMISSED,), _SET_ASIDE_SHOWN, newest=True)
        return tuple(self._in_queue(tx, question) for question in found)

    def _lately_answered(self, tx: Tx) -> tuple[Card, ...]:
        """Whoever looks after all of them can take an answer back that they have no card of."""
        found = map(tx.question, dict.fromkeys(tx.answered_lately(_ANSWERED_SHOWN)))
        return tuple(self._in_queue(tx, q) for q in found if q is not None and q.stage is Stage.PUBLISHED)

    def _in_queue(self, tx: Tx, question: Question) -> Card:
        answers = tx.answers(question.id)
        return seeing.marked(card.in_queue(question, answers, self.roster), question, answers)

    # ------------------------------------------------------------ /twelp

    def command(self, person: str, text: str) -> Done:
        """What `/twelp TEXT` comes to, in words for this person alone; `details["window"]` names a window to open."""
        word, rest = word_of(text)
        if word not in WORDS:
            return Done(False, acts.UNKNOWN_COMMAND(word=word[:40], known=tuple(sorted(WORDS))))
        if person not in self.roster.experts:
            return Done(False, acts.STRANGER_TO_COMMANDS)
        match word:
            case "help":
                lines = [acts.HELP_LINE(command=line, what=acts.COMMANDS[word]) for word, line in HELP.items()]
                return Done(True, acts.HELP(lines=in_a_row(acts.LINES, lines)))
            case "join":
                return Done(True, "", {"window": "rules"})
            case "leave":
                return self.leave(person)
            case "pause":
                end = pause_end(rest, self.clock.now(), self.roster.experts[person].zone)
                return Done(False, end.message) if isinstance(end, Unclear) else self.pause(person, end)
            case "resume":
                return self.pause(person, None)
            case "quiet" | "budget" | "digest":
                return self._own(person, word, rest)
        with self.store.look() as tx:
            shown = self.home(tx, person)
            assert shown is not None
            return Done(True, {"status": self._status, "topics": self._topics, "stats": self._stats}[word](shown))

    def _own(self, person: str, word: str, rest: str) -> Done:
        if word == "digest":
            wanted = switch(rest)
            return Done(False, acts.WRITE_DIGEST) if wanted is None else self.set_digest(person, wanted)
        if rest:
            return self.set_hours(person, rest, None) if word == "quiet" else self.set_hours(person, None, rest)
        with self.store.look() as tx:
            own = volunteers.with_own_words(self.roster.experts[person], tx.volunteer(person))
        if word == "quiet":
            return Done(True, acts.YOUR_QUIET(quiet=volunteers.hours(own.quiet)))
        return Done(True, acts.YOUR_BUDGET(asks=own.daily_asks))

    def _status(self, home: Home) -> str:
        if home.membership is not Membership.ENROLLED:
            return acts.NO_PART
        held = sum(1 for shown in home.cards if shown.until is not None)
        lines = (
            self._asked_now(home),
            acts.STATUS_QUIET(quiet=home.quiet, zone=str(home.zone)),
            acts.STATUS_TODAY(today=home.asked_today, asks=home.daily_asks),
            acts.STATUS_CARDS(open=len(home.cards) - held, yours=held),
        )
        return in_a_row(acts.LINES, lines)

    def _asked_now(self, home: Home) -> str:
        if home.away_until is not None:
            until = day_and_hour(home.away_until, home.zone)
            return acts.PAUSED_UNTIL(until=until) if home.paused else acts.AWAY_UNTIL(until=until)
        if home.daily_asks == 0:
            return acts.NO_BUDGET
        if home.quiet_now:
            return acts.QUIET_NOW
        return acts.USED_UP if home.asked_today >= home.daily_asks else acts.MAY_BE_ASKED

    def _topics(self, home: Home) -> str:
        if not home.topics:
            return acts.NO_TOPICS
        said = acts.TOPICS if home.membership is Membership.ENROLLED else acts.TOPICS_WOULD
        return said(topics=home.topics)

    def _stats(self, home: Home) -> str:
        mine = home.tally
        return acts.STATS(
            asked=mine.asked,
            answered=mine.answered,
            passed=mine.passed,
            published=mine.published,
            thanked=mine.thanked,
        )
