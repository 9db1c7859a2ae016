"""The durable queue on Postgres, where several processes share it.

Each statement here is a transaction of its own: a process that is frozen or cut off, at whatever moment, leaves nothing
half done behind and holds nothing that others wait for. `owner` is the process that has a job in hand. Owners of this
version begin with `OWNER_PREFIX`; a process of the version before takes jobs in a transaction under an advisory lock,
and as long as one of those is there, jobs are taken under that lock here, too, which then ends with the statement.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from twelp.adapters.store.job_tables import TAKING, jobs
from twelp.ports.queue import OWNER_PREFIX

CHANNEL: Final = "twelp_jobs"
"""What workers listen to."""

_CLOCK_S: Final = "extract(epoch FROM clock_timestamp())"
_job = jobs.c
TAKEN: Final = (_job.id, _job.job, _job.key, _job.queue, _job.lane, _job.due, _job.attempt, _job.args)
"""What a process is told of a job that it takes."""

LOCK = sa.select(sa.func.pg_advisory_xact_lock(TAKING))
"""Until the transaction ends, no process of the version before takes jobs, and no other makes the tables."""

_ADD: Final = """
    INSERT INTO twelp_job (job, key, queue, lane, due, attempt, args, set_at, subject)
    SELECT job, key, queue, lane, due, attempt, args::json, set_at, subject
    FROM unnest(CAST(:jobs AS text[]), CAST(:keys AS text[]), CAST(:queues AS text[]), CAST(:lanes AS text[]),
                CAST(:dues AS float8[]), CAST(:attempts AS int[]), CAST(:args AS text[]), CAST(:set_ats AS float8[]),
                CAST(:subjects AS text[])) WITH ORDINALITY
         AS new (job, key, queue, lane, due, attempt, args, set_at, subject, nth)
    ORDER BY nth
"""

ADD = sa.text(_ADD)
"""New jobs, whose ids grow in this order."""

CALL_ALL: Final = f"SELECT pg_notify('{CHANNEL}', '')"
"""Workers hear of it once the transaction has committed."""

CALL = sa.text(f"SELECT pg_notify('{CHANNEL}', :caller)")
"""Workers are called: there is more to do than this one can."""

CLAIM_PARTS: Final = f"""
    may AS MATERIALIZED (
        SELECT CASE
            WHEN NOT EXISTS (SELECT FROM twelp_executor WHERE id = :me) THEN false
            WHEN EXISTS (SELECT FROM twelp_executor WHERE left(id, {len(OWNER_PREFIX)}) <> '{OWNER_PREFIX}')
                THEN pg_try_advisory_xact_lock({TAKING})
            ELSE true END AS take
    ), house AS MATERIALIZED (
        SELECT id FROM twelp_job
        WHERE queue = 'house' AND due <= :now AND owner IS NULL AND (SELECT take FROM may)
        ORDER BY due, id LIMIT :house FOR UPDATE SKIP LOCKED
    ), network AS MATERIALIZED (
        SELECT id FROM twelp_job
        WHERE queue = 'network' AND due <= :now AND owner IS NULL AND (SELECT take FROM may)
        ORDER BY due, id LIMIT :network FOR UPDATE SKIP LOCKED
    ), workspace AS MATERIALIZED (
        SELECT id FROM twelp_job AS mine
        WHERE queue = 'workspace' AND due <= :now AND owner IS NULL AND (SELECT take FROM may)
          AND lane NOT IN (SELECT lane FROM twelp_job WHERE owner IS NOT NULL AND lane IS NOT NULL)
          AND id = (SELECT id FROM twelp_job AS first WHERE first.lane = mine.lane AND first.owner IS NULL
                    ORDER BY first.due, first.id LIMIT 1)
        ORDER BY due, id LIMIT :workspace FOR UPDATE SKIP LOCKED
    ), found AS (SELECT id FROM house UNION ALL SELECT id FROM network UNION ALL SELECT id FROM workspace)
