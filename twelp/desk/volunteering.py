"""Volunteering: invited, joining, leaving, and what people set for themselves. Nothing here changes experts.yaml."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from twelp.desk.bench import decided_again
from twelp.desk.outcome import Outcome
from twelp.desk.records import Records
from twelp.flow import lifecycle, volunteers
from twelp.flow.dispatch import asks_of_day, refusal
from twelp.flow.lifecycle import Step
from twelp.flow.selfservice import Unclear, budget, day_and_hour, quiet_hours
from twelp.flow.volunteers import hours
from twelp.model import (
    Ask,
    AskRole,
    AskState,
    Done,
    Errand,
    Invitation,
    Level,
    Membership,
    Question,
    Rules,
    Stage,
    Volunteer,
)
from twelp.ports import Place, Tx
from twelp.texts import acts, notes
from twelp.texts.phrase import SENTENCES, in_a_row

_INVITED_AT_ONCE = 40
_NEXT_INVITED = timedelta(minutes=1)
"""Slack opens some 50 conversations a minute, and asks go before invitations."""

_STRANDED = 1_000
"""Questions that are looked at when somebody joins, or at the start: the oldest."""

_OLDER_CARDS = 50
"""Cards of questions that are over which are made true when somebody leaves or joins: the newest."""

_INVITE_AGAIN = timedelta(minutes=30)
"""When it is looked again whether somebody who rested may be invited now."""

_TODAY = timedelta(hours=50)
"""How far back asks may count for somebody's present calendar day, whatever the zone."""


