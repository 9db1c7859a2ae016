"""A lesson that was forgotten leaves a mark, so that other processes hear of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """No lesson that is there was forgotten."""
    op.add_column("twelp_lesson", sa.Column("forgotten", sa.Boolean(), nullable=False, server_default=sa.false()))
