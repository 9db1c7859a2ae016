"""Who holds what is found without a look at every question of the past."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """The index covers what is asked, so that no statistics lead past it."""
    op.create_index("ix_twelp_question_holder", "twelp_question", ["stage", "claimed_by"], if_not_exists=True)
