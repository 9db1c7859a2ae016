"""The durable queue's rows; `twelp.ports.queue` says what each method promises."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from twelp.adapters.store import job_tables
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import jobs as queries
from twelp.adapters.store.queries import rounds
from twelp.adapters.store.queries import shared_jobs as shared
from twelp.adapters.store.ready import Params
from twelp.adapters.store.rounds import RoundTx, arrays
from twelp.model import Backlog
from twelp.ports.queue import QUEUES, Ends, Failed, Job, JobRow, NewJob

_WRITTEN = ("job", "key", "queue", "lane", "due", "attempt", "args")
_COLUMNS = {name: name if name == "args" else f"{name}s" for name in (*_WRITTEN, "set_at", "subject")}


class JobTx(Base):
    """The part of a transaction that is about jobs."""

    _calls = False

    def __init__(self, connection: sa.Connection) -> None:
        super().__init__(connection)
        self._unwanted: dict[tuple[str, ...], Collection[int]] = {}

    def add_job(self, job: NewJob) -> None:
        """Writes the job's row right before the commit."""
        row: dict[str, Any] = {name: getattr(job.job, name) for name in _WRITTEN}
        row |= {"set_at": job.set_at, "subject": job.subject or None}
        self.gather(queries.ADD, row | ({"id": job.job.id} if job.job.id else {}))

    def call_on_commit(self) -> None:
        """Workers hear of the jobs that this transaction adds."""
        self._calls = True

    def _cancel_now(self) -> None:
        """Whoever looks at jobs sees none that are not wanted any more."""
        unwanted, self._unwanted = self._unwanted, {}
        for keys, held in unwanted.items():
            self.cancel_jobs(keys, but=held)

    def _take_gathered(self) -> list[tuple[Any, list[Params]]]:
        """New jobs go into the rows in one statement; jobs of keys that are not wanted any more leave them before."""
        if self._dialect == "sqlite":
            self._cancel_now()
            return super()._take_gathered()
        unwanted, self._unwanted = self._unwanted, {}
        parts: list[tuple[Any, list[Params]]] = []
        if unwanted:
            keys, held = [key for some in unwanted for key in some], [one for some in unwanted.values() for one in some]
            parts.append((shared.CANCEL, [{"keys": keys, "held": held}]))
        if new := self._gathered.pop(queries.ADD, []):
            given = {plural: [row[name] for row in new] for name, plural in _COLUMNS.items()}
            given["args"] = [json.dumps(args) for args in given["args"]]
            parts.append((shared.ADD, [given]))
            self._last = shared.CALL_ALL if self._calls else None
        return parts + super()._take_gathered()

    def drop_new_jobs(self, key: str) -> Sequence[NewJob]:
        """Takes back what this transaction itself added with this key."""
        dropped = self.drop_gathered(queries.ADD, lambda row: bool(row["key"] == key))
        return [
            NewJob(Job(row.get("id", 0), *(row[name] for name in _WRITTEN)), row["set_at"], row["subject"] or "")
            for row in dropped
        ]

    def jobs_of(self, key: str) -> Sequence[int]:
        """Ids of the jobs of this key that no process owns and that are not parked."""
        self._cancel_now()
        return self._values(queries.NOT_PARKED_OF_KEY, {"key": key})

    def cancel_jobs(self, keys: Collection[str], *, but: Collection[int], at_last: bool = False) -> int:
        """The jobs of these keys are forgotten; `at_last`: right before the commit, or before others are added."""
        if at_last:
            self._unwanted[tuple(keys)] = but
            return 0
        if self._dialect != "sqlite":
            return self._do(shared.CANCEL, {"keys": list(keys), "held": list(but)})
        found = [job_id for key in keys for job_id in self._values(queries.OF_KEY, {"key": key}) if job_id not in but]
        self.do(queries.CANCEL, *({"its_id": job_id} for job_id in found))
        return len(found)

    def reschedule_jobs(self, ids: Collection[int], due: float, set_at: float) -> None:
        """These are due at that hour instead."""
        self.do(queries.RESCHEDULE, *({"its_id": job_id, "due": due, "set_at": set_at} for job_id in ids))

    def has_queue(self) -> bool:
        """Whether the queue's tables are as this version makes them."""
        return job_tables.there(self.connection)

    def list_jobs(self, *, subject: str = "", failed: bool = False, limit: int = 100) -> Sequence[JobRow]:
        """The jobs that come next, parked ones first."""
        self._cancel_now()
        wanted = queries.LISTED.where(queries.FAILED) if failed else queries.LISTED
        if subject:
            wanted = wanted.where(queries.ABOUT)
        return [
            JobRow(
                id=row.id,
                queue=row.queue,
                job=row.job,
                key=row.key,
                due=row.due,
                attempt=row.attempt,
                error=row.error or "",
                parked=row.parked_at is not None,
                subject=row.subject or "",
            )
            for row in self.connection.execute(wanted, {"most": limit, **({"subject": subject} if subject else {})})
        ]

    def retry_jobs(self, ids: Collection[int], now: float) -> Collection[int]:
        """Lets those of these run at once that have failed."""
        chosen = self._values(queries.FAILED_AMONG, {"ids": list(ids)})
        self._do(queries.ANEW, {"ids": chosen, "now": now})
        return chosen

    def discard_jobs(self, ids: Collection[int]) -> Collection[int]:
        """Forgets those of these that are parked."""
        chosen = self._values(queries.PARKED_AMONG, {"ids": list(ids)})
        self._do(queries.DISCARD, {"ids": chosen})
        return chosen


