"""Storms."""

from __future__ import annotations

import sqlalchemy as sa

from twelp.adapters.store.columns import Utc
from twelp.adapters.store.queries.pieces import once, table
from twelp.adapters.store.tables import QuestionRow, StormRow

_storm, _question = table(StormRow), table(QuestionRow)

ADD = once(StormRow)
"""A storm, or nothing where its matter has one. By dialect."""

ONE = sa.select(_storm).where(_storm.c.matter == sa.bindparam("its_matter"))
"""The storm of a matter."""

CLOSE = sa.update(_storm).where(_storm.c.matter == sa.bindparam("its_matter"), _storm.c.closed_at.is_(None))
"""Closes a storm that is open."""

ASKED_AT = (
    sa.select(_question.c.opened_at)
    .where(
        _question.c.matter == sa.bindparam("lead", type_=sa.String),
        _question.c.opened_at >= sa.bindparam("since", type_=Utc()),
    )
    .order_by(_question.c.opened_at.desc())
    .limit(sa.bindparam("most", type_=sa.Integer))
)
"""When those asked who joined a matter since an hour, the newest first."""
