"""Private messages, kept apart: cases, their messages, and whose cards show them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Three tables are added."""
    op.create_table(
        "twelp_private_case",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("wrote_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alarm", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_twelp_private_case_question", "twelp_private_case", ["question"])
    op.create_index("ix_twelp_private_case_alarm", "twelp_private_case", ["alarm"])
    op.create_table(
        "twelp_private_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("remote", sa.String(), nullable=True),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("remote"),
    )
    op.create_index("ix_twelp_private_message_case", "twelp_private_message", ["case_id", "id"])
    op.create_table(
        "twelp_private_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_twelp_private_copy_case", "twelp_private_copy", ["case_id", "id"])
