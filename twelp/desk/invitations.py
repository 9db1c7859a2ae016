"""Invitations: whoever is newly listed is asked to accept the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from twelp.desk.context import Context
from twelp.desk.roll import Roll
from twelp.desk.rows import SendRows
from twelp.desk.telling import tell
from twelp.flow.dispatch import refusal
from twelp.model import DeliveryKind, Invitation, Membership, NoteKind, Volunteer
from twelp.ports import PeopleTx, Place
from twelp.texts import notes

_INVITED_AT_ONCE = 40

_NEXT_INVITED = timedelta(minutes=1)
"""Slack opens some 50 conversations a minute, and asks go before invitations."""

_INVITE_AGAIN = timedelta(minutes=30)
"""When it is looked again whether somebody who rested may be invited now."""


class InvitationsRows(SendRows, PeopleTx, Protocol):
    """Rows that `Invitations` touches."""


class Invitations:
    """Who is asked to take part, and what their invitation says."""

    def __init__(
        self,
        ctx: Context[InvitationsRows],
        *,
        roll: Roll,
    ) -> None:
        self._ctx = ctx
        self._roll = roll

    def invite(self) -> None:
        """Invites whoever is listed and was not invited to the present rules; who rests now is invited later."""
        rules, now = self._ctx.roster.rules, self._ctx.clock.now()
        if rules is None:
            return
        with self._ctx.store.transaction() as tx:
            known, resting, invited = tx.volunteers(), False, 0
            for person, expert in self._ctx.roster.experts.items():
                own = known.get(person, Volunteer(person))
                if own.invited == rules.version or self._roll.membership(own) is not Membership.INVITED:
                    continue
                if invited == _INVITED_AT_ONCE:
                    self._ctx.enqueue(
                        tx, "invite", "invite", delay=None if self._ctx.policy.unlimited else _NEXT_INVITED
                    )
                    return
                if not self._ctx.policy.unlimited and refusal(replace(expert, daily_asks=1), {}, now) is not None:
                    resting = True
                    continue
                tx.set_volunteer(replace(own, invited=rules.version))
                self.send_invitation(tx, person)
                if own.has_invitation:  # their invitation changes in its place, which nobody would notice
                    key = NoteKind.RULES.key(person, rules.version)
                    tell(self._ctx, tx, person, key, notes.RULES_CHANGED)
                invited += 1
            if resting:
                self._ctx.enqueue(tx, "invite", "invite", delay=_INVITE_AGAIN)

    def send_invitation(self, tx: InvitationsRows, person: str) -> None:
        """Sends the invitation, or makes the one that was sent say what is true now."""
        key = f"invitation:{person}:{tx.volunteers_stamp()}"
        self._ctx.send(tx, DeliveryKind.INVITATION, key, question="", subject=person, to=person)

    def invitation(self, tx: InvitationsRows, person: str) -> tuple[Invitation, Place | None] | None:
        """What this person's invitation says at this moment, and where it is; None for who is not listed any more."""
        expert = self._ctx.roster.experts.get(person)
        if expert is None:
            return None
        own = tx.volunteer(person)
        topics = tuple(self._ctx.roster.topics[topic].name for topic in expert.topics)
        again = bool(own.accepted) and self._roll.membership(own) is Membership.INVITED
        shown = Invitation(self._ctx.roster.brand.name, topics, self._roll.membership(own), again)
        return shown, Place(own.channel, own.ts) if own.has_invitation else None

    def invitation_sent(self, tx: InvitationsRows, person: str, place: Place) -> None:
        """The invitation is at `place`."""
        tx.set_volunteer(replace(tx.volunteer(person), channel=place.channel, ts=place.ts))

    def invitation_failed(self, tx: InvitationsRows, person: str) -> None:
        """The person could not be reached; they are invited again at the next start."""
        tx.set_volunteer(replace(tx.volunteer(person), invited="", channel="", ts=""))
