"""Jobs anew, for a database that came without: those of a version that kept them where this one does not look (0006).

The upgrade leaves a mark; whoever starts first gives every open question its timers and every unsent row its job, and
takes the mark away, in one transaction. A job that comes twice does no harm, and one that is out of date does nothing.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from twelp.adapters.store import SqlStore, SqlTx
from twelp.adapters.store.queries.stages import EXACT
from twelp.adapters.store.tables import DeliveryRow, HouseRow, QuestionRow
from twelp.model import PUBLIC_DELIVERIES, CrisisState, DeliveryState, Policy, Stage
from twelp.ports import Clock, Jobs

log = logging.getLogger("twelp.wiring")

_bot: Any = HouseRow.__table__  # type: ignore[attr-defined]
_question: Any = QuestionRow.__table__  # type: ignore[attr-defined]
_delivery: Any = DeliveryRow.__table__  # type: ignore[attr-defined]
_CRISES = 1_000
_TIMED_BY = ("version", "wave", "opened_at", "claimed_until")
_UNSENT = [DeliveryState.READY.value, DeliveryState.CALLING.value]


def revive(store: SqlStore, jobs: Jobs, clock: Clock, policy: Policy) -> int:
    """Sets jobs for all that is open, if the mark is there; how many questions and rows that were."""
    with store.transaction() as tx:
        mark = sa.delete(_bot).where(_bot.c.name == "jobs", _bot.c.value == "lost")
        if not tx.connection.execute(mark).rowcount:
            return 0
        questions = tx.connection.execute(
            sa.select(_question.c.id, EXACT.label("stage"), *(_question.c[name] for name in _TIMED_BY))
        ).all()
        found = [row for row in questions if row.stage in _TIMERS]
        for row in found:
            over_in = row.opened_at + policy.give_up_after - clock.now()
            jobs.enqueue(tx, "give_up", f"give_up:{row.id}", row.id, delay=max(over_in, policy.claim_for))
            _TIMERS[row.stage](tx, jobs, row, policy.wave_after)
        for crisis in tx.open_crises(_CRISES):
            if crisis.state is CrisisState.OPEN:
                jobs.enqueue(tx, "ring", f"ring:{crisis.question}", crisis.question, crisis.rung, 0)
        wanted = sa.select(_delivery.c.id, _delivery.c.errand).where(_delivery.c.state.in_(_UNSENT))
        unsent = tx.connection.execute(wanted.order_by(_delivery.c.id)).all()
        for row in unsent:
            queue = "network" if row.errand in PUBLIC_DELIVERIES else "workspace"
            jobs.enqueue(tx, "deliver", f"deliver:{row.id}:revived", row.id, row.errand, queue=queue)
    log.warning("the former version's jobs were set anew: %d questions, %d messages", len(found), len(unsent))
    return len(found) + len(unsent)


def _free(tx: SqlTx, jobs: Jobs, row: Any, wave_after: timedelta) -> None:
    jobs.enqueue(tx, "widen", f"widen:{row.id}:{row.wave}", row.id, row.wave, delay=wave_after)


def _claimed(tx: SqlTx, jobs: Jobs, row: Any, _: timedelta) -> None:
    jobs.enqueue(tx, "lapse", f"lapse:{row.id}", row.id)


def _held(tx: SqlTx, jobs: Jobs, row: Any, _: timedelta) -> None:
    jobs.enqueue(tx, "publish", f"publish:{row.id}:{row.version}", row.id, row.version, queue="network")


def _review(tx: SqlTx, jobs: Jobs, row: Any, _: timedelta) -> None:
    jobs.enqueue(tx, "remind", f"remind:{row.id}:0", row.id, row.version, 0)


def _sought(tx: SqlTx, jobs: Jobs, row: Any, _: timedelta) -> None:
    if row.claimed_until is not None:
        jobs.enqueue(tx, "seek", f"seek:{row.id}:revived", row.id, row.claimed_until.isoformat(), 0, queue="network")


_TIMERS = {
    Stage.OPEN.value: _free,
    Stage.ASKED.value: _free,
    Stage.CLAIMED.value: _claimed,
    Stage.HELD.value: _held,
    Stage.REVIEW.value: _review,
    Stage.LANE.value: _review,
    Stage.SOUGHT.value: _sought,
}
