"""What a round of the queue writes down of several jobs at once.

On Postgres each of these is one statement and a transaction of its own, and waits for nobody: rows that another worker
holds are passed over.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from twelp.adapters.store.columns import Utc
from twelp.adapters.store.queries.outbox import SET
from twelp.adapters.store.queries.pieces import table
from twelp.adapters.store.queries.shared_jobs import CLAIM_PARTS, TAKE, TAKEN
from twelp.adapters.store.tables import AskRow, QuestionRow
from twelp.model import AskState, DeliveryState

_CLOSED: Final = AskState.CLOSED.value
_SENT: Final = DeliveryState.SENT.value
_CALLING: Final = DeliveryState.CALLING.value
_ask, _question = table(AskRow), table(QuestionRow)

_GIVEN: Final = (
    sa.bindparam("ids", type_=ARRAY(sa.BigInteger)),
    sa.bindparam("at", type_=Utc()),
)

_FINISH_PARTS: Final = f"""
    given AS (
        SELECT * FROM unnest(CAST(:jobs AS bigint[]), CAST(:deliveries AS int[]), CAST(:states AS text[]),
                             CAST(:attempts AS int[]), CAST(:dones AS text[]), CAST(:asks AS int[]),
                             CAST(:versions AS int[]), CAST(:channels AS text[]), CAST(:tss AS text[]))
             AS given (job, delivery, state, attempts, done, ask, version, channel, ts)
    ), plain AS MATERIALIZED (
        SELECT given.* FROM given
        JOIN twelp_delivery AS d ON d.id = given.delivery AND d.state = given.state
            AND d.attempts = given.attempts AND d.remote_id = given.done
        JOIN twelp_ask AS a ON a.id = given.ask AND a.state <> '{_CLOSED}'
        JOIN twelp_question AS q ON q.id = a.question AND q.version <= given.version
        FOR UPDATE OF d, a SKIP LOCKED FOR SHARE OF q SKIP LOCKED
    ), sent AS (
        UPDATE twelp_delivery AS d
        SET state = '{_SENT}', remote_id = plain.ts, updated_at = :at, error = '', trouble = NULL
        FROM plain WHERE d.id = plain.delivery
    ), shown AS (
        UPDATE twelp_ask AS a
        SET shown = plain.version, ts = plain.ts,
            channel = CASE WHEN plain.channel = '' THEN a.channel ELSE plain.channel END
        FROM plain WHERE a.id = plain.ask
    ), over AS (
        DELETE FROM twelp_job
        WHERE (id = ANY(:ids) OR id IN (SELECT job FROM plain)) AND (owner IS NULL OR owner = :me)
    )
"""  # noqa: S608 - of our own words

FINISH = (
    sa.text(f"WITH {_FINISH_PARTS} SELECT job FROM plain")  # noqa: S608 - of our own words
    .bindparams(*_GIVEN)
    .columns(sa.column("id", sa.BigInteger))
)
"""Jobs are done, and calls have made cards say what is true. Of each such call whose row is as it was left: the row is
sent, the ask shows that version, and the job is done; those jobs are told. Not where the question has moved meanwhile:
whoever moves it while this runs waits for it, and sees what it wrote."""

FINISH_AND_CLAIM = (
    sa.text(f"""
    WITH {_FINISH_PARTS}, {CLAIM_PARTS}, taken AS ({TAKE})
    SELECT id, job, key, queue, lane, due, attempt, args FROM taken
    UNION ALL SELECT job, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM plain
    """)  # noqa: S608 - of our own words
    .bindparams(*_GIVEN, sa.bindparam("now", type_=sa.Float))
    .columns(*TAKEN)
)
"""The same, and jobs become this process's, as by `shared_jobs.CLAIM`; those that are over stand without a name. A lane
is free for others only once this has ended."""

SENT = SET.where(
    sa.exists(
        sa.select(_ask.c.id)
        .join(_question, _question.c.id == _ask.c.question)
        .where(
            _ask.c.id == sa.bindparam("its_ask", type_=sa.Integer),
            _ask.c.state != _CLOSED,
            _question.c.version <= sa.bindparam("its_version", type_=sa.Integer),
        )
    )
)
"""A row that is still as it was read is sent, where its ask is not closed and its question has not moved on."""

CALL = (
    sa.text(f"""
    UPDATE twelp_delivery AS d SET state = '{_CALLING}', attempts = d.attempts + 1, updated_at = :at
    FROM (SELECT twelp_delivery.id FROM twelp_delivery
          JOIN unnest(CAST(:deliveries AS int[]), CAST(:states AS text[]), CAST(:attempts AS int[]),
                      CAST(:dones AS text[])) AS given (delivery, state, attempts, done)
            ON twelp_delivery.id = given.delivery AND twelp_delivery.state = given.state
               AND twelp_delivery.attempts = given.attempts AND twelp_delivery.remote_id = given.done
          FOR UPDATE OF twelp_delivery SKIP LOCKED) AS free
    WHERE d.id = free.id RETURNING d.id
""")  # noqa: S608 - of our own words
    .bindparams(sa.bindparam("at", type_=Utc()))
    .columns(sa.column("id", sa.Integer))
)
"""Those of these rows that are still as they were read, and that nobody holds, are about to be called."""