class RunTx(Base):
    """The part of a transaction in which an engine runs jobs."""

    def prepare_queue(self) -> int:
        """Makes the tables where they are missing; the last job's id."""
        if self._dialect != "sqlite":
            self._first(shared.LOCK)
        job_tables.make(self.connection)
        return int(self._value(queries.LAST) or 0)

    def due_jobs(self, now: float, most: Mapping[str, int]) -> Sequence[tuple[int, str]]:
        """Id and queue of the jobs that are due."""
        return [(row.id, row.queue) for row in self._all(queries.DUE, {"now": now, **most})]

    def these_jobs(self, ids: Collection[int]) -> Sequence[Job]:
        """These jobs, earliest first."""
        return [Job(*row) for row in self._all(queries.THESE, {"ids": list(ids)})] if ids else []

    def next_due(self, now: float) -> float | None:
        """The earliest hour after `now` at which a job is due."""
        found: float | None = self._value(queries.NEXT, {"now": now})
        return found

    def ready_jobs(self, now: float) -> Collection[int]:
        """Ids of all jobs that are due."""
        return self._values(queries.READY, {"now": now})

    def put_off_jobs(self, failed: Mapping[int, Failed], owner: str, now: float) -> None:
        """These failed and come again."""
        if self._dialect == "sqlite":
            for job_id, why in failed.items():
                what = {"due": why.due, "set_at": now, "error": why.error, "parked_at": now if why.parked else None}
                self._do(queries.AGAIN, {"its_id": job_id, **what})
            return
        again = failed.values()
        what = {"dues": [why.due for why in again], "errors": [why.error for why in again]}
        what |= {"parked": [why.parked for why in again], "ids": list(failed), "now": now, "me": owner}
        self._do(shared.AGAIN, what)

    def set_ahead(self, latest: float) -> bool:
        """Whether a job was set after that hour."""
        return self._first(queries.AHEAD, {"latest": latest}) is not None

    def wait_from_now(self, latest: float, now: float) -> int:
        """Lets each job that was set after `latest` wait its whole delay from `now` on."""
        return self._do(queries.FROM_NOW, {"latest": latest, "now": now})

    def hurry_jobs(self, until: float, now: float, but: Collection[int]) -> int:
        """Makes all jobs due at `now` that would be due by `until`."""
        return self._do(queries.HURRY, {"until": until, "now": now, "but": [*but, 0]})

    def backlog(self, now: float) -> Mapping[str, Backlog]:
        """What each queue has to do."""
        found = {queue: Backlog() for queue in QUEUES}
        if not sa.inspect(self.connection).has_table(job_tables.jobs.name):
            return found
        for queue, due, parked, count, oldest in self._all(queries.BACKLOG, {"now": now}):
            found[queue] = Backlog(
                int(due), int(count - due - parked), round(max(0.0, now - float(oldest)), 1), int(parked)
            )
        return found


class SharingTx(RoundTx):
    """What processes that share a queue also need, on Postgres. Each call is one statement."""

    def prepare_sharing(self) -> None:
        """Makes the indexes that only a shared queue needs."""
        job_tables.make_shared(self.connection)

    def claim_jobs(self, owner: str, now: float, most: Mapping[str, int], ends: Ends | None = None) -> Sequence[Job]:
        """What is due and nobody's becomes the owner's; what is over ends in the same statement."""
        given = {"me": owner, "now": now, **most}
        try:
            if ends:
                found = self._all(rounds.FINISH_AND_CLAIM, {**arrays(ends), **given})
                ends.left = ends.shown.keys() - {row.id for row in found if row.job is None}
            else:
                found = self._all(shared.CLAIM, given)
        except self._unique_violation():  # another process took a job of the same lane this moment
            if ends:
                self.finish_jobs(owner, ends)
            return ()
        taken = (row for row in found if row.job is not None)
        return [Job(*row) for row in sorted(taken, key=lambda row: (row.due, row.id))]

    def _unique_violation(self) -> type[Exception]:
        driver: Any = self.connection.dialect.dbapi
        found: type[Exception] = driver.errors.UniqueViolation
        return found

    def call_workers(self, caller: str) -> None:
        """Workers look for jobs, but for the caller."""
        self._do(shared.CALL, {"caller": caller})

    def let_go(self, owner: str, but: Collection[int]) -> None:
        """All that bear that name, but for these, are anybody's again."""
        self._do(shared.LET_GO, {"me": owner, "held": list(but)})

    def beat(self, owner: str) -> bool:
        """The process lives; whether it was known."""
        return not self._value(shared.BEAT, {"me": owner})

    def take_over(self, dead_after_s: float) -> Mapping[str, int]:
        """The jobs of the dead are anybody's again."""
        return Counter(self._values(shared.TAKE_OVER, {"dead_after": dead_after_s}))

    def leave(self, owner: str) -> None:
        """The process shares the work no more."""
        self._do(shared.LEAVE, {"me": owner})
