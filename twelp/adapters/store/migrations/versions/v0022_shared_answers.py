"""Which answer of a matter's lead a customer was given, and whether a moderator wants to be asked first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """What was shared before is not known, and is corrected one by one, as before."""
    op.add_column("twelp_answer", sa.Column("shared_from", sa.Integer(), nullable=True))
    op.add_column("twelp_question", sa.Column("ask_first", sa.Boolean(), nullable=False, server_default=sa.false()))
