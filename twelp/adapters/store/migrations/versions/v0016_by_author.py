"""A customer's posts are found without a look at everybody's."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """On SQLite only; on Postgres `indexes` makes it beside the processes that work."""
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_twelp_post_author", "twelp_post", ["network", "author_id"])
