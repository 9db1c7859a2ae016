"""Everything at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from twelp.model import Backlog, Figure, Halt
from twelp.ports import CrisesTx, WaitingTx
from twelp.ports.counts import CountsTx
from twelp.ports.halts import HaltsTx
from twelp.ports.queue import JobsTx
from twelp.reading import figures


class OverviewRows(CountsTx, CrisesTx, HaltsTx, JobsTx, WaitingTx, Protocol):
    """Rows that are counted for a glance at all."""


@dataclass(frozen=True, slots=True)
class Overview:
    """How much there is to do.

    Attributes:
        questions: how many are under way, by stage; a stage without any is left out.
        queues: what each queue of jobs has to do.
        crises: how many cases for people are open, and how many of them somebody has (`taken`); empty: none is.
        today: what was counted since midnight (UTC); what never happened is left out.
        paused: what moderators paused, oldest first.
    """

    questions: Mapping[str, int]
    queues: Mapping[str, Backlog]
    crises: Mapping[str, int]
    today: Mapping[Figure, int]
    paused: Sequence[Halt] = ()

    @property
    def due(self) -> int:
        """Jobs that are due, of all queues."""
        return sum(queue.due for queue in self.queues.values())

    @property
    def lag_s(self) -> float:
        """For how long the oldest of them has been, in seconds."""
        return max((queue.lag_s for queue in self.queues.values()), default=0.0)

    @property
    def parked(self) -> int:
        """Jobs that failed too often, of all queues."""
        return sum(queue.parked for queue in self.queues.values())


def read_overview(tx: OverviewRows, now: datetime) -> Overview:
    """How much there is to do now."""
    crises = {state.value: count for state, count in tx.count_crises().items()}
    return Overview(dict(tx.under_way()), tx.backlog(now.timestamp()), crises, figures.today(tx, now), tx.halts())
