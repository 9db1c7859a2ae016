"""Storms: what many ask at once, and which question may be the same as one of many."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from twelp.adapters.store.columns import Utc

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Nothing is one yet."""
    op.add_column("twelp_question", sa.Column("near", sa.String(), nullable=True))
    op.create_table(
        "twelp_storm",
        sa.Column("matter", sa.String(), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("declared_at", Utc(), nullable=False),
        sa.Column("normal", sa.Float(), nullable=False),
        sa.Column("closed_at", Utc(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
    )
