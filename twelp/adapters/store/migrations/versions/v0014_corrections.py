"""Which public answer the next one replaces."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """None is to be replaced; what the version before takes down to correct it goes on as that version does it."""
    op.add_column("twelp_question", sa.Column("corrects", sa.Integer()))
