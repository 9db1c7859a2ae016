"""What kind of trouble a delivery had last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """A row of the version before has none: its trouble is told once more."""
    op.add_column("twelp_delivery", sa.Column("trouble", sa.String()))
