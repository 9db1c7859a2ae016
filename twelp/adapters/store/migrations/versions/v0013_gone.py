"""Posts that are gone from their network; what is looked up once a day is found by its hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """A column is added: posts of the version before stand. The index is made on SQLite only, see `indexes`."""
    op.add_column("twelp_post", sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_twelp_post_looked", "twelp_post", ["network", "heard_at", "key"])
