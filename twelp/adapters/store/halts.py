"""What moderators paused; `twelp.ports.halts` says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence

from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import halts as queries
from twelp.model import Halt, scope_of


class HaltTx(Base):
    """The part of a transaction that is about what moderators paused."""

    def halts(self, *, hold: bool = False) -> Sequence[Halt]:
        """What is paused now, oldest first."""
        if self._nothing_paused and not hold:
            return ()
        found = self._all(queries.HELD if hold else queries.NOW)
        return [Halt(row.topic, row.by, row.reason, row.since, row.resuming) for row in found]

    def halt(self, halt: Halt) -> bool:
        """It is paused from now on."""
        self._nothing_paused = False
        row = {"scope": scope_of(halt.topic), "topic": halt.topic, "by": halt.by, "reason": halt.reason}
        return self._add_once(queries.ADD, {**row, "since": halt.since, "resuming": halt.resuming}) is not None

    def agree_to_resume(self, halt: Halt, person: str) -> bool:
        """This person wants to resume."""
        return self._changed(queries.AGREE, {"its_scope": halt.scope, "its_since": halt.since, "who": person})

    def resume(self, halt: Halt) -> bool:
        """It is over."""
        return self._changed(queries.RESUME, {"its_scope": halt.scope, "its_since": halt.since})

    def waiting_to_resume(self) -> Sequence[str]:
        """Keys of the jobs that wait for a pause's end, those of the oldest question first."""
        self.write_gathered()
        return list(dict.fromkeys(self._values(queries.waiting())))
