"""Settings of the database: where it is, and how long it keeps what is over."""

from __future__ import annotations

from pydantic import BaseModel

from twelp.config.fields import number, setting
from twelp.config.values import DatabaseUrl


class DatabaseSettings(BaseModel):
    """Where rows live, and for how long."""

    database_url: DatabaseUrl | None = setting(
        "DATABASE_URL",
        None,
        "Where everything is kept; without it, a SQLite file.",
        "sqlite:///path/to/file.db or postgresql://user:password@host/name",
    )
    keep_journal_days: float = number(
        "TWELP_KEEP_JOURNAL_DAYS", 400, "days", "How long the journal of what is over is kept.", least=7, most=36500
    )
    keep_deliveries_days: float = number(
        "TWELP_KEEP_DELIVERIES_DAYS", 90, "days", "How long outbox rows that are done are kept.", least=7, most=36500
    )
    keep_events_days: float = number(
        "TWELP_KEEP_EVENTS_DAYS", 7, "days", "How long ids of Slack's events are kept.", least=1, most=36500
    )
    keep_private_days: float = number(
        "TWELP_KEEP_PRIVATE_DAYS",
        30,
        "days",
        "After how long the words of a private message are removed, here and from Slack's cards; that it was written "
        "stays.",
        least=1,
        most=36500,
    )
