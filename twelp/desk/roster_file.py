"""The roster's file: a version that can be used is in force from now on, in every part, for everybody it names.

Each process takes it up by itself, as each reads its own copy of the file; rows say which version is in force, so that
the journal tells of a change once. What lay before people who are listed no more is given to others, as at a start.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.members import Members
from twelp.desk.roll import Roll
from twelp.desk.rows import StepRows
from twelp.model import JournalStep, RefusedFile, Roster, RosterFile
from twelp.ports.roster_file import RosterFileTx
from twelp.roster.changes import Changes, compare
from twelp.texts import reasons

SUBJECT = "roster:file"
"""What lines of the journal about the file are about."""

_BY_NOBODY = "roster"
"""Who is told as having changed it, where git does not say."""


class RosterFileRows(StepRows, RosterFileTx, Protocol):
    """Rows that `RosterFiles` touches."""


class RosterFiles:
    """Takes up versions of the file, and refuses those that cannot be used."""

    def __init__(self, ctx: Context[RosterFileRows], *, roll: Roll, members: Members) -> None:
        self._ctx = ctx
        self._roll = roll
        self._members = members

    def take_up(self, roster: Roster, digest: str, who: str = "", text: str = "") -> RosterFile:
        """The roster is this one from now on; gives the version that is in force.

        Args:
            roster: what the file says.
            digest: of the file's bytes; the version in force already, if it is that one's.
            who: who wrote it; empty: not known.
            text: what stands in the file.
        """
        changes = compare(self._ctx.roster, roster)
        self._ctx.roster = roster
        concerned = {*changes.joined, *changes.left, *changes.changed, *(e.id for e in roster.moderators())}
        now = self._in_force(digest, who, text, changes, sorted(concerned))
        if changes:
            self._members.begin()
        return now

    @retry_on_conflict
    def _in_force(self, digest: str, who: str, text: str, changes: Changes, concerned: list[str]) -> RosterFile:
        with self._ctx.store.transaction() as tx:
            was, at = tx.roster_file(), self._ctx.clock.now()
            if was is not None and was.digest == digest and was.refused is None:
                return was
            if was is not None and was.digest == digest:  # what could not be used was taken back
                now = replace(was, refused=None)
            else:
                told = changes.told() if changes else str(reasons.ROSTER_AT_START)
                now = RosterFile(1 if was is None else was.number + 1, digest, at, who, told)
                number = reasons.ROSTER_VERSION(number=str(now.number), digest=digest)
                if was is not None or changes:
                    self._ctx.journal(tx, SUBJECT, who or _BY_NOBODY, JournalStep.ROSTER_CHANGED, number, told)
            tx.set_roster_file(now)
            tx.set_roster_text(text)
            self._ctx.refresh_homes(tx, concerned, f"roster:{now.number}:{at.timestamp()}")
            return now

    @retry_on_conflict
    def refuse(self, digest: str, why: str) -> None:
        """What stands in the file cannot be used: the version before stays in force, and moderators' tabs say so."""
        with self._ctx.store.transaction() as tx:
            was, at = tx.roster_file(), self._ctx.clock.now()
            if was is None or (was.refused is not None and was.refused.digest == digest):
                return
            tx.set_roster_file(replace(was, refused=RefusedFile(digest, why, at)))
            self._ctx.journal(tx, SUBJECT, _BY_NOBODY, JournalStep.ROSTER_REFUSED, why)
            moderators = [one.id for one in self._roll.moderators(tx)]
            self._ctx.refresh_homes(tx, moderators, f"roster:{digest}:{at.timestamp()}")
