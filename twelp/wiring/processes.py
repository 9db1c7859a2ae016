"""Who else is at work: processes that share a database leave word of what they do and how they are, every few seconds.

A row of `twelp_house` each, by the database's clock; one that was not renewed for half a minute is of somebody who is
gone. So whoever answers for all of them (`twelp web`, `twelp status`) knows of a part that is missing, which no process
can say of itself. On SQLite there is one process, and nothing to tell.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from twelp.adapters.store import SqlStore, SqlTx
from twelp.errors import StoreError
from twelp.ports import Limit
from twelp.wiring.roles import Role

log = logging.getLogger("twelp.wiring")

EVERY_S: Final = 5.0
SILENT_S: Final = 30.0
"""After so long without a word, a process is taken for gone."""


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the bot: well or not, and why."""

    name: str
    ok: bool
    said: str


@dataclass(frozen=True, slots=True)
class Use:
    """What one process has had of the networks since its start: dollars by list prices and by network, what they said
    was left to it, and which calls they or Slack want not to be asked for, until when."""

    dollars: Mapping[str, float] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    pauses: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A process that is at work: what it does, and what it found when it last looked at itself."""

    instance: str
    roles: frozenset[Role]
    checks: tuple[Check, ...]
    use: Use = Use()


def parts(tx: SqlTx) -> list[Part]:
    """Every process that gave word lately; none on SQLite."""
    return [_part(instance, json.loads(told)) for instance, told in tx.parts(SILENT_S)]


def _part(instance: str, told: dict[str, Any]) -> Part:
    """What a process of this version told, or of another: what is new stands beside what was there."""
    roles = frozenset(Role(str(word)) for word in told["roles"] if word in set(Role))
    checks = tuple(Check(**check) for check in told["checks"])
    use = told.get("use", {"dollars": 0.0, "limits": []})
    limits = (Limit(route, limit, left, datetime.fromisoformat(at)) for route, limit, left, at in use["limits"])
    pauses = ((call, datetime.fromisoformat(at)) for call, at in use.get("pauses", ()))
    return Part(instance, roles, checks, Use(_dollars(use), tuple(limits), tuple(pauses)))


def _dollars(use: Mapping[str, Any]) -> dict[str, float]:
    """By network; a process of an older version tells the sum alone, which is the only network's it knows."""
    spent = use.get("spent", {"X": use["dollars"]} if use["dollars"] else {})
    return {str(network): float(dollars) for network, dollars in spent.items()}


def _told(roles: Sequence[Role], checks: Sequence[Check], use: Use) -> str:
    limits = [(limit.route, limit.limit, limit.remaining, limit.reset_at.isoformat()) for limit in use.limits]
    pauses = [(call, at.isoformat()) for call, at in use.pauses]
    used = {"dollars": sum(use.dollars.values()), "spent": dict(use.dollars), "limits": limits, "pauses": pauses}
    return json.dumps({"roles": roles, "checks": [asdict(check) for check in checks], "use": used})


class ProcessBoard:
    """Gives word of this process until it is stopped.

    Args:
        store: where it is left.
        instance: this process's name among all.
        roles: what it does.
        look: how it is, and what it has had of the networks.
    """

    def __init__(
        self,
        store: SqlStore,
        instance: str,
        roles: Collection[Role],
        look: Callable[[], tuple[Sequence[Check], Use]],
    ) -> None:
        self._store = store
        self._instance = instance
        self._roles = sorted(roles)
        self._look = look
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._told: set[str] = set()
        self._heard_at = time.monotonic()

    def start(self) -> None:
        """Begins to give word."""
        if not self._store.sqlite:
            self._thread = threading.Thread(target=self._run, name="presence", daemon=True)
            self._thread.start()

    def silent_s(self) -> float:
        """For how long the database has taken no word of ours."""
        return time.monotonic() - self._heard_at

    def stop(self) -> None:
        """Takes it back: this process is gone, and nobody need wait to see that."""
        self._stop.set()
        if self._thread is None:
            return
        self._thread.join(timeout=5)
        self._thread = None
        try:
            with self._store.transaction(durable=False) as tx:
                tx.forget_part(self._instance)
        except Exception as error:  # it grows old by itself
            self._complain("taken back", error)

    def tell(self) -> None:
        """Gives word once; what fails is tried again next time."""
        try:
            told = _told(self._roles, *self._look())
            with self._store.at_once() as tx:
                tx.tell_part(self._instance, told)
            self._heard_at = time.monotonic()
        except Exception as error:
            self._complain("told", error)

    def _complain(self, what: str, error: Exception) -> None:
        """A database that is away is told by whoever waits for it; what nobody expected by us, each kind once."""
        kind = type(error).__name__
        if isinstance(error, StoreError):
            log.debug("presence could not be %s (%s)", what, kind)
        elif kind not in self._told:
            self._told.add(kind)
            log.warning("presence could not be %s: %s", what, kind, exc_info=error)

    def _run(self) -> None:
        while True:
            self.tell()
            if self._stop.wait(EVERY_S):
                return
