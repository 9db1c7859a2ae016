"""Members: people join and leave; what lay before them is given to others. Nothing here changes experts.yaml."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from twelp.desk.asks import Asks
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.invitations import Invitations
from twelp.desk.records import Records
from twelp.desk.reviews import Reviews
from twelp.desk.ringing import Ringing
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.flow import lifecycle
from twelp.flow.lifecycle import Step
from twelp.model import (
    Ask,
    AskRole,
    AskState,
    DeliveryKind,
    Done,
    JournalStep,
    Level,
    Membership,
    Question,
    Rules,
    Stage,
)
from twelp.ports import LeftAloneTx, PutBeforeTx
from twelp.texts import acts

_STRANDED = 1_000
"""Questions that are looked at when somebody joins, or at the start: the oldest."""

_OLDER_CARDS = 50
"""Cards of questions that are over which are made true when somebody leaves or joins: the newest."""


class MembersRows(AskingRows, LeftAloneTx, PutBeforeTx, Protocol):
    """Rows that `Members` touches."""


class Members:
    """Who joins, leaves, or may act no more."""

    def __init__(
        self,
        ctx: Context[MembersRows],
        *,
        reviews: Reviews,
        roll: Roll,
        dispatcher: Dispatcher,
        asks: Asks,
        claims: Claims,
        invitations: Invitations,
        ringing: Ringing,
    ) -> None:
        self._ctx = ctx
        self._reviews = reviews
        self._roll = roll
        self._dispatcher = dispatcher
        self._asks = asks
        self._claims = claims
        self._invitations = invitations
        self._ringing = ringing

    def begin(self) -> None:
        """To be called when the bot starts: whoever is newly listed is invited, or asked to look at held answers;
        what lay before those who take part no more is given to others, and questions that had nobody may have now."""
        self._part_ways()
        self._widen_stranded()
        self._reviews.review_waiting()
        if self._ctx.roster.rules is not None:
            with self._ctx.store.transaction() as tx:
                self._ctx.enqueue(tx, "invite", "invite")

    @retry_on_conflict
    def _part_ways(self) -> None:
        with self._ctx.store.transaction() as tx:
            active = self._roll.active(tx).experts
            for person in tx.undecided_people():
                if person not in active:
                    for ask in tx.undecided(person):
                        self._close(tx, ask, person, "they do not take part any more")
            self._ringing.left(tx)

    def rules_for(self, person: str) -> Rules | Done:
        """What this person would accept, or why there is nothing to accept."""
        if person not in self._ctx.roster.experts:
            return Done(False, acts.NOT_LISTED)
        with self._ctx.store.read() as tx:
            membership = self._roll.membership(tx.volunteer(person))
        if membership is Membership.ENROLLED:
            return Done(True, acts.TAKE_PART_ALREADY)
        return self._ctx.roster.rules or self.join(person, "")

    @retry_on_conflict
    def join(self, person: str, version: str) -> Done:
        """The person accepts that version of the rules and takes part from now on."""
        rules = self._ctx.roster.rules
        if person not in self._ctx.roster.experts:
            return Done(False, acts.NOT_LISTED)
        if rules is not None and version != rules.version:
            return Done(False, acts.RULES_CHANGED)
        with self._ctx.store.transaction() as tx:
            own = tx.volunteer(person)
            if self._roll.membership(own) is not Membership.ENROLLED:
                now = self._ctx.clock.now()
                tx.set_volunteer(replace(own, accepted=version, accepted_at=now, left_at=None, paused_until=None))
                why = f"accepted version {version} of the rules" if rules else ""
                self._ctx.journal(tx, f"volunteer:{person}", person, JournalStep.JOIN, why)
                self._changed(tx, person)
                self._ctx.enqueue(tx, "welcome", f"welcome:{person}", person)
            return Done(True, acts.JOINED)

    @retry_on_conflict
    def welcome(self, person: str) -> None:
        """Somebody joined or came back: questions that had nobody, and answers nobody could look at, may be theirs; and
        those that everybody else who could know has let lie."""
        self._widen_stranded(person)
        expert = self._ctx.roster.experts.get(person)
        if expert is not None and expert.level is Level.MODERATOR:
            self._reviews.review_waiting()

    def _widen_stranded(self, newcomer: str = "") -> None:
        """Asks further people about what nobody can answer; of `newcomer`, about what everybody else was asked."""
        with self._ctx.store.read() as tx:
            waiting = tx.waiting(tuple(lifecycle.UNCLAIMED), _STRANDED)
            records = self._dispatcher.records(tx) if newcomer else None
            stranded = [q for q in waiting if self._with_nobody(tx, q.id) or self._only_for(newcomer, tx, q, records)]
        for question in stranded:
            self._dispatcher.widen(question.id, question.wave)

    def _only_for(self, newcomer: str, tx: MembersRows, question: Question, records: Records | None) -> bool:
        """Whether this person is the only one left who could know, so that no timer is set for the question."""
        listed = self._ctx.roster.experts.get(newcomer)
        if listed is None or records is None or not any(found.topic in listed.topics for found in question.topics):
            return False
        wave = self._dispatcher.plan_wave(tx, question, records)
        return bool(wave.asks) and {found.expert for found in wave.asks + wave.considered} == {newcomer}

    def _with_nobody(self, tx: MembersRows, question_id: str) -> bool:
        """Whether there is nobody who was asked and may still answer."""
        return not any(ask.state is AskState.OPEN for ask in self._asks.asks(tx, question_id))

    @retry_on_conflict
    def leave(self, person: str) -> Done:
        """The person takes part no more: open asks are closed, what they hold is given back, drafts are kept."""
        with self._ctx.store.transaction() as tx:
            refused = self._roll.may_act(tx, person)
            if refused is not None:
                return refused
            now = self._ctx.clock.now()
            for ask in tx.undecided(person):
                self._close(tx, ask, person, "they left")
            tx.set_volunteer(replace(tx.volunteer(person), left_at=now, accepted="", paused_until=None))
            self._ctx.journal(tx, f"volunteer:{person}", person, JournalStep.LEAVE)
            self._ringing.left(tx, person)
            self._changed(tx, person)
            return Done(True, acts.LEFT)

    @retry_on_conflict
    def gone(self, person: str) -> None:
        """Slack says that the person may not act here any more: what they hold is given back, and others are asked."""
        with self._ctx.store.transaction() as tx:
            self._ringing.left(tx, person)
            for question, _ in tx.before(person):
                moved = self._claims.free(tx, question, Step.RELEASE) if question.claimed_by == person else None
                if moved is not None:
                    self._ctx.journal(
                        tx, question.id, person, JournalStep.RELEASE, "their account may not act here any more"
                    )
                    self._ctx.refresh_cards(tx, moved)
                    self._dispatcher.dispatch(tx, moved)

    def _close(self, tx: MembersRows, ask: Ask, person: str, why: str) -> None:
        question = tx.question(ask.question)
        if question is None or (ask.role is AskRole.ANSWER and self._confirmed_by(tx, ask.question, person)):
            return
        tx.set_ask(ask.id, state=AskState.CLOSED, shown=-1)
        key = f"refresh:{ask.id}:left:{tx.volunteers_stamp()}"
        self._ctx.send(tx, DeliveryKind.REFRESH, key, question=question.id, subject=str(ask.id), to=person)
        if question.stage is Stage.CLAIMED and question.claimed_by == person:
            moved = self._claims.free(tx, question, Step.RELEASE)
            if moved is not None:
                self._ctx.journal(tx, question.id, person, JournalStep.RELEASE, why)
                self._ctx.refresh_cards(tx, moved)
                self._ctx.enqueue(tx, "widen", f"widen:{question.id}", question.id, moved.wave)
        elif question.stage in lifecycle.UNCLAIMED and ask.role is AskRole.ANSWER:
            self._ctx.enqueue(tx, "widen", f"widen:{question.id}", question.id, question.wave)

    def _confirmed_by(self, tx: MembersRows, question_id: str, person: str) -> bool:
        spoken = self._reviews.spoken(tx, question_id)
        return spoken is not None and spoken.expert == person

    def _changed(self, tx: MembersRows, person: str) -> None:
        """They joined or left: their invitation, their tab, and what could be taken back on their older cards."""
        for ask in tx.over(person, _OLDER_CARDS):
            tx.set_ask(ask.id, shown=-1)
            key = f"refresh:{ask.id}:{tx.volunteers_stamp()}"
            self._ctx.send(tx, DeliveryKind.REFRESH, key, question=ask.question, subject=str(ask.id), to=person)
        if tx.volunteer(person).has_invitation:
            self._invitations.send_invitation(tx, person)
        self._ctx.refresh_homes(tx, [person], tx.volunteers_stamp())