"""  # noqa: S608 - of our own words
"""Which jobs a process may take: `found`."""

TAKE: Final = """
    UPDATE twelp_job AS taken SET owner = :me FROM found WHERE taken.id = found.id AND taken.owner IS NULL
    RETURNING taken.id, taken.job, taken.key, taken.queue, taken.lane, taken.due, taken.attempt, taken.args
"""
"""They become its own."""

CLAIM = sa.text(f"WITH {CLAIM_PARTS} {TAKE}").bindparams(sa.bindparam("now", type_=sa.Float)).columns(*TAKEN)
"""Jobs become this process's: of each queue the earliest that are due and nobody's, so many at most; of a lane (a
person's messages) the first, where no process has another of it in hand. Those that others are just taking are passed
over, not waited for. A process that is not believed to live gets none."""

DONE = sa.text("DELETE FROM twelp_job WHERE id = ANY(:ids) AND (owner IS NULL OR owner = :me)").bindparams(
    sa.bindparam("ids", type_=ARRAY(sa.BigInteger))
)
"""These are done: their rows go, unless another process took them over."""

CANCEL = sa.text("""
    DELETE FROM twelp_job WHERE id IN (
        SELECT id FROM twelp_job WHERE key = ANY(:keys) AND owner IS NULL AND id <> ALL(:held) FOR UPDATE SKIP LOCKED)
""").bindparams(sa.bindparam("keys", type_=ARRAY(sa.String)), sa.bindparam("held", type_=ARRAY(sa.BigInteger)))
"""The jobs of some keys that nobody has in hand are not wanted: one that is just being taken is somebody's, and is not
waited for."""

AGAIN = sa.text("""
    UPDATE twelp_job AS failed
    SET due = again.due, set_at = :now, attempt = attempt + 1, error = again.error, owner = NULL,
        parked_at = CASE WHEN again.parked THEN CAST(:now AS float8) END
    FROM unnest(CAST(:ids AS bigint[]), CAST(:dues AS float8[]), CAST(:errors AS text[]), CAST(:parked AS bool[]))
         AS again (id, due, error, parked)
    WHERE failed.id = again.id AND (failed.owner IS NULL OR failed.owner = :me)
""").bindparams(sa.bindparam("now", type_=sa.Float))
"""These failed, each with its next hour and its error, unless another process took them over."""

LET_GO = sa.text("UPDATE twelp_job SET owner = NULL WHERE owner = :me AND id <> ALL(:held)").bindparams(
    sa.bindparam("held", type_=ARRAY(sa.BigInteger))
)
"""All jobs of a process, but for these, are anybody's again."""

BEAT = sa.text(
    f"INSERT INTO twelp_executor (id, beat) VALUES (:me, {_CLOCK_S})"  # noqa: S608 - of our own words
    " ON CONFLICT (id) DO UPDATE SET beat = excluded.beat RETURNING xmax = 0 AS entered"
).columns(sa.column("entered", sa.Boolean))
"""A process lives; whether it was unknown before."""

TAKE_OVER = sa.text(f"""
    WITH dead AS (DELETE FROM twelp_executor WHERE beat < {_CLOCK_S} - :dead_after RETURNING id), theirs AS (
        SELECT id, owner FROM twelp_job
        WHERE owner IS NOT NULL AND (owner IN (SELECT id FROM dead)
           OR NOT EXISTS (SELECT FROM twelp_executor WHERE twelp_executor.id = owner))
        FOR UPDATE SKIP LOCKED)
    UPDATE twelp_job SET owner = NULL FROM theirs WHERE twelp_job.id = theirs.id RETURNING theirs.owner
""").columns(sa.column("owner", sa.String))  # noqa: S608 - of our own words
"""Processes that have been silent for so long are dead: their jobs, and those of processes nobody knows, are anybody's
again. The owner of each."""

LEAVE = sa.text(
    "WITH gone AS (DELETE FROM twelp_executor WHERE id = :me) UPDATE twelp_job SET owner = NULL WHERE owner = :me"
)
"""A process shares the work no more, and its jobs are anybody's again."""
