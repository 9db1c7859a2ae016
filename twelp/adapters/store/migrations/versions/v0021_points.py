"""Posts that ask several things: what they ask, and which of it an answer covers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Two columns are added; nothing stands in them where a post asks one thing."""
    op.add_column("twelp_question", sa.Column("points", sa.JSON(), nullable=True))
    op.add_column("twelp_answer", sa.Column("covers", sa.JSON(), nullable=True))
