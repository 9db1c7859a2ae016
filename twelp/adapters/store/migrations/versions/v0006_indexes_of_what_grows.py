"""What grows with the years is found by an index: no statement of an ordinary day reads all of a table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_INDEXES = (
    ("ix_twelp_post_said", "twelp_post", ["network", "conversation", "created_at"]),
    ("ix_twelp_post_heard", "twelp_post", ["kind", "heard_at"]),
    ("ix_twelp_question_opened", "twelp_question", ["stage", "opened_at"]),
    ("ix_twelp_ask_card", "twelp_ask", ["ts", "channel"]),
    ("ix_twelp_answer_expert", "twelp_answer", ["expert", "written_at"]),
    ("ix_twelp_delivery_errand", "twelp_delivery", ["errand", "id"]),
    ("ix_twelp_event_at", "twelp_event", ["at"]),
    ("ix_twelp_lesson_topic", "twelp_lesson", ["topic", "id"]),
    ("ix_twelp_thanks_latest", "twelp_thanks", ["expert", "at"]),
)


def upgrade() -> None:
    """On SQLite only, where nobody else is at work. On Postgres `indexes.build` makes them beside running processes."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns, if_not_exists=True)
    in_digest = sa.text("digest <> ''")
    op.create_index("ix_twelp_ask_digest", "twelp_ask", ["digest"], sqlite_where=in_digest, if_not_exists=True)