class Volunteering(Outcome):
    """Who takes part, and on which terms."""

    # ------------------------------------------------------------ invited

    def begin(self) -> None:
        """To be called when the house starts: whoever is newly listed is invited, or asked to look at held answers;
        what lay before those who take part no more is given to others, and questions that had nobody may have now."""
        self._part_ways()
        self._widen_stranded()
        self.review_waiting()
        if self.roster.rules is not None:
            with self.store.begin() as tx:
                self.later(tx, "invite", "invite")

    @decided_again
    def _part_ways(self) -> None:
        with self.store.begin() as tx:
            active = self.active(tx).experts
            for person in tx.undecided_people():
                if person not in active:
                    for ask in tx.undecided(person):
                        self._close(tx, ask, person, "they do not take part any more")

    def invite(self) -> None:
        """Invites whoever is listed and was not invited to the present rules; who rests now is invited later."""
        rules, now = self.roster.rules, self.clock.now()
        if rules is None:
            return
        with self.store.begin() as tx:
            known, resting, invited = tx.volunteers(), False, 0
            for person, expert in self.roster.experts.items():
                own = known.get(person, Volunteer(person))
                if own.invited == rules.version or self.membership(own) is not Membership.INVITED:
                    continue
                if invited == _INVITED_AT_ONCE:
                    self.later(tx, "invite", "invite", delay=None if self.policy.unlimited else _NEXT_INVITED)
                    return
                if not self.policy.unlimited and refusal(replace(expert, daily_asks=1), {}, now):
                    resting = True
                    continue
                tx.set_volunteer(replace(own, invited=rules.version))
                self._invitation(tx, person)
                if own.ts:  # their invitation changes in its place, which nobody would notice
                    key = f"note:rules:{person}:{rules.version}"
                    self.send(tx, Errand.NOTE, key, question="", subject=person, text=notes.RULES_CHANGED, to=person)
                invited += 1
            if resting:
                self.later(tx, "invite", "invite", delay=_INVITE_AGAIN)

    def _invitation(self, tx: Tx, person: str) -> None:
        """Sends the invitation, or makes the one that was sent say what is true now."""
        key = f"invitation:{person}:{tx.roll()}"
        self.send(tx, Errand.INVITATION, key, question="", subject=person, to=person)

    def invitation(self, tx: Tx, person: str) -> tuple[Invitation, Place | None] | None:
        """What this person's invitation says at this moment, and where it is; None for who is not listed any more."""
        expert = self.roster.experts.get(person)
        if expert is None:
            return None
        own = tx.volunteer(person)
        topics = tuple(self.roster.topics[topic].name for topic in expert.topics)
        again = bool(own.accepted) and self.membership(own) is Membership.INVITED
        shown = Invitation(self.roster.brand.name, topics, self.membership(own), again)
        return shown, Place(own.channel, own.ts) if own.ts else None

    def invitation_sent(self, tx: Tx, person: str, place: Place) -> None:
        """The invitation is at `place`."""
        tx.set_volunteer(replace(tx.volunteer(person), channel=place.channel, ts=place.ts))

    def invitation_failed(self, tx: Tx, person: str) -> None:
        """The person could not be reached; they are invited again at the next start."""
        tx.set_volunteer(replace(tx.volunteer(person), invited="", channel="", ts=""))

    # ------------------------------------------------------------ joining and leaving

    def rules_for(self, person: str) -> Rules | Done:
        """What this person would accept, or why there is nothing to accept."""
        if person not in self.roster.experts:
            return Done(False, acts.NOT_LISTED)
        with self.store.look() as tx:
            membership = self.membership(tx.volunteer(person))
        if membership is Membership.ENROLLED:
            return Done(True, acts.TAKE_PART_ALREADY)
        return self.roster.rules or self.join(person, "")

    @decided_again
    def join(self, person: str, version: str) -> Done:
        """The person accepts that version of the rules and takes part from now on."""
        rules = self.roster.rules
        if person not in self.roster.experts:
            return Done(False, acts.NOT_LISTED)
        if rules is not None and version != rules.version:
            return Done(False, acts.RULES_CHANGED)
        with self.store.begin() as tx:
            own = tx.volunteer(person)
            if self.membership(own) is not Membership.ENROLLED:
                now = self.clock.now()
                tx.set_volunteer(replace(own, accepted=version, accepted_at=now, left_at=None, paused_until=None))
                why = f"accepted version {version} of the rules" if rules else ""
                self.note(tx, f"volunteer:{person}", person, "join", why)
                self._changed(tx, person)
                self.later(tx, "welcome", f"welcome:{person}", person)
            return Done(True, acts.JOINED)

    @decided_again
    def welcome(self, person: str) -> None:
        """Somebody joined or came back: questions that had nobody, and answers nobody could look at, may be theirs; and
        those that everybody else who could know has let lie."""
        self._widen_stranded(person)
        expert = self.roster.experts.get(person)
        if expert is not None and expert.level is Level.MODERATOR:
            self.review_waiting()

    def _widen_stranded(self, newcomer: str = "") -> None:
        """Asks further people about what nobody can answer; of `newcomer`, about what everybody else was asked."""
        with self.store.look() as tx:
            waiting = tx.waiting(tuple(lifecycle.FREE), _STRANDED)
            records = self._records(tx) if newcomer else None
            stranded = [q for q in waiting if self._with_nobody(tx, q.id) or self._only_for(newcomer, tx, q, records)]
        for question in stranded:
            self.widen(question.id, question.wave)

    def _only_for(self, newcomer: str, tx: Tx, question: Question, records: Records | None) -> bool:
        """Whether this person is the only one left who could know, so that no timer is set for the question."""
        listed = self.roster.experts.get(newcomer)
        if listed is None or records is None or not any(found.topic in listed.topics for found in question.topics):
            return False
        wave = self._plan(tx, question, records)
        return bool(wave.asks) and {found.expert for found in wave.asks + wave.considered} == {newcomer}

    def _with_nobody(self, tx: Tx, question_id: str) -> bool:
        """Whether there is nobody who was asked and may still answer."""
        return not any(ask.state is AskState.OPEN for ask in self.asks(tx, question_id))

    @decided_again
    def leave(self, person: str) -> Done:
        """The person takes part no more: open asks are closed, what they hold is given back, drafts are kept."""
        with self.store.begin() as tx:
            refused = self.may_act(tx, person)
            if refused is not None:
                return refused
            now = self.clock.now()
            for ask in tx.undecided(person):
                self._close(tx, ask, person, "they left")
            tx.set_volunteer(replace(tx.volunteer(person), left_at=now, accepted="", paused_until=None))
            self.note(tx, f"volunteer:{person}", person, "leave")
            self._changed(tx, person)
            return Done(True, acts.LEFT)

    @decided_again
    def gone(self, person: str) -> None:
        """Slack says that the person may not act here any more: what they hold is given back, and others are asked."""
        with self.store.begin() as tx:
            for question, _ in tx.before(person):
                moved = self._free(tx, question, Step.RELEASE) if question.claimed_by == person else None
                if moved is not None:
                    self.note(tx, question.id, person, "release", "their account may not act here any more")
                    self.tell(tx, moved)
                    self.dispatch(tx, moved)

    def _close(self, tx: Tx, ask: Ask, person: str, why: str) -> None:
        question = tx.question(ask.question)
        if question is None or (ask.role is AskRole.ANSWER and self._confirmed_by(tx, ask.question, person)):
            return
        tx.set_ask(ask.id, state=AskState.CLOSED, shown=-1)
        key = f"refresh:{ask.id}:left:{tx.roll()}"
        self.send(tx, Errand.REFRESH, key, question=question.id, subject=str(ask.id), to=person)
        if question.stage is Stage.CLAIMED and question.claimed_by == person:
            moved = self._free(tx, question, Step.RELEASE)
            if moved is not None:
                self.note(tx, question.id, person, "release", why)
                self.tell(tx, moved)
                self.later(tx, "widen", f"widen:{question.id}", question.id, moved.wave)
        elif question.stage in lifecycle.FREE and ask.role is AskRole.ANSWER:
            self.later(tx, "widen", f"widen:{question.id}", question.id, question.wave)

    def _confirmed_by(self, tx: Tx, question_id: str, person: str) -> bool:
        spoken = self._spoken(tx, question_id)
        return spoken is not None and spoken.expert == person

    # ------------------------------------------------------------ on one's own terms

    def pause(self, person: str, until: datetime | None) -> Done:
        """No asks before `until`; None ends the pause."""
        with self.store.begin() as tx:
            refused = self.may_act(tx, person)
            if refused is not None:
                return refused
            own = tx.volunteer(person)
            if until is None and (own.paused_until is None or own.paused_until <= self.clock.now()):
                return Done(True, acts.NOT_PAUSED)
            self._set(tx, replace(own, paused_until=until), "pause" if until else "resume")
            if until is None:
                return Done(True, acts.WELCOME_BACK)
            return Done(True, acts.PAUSED(until=day_and_hour(until, self.roster.experts[person].zone)))

    def set_hours(self, person: str, quiet: str | None, asks: str | None) -> Done:
        """Quiet hours and budget as the person writes them (None: as they are). What is unclear is told by field."""
        wanted = None if quiet is None else quiet_hours(quiet)
        most = None if asks is None else budget(asks)
        wrong = {
            name: found.message for name, found in (("quiet", wanted), ("budget", most)) if isinstance(found, Unclear)
        }
        if isinstance(wanted, Unclear) or isinstance(most, Unclear):
            return Done(False, in_a_row(SENTENCES, list(wrong.values())), {"errors": wrong})
        with self.store.begin() as tx:
            refused = self.may_act(tx, person)
            if refused is not None:
                return refused
            own, listed = tx.volunteer(person), self.roster.experts[person]
            if quiet is not None:  # what the roster says anyhow is nobody's own word
                own = replace(own, quiet=None if hours(wanted) == hours(listed.quiet) else wanted)
            if asks is not None:
                own = replace(own, daily_asks=None if most == listed.daily_asks else most)
            self._set(tx, own, "own hours")
            mine = volunteers.with_own_words(self.roster.experts[person], own)
        return Done(True, acts.TERMS(quiet=hours(mine.quiet), asks=mine.daily_asks))

    def set_digest(self, person: str, wanted: bool) -> Done:
        """Whether the person wants the weekly digest."""
        with self.store.begin() as tx:
            refused = self.may_act(tx, person)
            if refused is not None:
                return refused
            self._set(tx, replace(tx.volunteer(person), digest=wanted), "digest")
            if wanted:
                self._next_week(tx, person)
        return Done(True, acts.DIGEST_ON if wanted else acts.DIGEST_OFF)

    def weekly(self, person: str) -> None:
        """It is Monday morning for them: their own week in numbers, and the next one's timer. Once a week."""
        now = self.clock.now()
        with self.store.begin() as tx:
            listed = self.roster.experts.get(person)
            if listed is None or person not in self.active(tx).experts or not tx.volunteer(person).digest:
                return
            key = f"note:weekly:{person}:{now.astimezone(listed.zone):%G-%V}"
            if tx.sent(key) is not None:
                return
            week = tx.tally(person, now - timedelta(days=7))
            text = notes.WEEK(asked=week.asked, answered=week.answered, published=week.published, thanked=week.thanked)
            self.send(tx, Errand.NOTE, key, question="", subject=person, text=text, to=person)
            self._next_week(tx, person)

    def _next_week(self, tx: Tx, person: str) -> None:
        now = self.clock.now()
        delay = volunteers.next_monday(now, self.roster.experts[person].zone) - now
        self.later(tx, "weekly", f"weekly:{person}", person, delay=delay)

    def _set(self, tx: Tx, own: Volunteer, step: str) -> None:
        tx.set_volunteer(own)
        changes = volunteers.differences(self.roster.experts[own.expert], own, self.clock.now())
        said = [f"{name}: {theirs}" for name, _, theirs in changes] or ["as the roster says"]
        self.note(tx, f"volunteer:{own.expert}", own.expert, step, *said)
        self.homes(tx, [own.expert], tx.roll())

    def _changed(self, tx: Tx, person: str) -> None:
        """They joined or left: their invitation, their tab, and what could be taken back on their older cards."""
        for ask in tx.over(person, _OLDER_CARDS):
            tx.set_ask(ask.id, shown=-1)
            key = f"refresh:{ask.id}:{tx.roll()}"
            self.send(tx, Errand.REFRESH, key, question=ask.question, subject=str(ask.id), to=person)
        if tx.volunteer(person).ts:
            self._invitation(tx, person)
        self.homes(tx, [person], tx.roll())

    def asked_today(self, tx: Tx, person: str) -> int:
        """How many asks of the person's own day are used."""
        now, zone = self.clock.now(), self.roster.experts[person].zone
        return asks_of_day(zone, tx.asked_hours(person, now - _TODAY), now).count
