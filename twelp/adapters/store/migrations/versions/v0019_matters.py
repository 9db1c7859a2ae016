"""Questions of the same matter: which one is asked for all, how many ask, and the wordings confirmed for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Three columns are added; the index on SQLite only, on Postgres `indexes` makes it beside the processes."""
    op.add_column("twelp_question", sa.Column("matter", sa.String(), nullable=True))
    op.add_column("twelp_question", sa.Column("askers", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("twelp_answer", sa.Column("variants", sa.JSON(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_twelp_question_matter", "twelp_question", ["matter", "opened_at"])
