"""The roll: who takes part now, with what they said for themselves, laid over the roster."""

from __future__ import annotations

from twelp.desk.context import Context
from twelp.flow import volunteers
from twelp.model import Done, Expert, Membership, Roster, Volunteer
from twelp.ports import PeopleTx
from twelp.texts import acts


class Roll:
    """Who may be asked and may act."""

    _laid_over: tuple[str, Roster, Roster] | None = None
    """The stamp of what people said for themselves, the roster it was laid over, and what came of it."""

    def __init__(
        self,
        ctx: Context[PeopleTx],
    ) -> None:
        self._ctx = ctx

    def active(self, tx: PeopleTx) -> Roster:
        """The roster as it holds in this transaction: only who takes part, each with their own hours and budget."""
        roll, listed = tx.volunteers_stamp(), self._ctx.roster
        known = self._laid_over
        if known is None or known[0] != roll or known[1] is not listed:
            known = self._laid_over = (roll, listed, volunteers.in_effect(listed, tx.volunteers()))
        return known[2]

    def moderators(self, tx: PeopleTx) -> tuple[Expert, ...]:
        """The moderators who take part; where none does, all who are listed: somebody must hear of it."""
        return self.active(tx).moderators() or self._ctx.roster.moderators()

    def may_act(self, tx: PeopleTx, person: str) -> Done | None:
        """Why this person may do nothing here; None when they may."""
        if person not in self._ctx.roster.experts:
            return Done(False, acts.NOT_LISTED)
        return None if person in self.active(tx).experts else Done(False, acts.NOT_ENROLLED)

    def membership(self, volunteer: Volunteer) -> Membership:
        """Whether a listed person takes part."""
        if volunteer.left_at is not None:
            return Membership.LEFT
        takes_part = volunteers.takes_part(volunteer, self._ctx.roster.rules)
        return Membership.ENROLLED if takes_part else Membership.INVITED
