"""What moderators paused: everything, or all about a topic."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """One table is added."""
    op.create_table(
        "twelp_halt",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resuming", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("scope"),
    )
