"""A question that its customer comes back to: turns, what was said since, and which post an answer replies to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_UNIQUE = ("question", "expert", "turn")
_NAMED = {"uq": "uq_%(table_name)s_%(column_0_name)s"}


def upgrade() -> None:
    """Columns are added. That an expert has one answer a question becomes one answer a turn of it."""
    op.add_column("twelp_question", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("twelp_question", sa.Column("reply_to", sa.String(), nullable=False, server_default=""))
    op.add_column("twelp_question", sa.Column("added", sa.JSON(), nullable=True))
    op.add_column("twelp_delivery", sa.Column("target", sa.String(), nullable=False, server_default=""))
    op.add_column("twelp_answer", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("twelp_answer_question_expert_key", "twelp_answer", type_="unique")
        op.create_unique_constraint("uq_twelp_answer_turn", "twelp_answer", _UNIQUE)
        return
    with op.batch_alter_table("twelp_answer", naming_convention=_NAMED) as table:
        table.drop_constraint("uq_twelp_answer_question", type_="unique")
        table.create_unique_constraint("uq_twelp_answer_turn", _UNIQUE)
