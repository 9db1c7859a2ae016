"""The board: which jobs this process has in hand, which of them run, which wait for a free hand or for their turn."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from twelp.ports.queue import Ending, Ends, Failed, Job


@dataclass(slots=True)
class Board:
    """Not safe by itself: whoever uses it from several threads holds its `guard` meanwhile.

    Attributes:
        sizes: how many jobs of each queue may run side by side.
        most: how many jobs of each queue may be in hand at once.
        held: all in hand, by id; one that is done stays until that is written down.
        done: ids of jobs that are done and still have their rows.
        put_off: jobs that failed, with when they come again.
        endings: what ended jobs leave to be written down; until then they keep their lane.
        guard: the lock to hold.
    """

    sizes: Mapping[str, int]
    most: int = 1
    held: dict[int, Job] = field(default_factory=dict)
    done: list[int] = field(default_factory=list)
    put_off: dict[int, Failed] = field(default_factory=dict)
    endings: dict[int, Ending] = field(default_factory=dict)
    guard: threading.Lock = field(default_factory=threading.Lock)
    _waiting: dict[str, deque[Job]] = field(default_factory=dict)
    _count: Counter[str] = field(default_factory=Counter)
    _running: dict[str, int] = field(default_factory=dict)
    _lanes: set[str] = field(default_factory=set)

    @property
    def running(self) -> int:
        """How many jobs run."""
        return sum(self._running.values())

    def rooms(self, over: Iterable[int] = ()) -> dict[str, int]:
        """How many more of each queue may be taken in hand, once those that are `over` have left it."""
        leaving = Counter(self.held[job_id].queue for job_id in over if job_id in self.held)
        return {queue: self.most - self._count[queue] + leaving[queue] for queue in self.sizes}

    def take(self, jobs: Iterable[Job]) -> None:
        """These are in our hands now, and wait."""
        for job in jobs:
            if job.id not in self.held:
                self.held[job.id] = job
                self._count[job.queue] += 1
                self._waiting.setdefault(job.queue, deque()).append(job)

    def drop_waiting(self) -> None:
        """What has not begun is not ours any more."""
        for jobs in self._waiting.values():
            for job in jobs:
                self._leave(job.id)
            jobs.clear()

    def _leave(self, job_id: int) -> None:
        job = self.held.pop(job_id, None)
        if job is not None:
            self._count[job.queue] -= 1

    def start(self, queue: str) -> list[Job]:
        """Marks as running, and gives, what may start now: a hand is free, and nothing else of its lane runs."""
        found: list[Job] = []
        waiting = self._waiting.get(queue, ())
        while waiting and self._running.get(queue, 0) < self.sizes[queue]:
            job = next((job for job in waiting if job.lane not in self._lanes), None)
            if job is None:
                break
            self._waiting[queue].remove(job)
            self._running[queue] = self._running.get(queue, 0) + 1
            if job.lane is not None:
                self._lanes.add(job.lane)
            found.append(job)
        return found

    def end(self, job: Job, came_of_it: Failed | Ending | None) -> None:
        """It runs no more. None when it is done."""
        self._running[job.queue] -= 1
        if isinstance(came_of_it, Ending):
            self.endings[job.id] = came_of_it
            return
        if job.lane is not None:
            self._lanes.discard(job.lane)
        if came_of_it is None:
            self.done.append(job.id)
        elif came_of_it.due:
            self.put_off[job.id] = came_of_it

    def runs_again(self, job_id: int) -> tuple[Job, Ending]:
        """It has to write down itself what it left."""
        job = self.held[job_id]
        self._running[job.queue] += 1
        return job, self.endings.pop(job_id)

    def written(self, ends: Ends, put_off: Collection[int]) -> None:
        """So much of it stands in the rows now."""
        for job_id in ends.shown.keys() - ends.left:
            del self.endings[job_id]
            self._lanes.discard(self.held[job_id].lane or "")
            self._leave(job_id)
        del self.done[: len(ends.done)]
        for job_id in ends.done:
            self._leave(job_id)
        for job_id in put_off:
            self.put_off.pop(job_id, None)
            self._leave(job_id)


def fitting(found: Iterable[tuple[int, str]], rooms: Mapping[str, int]) -> list[int]:
    """Of these jobs, each with its queue, as many as there is room for."""
    left = dict(rooms)
    fit = []
    for job_id, queue in found:
        if left[queue] > 0:
            left[queue] -= 1
            fit.append(job_id)
    return fit
