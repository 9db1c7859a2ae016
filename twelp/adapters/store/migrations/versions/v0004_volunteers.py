"""What people say for themselves, what they were thanked for, and in which digest an ask was shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """A twelp between the two versions made the new tables, and sometimes the column, without saying so."""
    if "digest" not in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("twelp_ask")}:
        op.add_column("twelp_ask", sa.Column("digest", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_twelp_ask_expert", "twelp_ask", ["expert", "created_at"], if_not_exists=True)
    op.create_table(
        "twelp_volunteer",
        sa.Column("expert", sa.String(), primary_key=True),
        sa.Column("accepted", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True)),
        sa.Column("left_at", sa.DateTime(timezone=True)),
        sa.Column("invited", sa.String(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True)),
        sa.Column("quiet", sa.String()),
        sa.Column("daily_asks", sa.Integer()),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("disturb_from", sa.DateTime(timezone=True)),
        sa.Column("disturb_until", sa.DateTime(timezone=True)),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("home_at", sa.DateTime(timezone=True)),
        if_not_exists=True,
    )
    op.create_table(
        "twelp_thanks",
        sa.Column("post", sa.String(), primary_key=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("expert", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_twelp_thanks_expert", "twelp_thanks", ["expert"], if_not_exists=True)
    # the queue moved to tables of our own: what waited in the former one is set anew at the next start
    op.execute("INSERT INTO twelp_house (name, value) VALUES ('jobs', 'lost')")
