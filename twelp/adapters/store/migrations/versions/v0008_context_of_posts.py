"""What came along with a post: what it answers or quotes, pictures, earlier ids."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """One column more; older rows have nothing in it."""
    op.add_column("twelp_post", sa.Column("context", sa.JSON(), nullable=True))
