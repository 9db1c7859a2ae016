"""The tables as they were when revisions began; what is older was never released."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = None


def upgrade() -> None:
    """Makes every table."""
    _house()
    _posts()
    _people()
    _sending()
    _memory()


def _house() -> None:
    op.create_table("twelp_house", _word("name"), _word("value"), sa.PrimaryKeyConstraint("name"))
    op.create_table("twelp_cursor", _word("source"), _word("value"), sa.PrimaryKeyConstraint("source"))
    op.create_table("twelp_event", _word("id"), _at("at"), sa.PrimaryKeyConstraint("id"))


def _posts() -> None:
    op.create_table(
        "twelp_post",
        _word("key"),
        _word("network"),
        _word("id"),
        _word("author_id"),
        _word("handle"),
        _word("name"),
        _text("text"),
        _at("created_at"),
        _at("heard_at"),
        _word("conversation"),
        _word("reply_to", nullable=True),
        _word("quotes", nullable=True),
        _word("repost_of", nullable=True),
        _json("mentions"),
        _word("url"),
        _word("kind"),
        _json("reasons"),
        _word("question", nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_twelp_post_conversation", "twelp_post", ["network", "conversation", "author_id"])
    op.create_index("ix_twelp_post_kind", "twelp_post", ["kind"])
    op.create_table(
        "twelp_question",
        _word("id"),
        _word("stage"),
        _number("version"),
        _json("topics"),
        _number("wave"),
        _at("opened_at"),
        _word("claimed_by", nullable=True),
        _at("claimed_at", nullable=True),
        _at("claimed_until", nullable=True),
        _at("closed_at", nullable=True),
        _text("reason"),
        _word("reply_url"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_twelp_question_stage", "twelp_question", ["stage"])


def _people() -> None:
    op.create_table(
        "twelp_ask",
        _number("id"),
        _word("question"),
        _word("expert"),
        _word("role"),
        _number("wave"),
        _word("state"),
        _json("reasons"),
        _at("created_at"),
        _word("channel"),
        _word("ts"),
        _number("shown"),
        _word("topic"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("question", "expert", "role"),
    )
    op.create_index("ix_twelp_ask_created", "twelp_ask", ["created_at"])
    op.create_index("ix_twelp_ask_question", "twelp_ask", ["question"])
    op.create_index("ix_twelp_ask_topic", "twelp_ask", ["topic", "created_at"])
    op.create_table(
        "twelp_answer",
        _number("id"),
        _word("question"),
        _word("expert"),
        _text("text"),
        _text("public"),
        _word("state"),
        _json("reasons"),
        _at("updated_at"),
        _at("written_at"),
        _word("remote_id"),
        _number("returned"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("question", "expert"),
    )
    op.create_index("ix_twelp_answer_question", "twelp_answer", ["question"])
    op.create_index("ix_twelp_answer_written_at", "twelp_answer", ["written_at"])


def _sending() -> None:
    op.create_table(
        "twelp_delivery",
        _number("id"),
        _word("key"),
        _word("errand"),
        _word("question"),
        _word("subject"),
        _text("text"),
        _word("state"),
        _number("attempts"),
        _at("created_at"),
        _at("updated_at"),
        _word("remote_id"),
        _text("error"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_twelp_delivery_question", "twelp_delivery", ["question"])
    op.create_index("ix_twelp_delivery_state", "twelp_delivery", ["state"])


def _memory() -> None:
    op.create_table(
        "twelp_journal",
        _number("id"),
        _at("at"),
        _word("subject"),
        _word("actor"),
        _word("step"),
        _json("reasons"),
        _json("detail", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_twelp_journal_subject", "twelp_journal", ["subject"])
    op.create_table(
        "twelp_lesson",
        _number("id"),
        _word("question"),
        _text("text"),
        _word("topic", nullable=True),
        _at("at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_twelp_lesson_question", "twelp_lesson", ["question"])


def _word(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _json(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
