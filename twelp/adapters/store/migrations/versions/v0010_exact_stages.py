"""What a question's stage means exactly, where one word in `stage` has come to mean several things."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_ANSWER = "EXISTS (SELECT 1 FROM twelp_answer WHERE twelp_answer.question = twelp_question.id AND twelp_answer."
_MEANINGS = (
    ("review", f"stage = 'held' AND {_ANSWER}state = 'held')"),
    ("correcting", "stage = 'publishing' AND reply_url <> ''"),
    ("recalling", f"stage = 'publishing' AND reason <> '' AND {_ANSWER}state = 'accepted' AND remote_id <> '')"),
    ("paused", "stage = 'publishing' AND reason <> ''"),
)
"""As the version before told them apart; the first that fits."""


def upgrade() -> None:
    """Few rows: those of answers on their way. A process of the version before goes on writing `stage` alone; from then
    on the row's version is another than `exact_at`."""
    for column in (sa.Column("exact_stage", sa.String()), sa.Column("exact_at", sa.Integer())):
        op.add_column("twelp_question", column)
    for stage, meant in _MEANINGS:
        op.execute(
            f"UPDATE twelp_question SET exact_stage = '{stage}', exact_at = version WHERE exact_at IS NULL AND {meant}"  # noqa: S608 - our words
        )
