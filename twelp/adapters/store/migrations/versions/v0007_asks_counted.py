"""How often each expert was asked on their present day is kept as a count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_UPGRADING = timedelta(days=2)
"""How long processes of the version before, which count nothing, may be at work beside newer ones."""


def upgrade() -> None:
    """People's zones are not known here: each count begins with the next ask, from the asks themselves."""
    op.create_table(
        "twelp_asked",
        sa.Column("expert", sa.String(), primary_key=True),
        sa.Column("day", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("last_at", sa.DateTime(timezone=True)),
        if_not_exists=True,
    )
    until = (datetime.now(UTC) + _UPGRADING).isoformat()  # noqa: TID251 - an upgrade has no other clock
    house = sa.table("twelp_house", sa.column("name"), sa.column("value"))
    op.execute(sa.insert(house).values(name="asks counted from", value=until))
