"""Figures by day, hour, kind, topic and person are kept as counts; those of the past are counted once, here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_SQLITE = {
    "day": "substr({}, 1, 10)",
    "hour": "substr({}, 12, 2)",
    "topic": "coalesce(json_extract(q.topics, '$[0].topic'), '')",
    "waited": "(julianday(min(j.at)) - julianday(p.created_at)) * 86400.0",
}
_POSTGRES = {
    "day": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    "hour": "to_char({} AT TIME ZONE 'UTC', 'HH24')",
    "topic": "coalesce(q.topics->0->>'topic', '')",
    "waited": "extract(epoch FROM min(j.at) - p.created_at)",
}
_STEPS = {
    "topics": "questions",
    "claim": "claimed",
    "not me": "passed",
    "pass to": "passed",
    "confirm": "confirmed",
    "gave up": "unanswered",
    "not a question": "set aside",
    "not our topic": "set aside",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "retract": "retracted",
    "correct": "corrected",
}
_THEIR_OWN = "('claim', 'not me', 'pass to', 'confirm')"
_SPANS = (60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400)


def upgrade() -> None:
    """The table, and what the rows tell of the past. A language is counted from now on."""
    op.create_table(
        "twelp_count",
        sa.Column("dimension", sa.String(), primary_key=True),
        sa.Column("day", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), primary_key=True),
        sa.Column("figure", sa.String(), primary_key=True),
        sa.Column("part", sa.Integer(), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False, server_default="0"),
        if_not_exists=True,
    )
    fill(op.get_bind())


def fill(connection: sa.Connection) -> None:
    """Counts what the journal, asks and thanks tell; the table is empty before."""
    words = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES
    happened = " UNION ALL ".join((_posts(words), _steps(words), _answers(words), _asks(words), _thanks(words)))
    spans = " ".join(f"WHEN waited <= {span} THEN '{span}'" for span in _SPANS)
    counted = {
        "hour": ("hour", "1 = 1"),
        "kind": ("kind", "kind IS NOT NULL"),
        "topic": ("topic", "topic IS NOT NULL"),
        "person": ("person", "person IS NOT NULL AND person <> ''"),
        "within": (f"CASE {spans} ELSE 'longer' END", "waited IS NOT NULL"),
    }
    connection.execute(sa.text(f"CREATE TEMP TABLE happened AS {happened}"))
    for dimension, (value, condition) in counted.items():
        connection.execute(
            sa.text(
                "INSERT INTO twelp_count (dimension, day, value, figure, part, times)"  # noqa: S608 - of our own words
                f" SELECT '{dimension}', day, {value}, figure, 0, count(*) FROM happened WHERE {condition}"
                " GROUP BY 2, 3, 4"
            )
        )
    connection.execute(sa.text("DROP TABLE happened"))


def _when(words: dict[str, str], at: str) -> str:
    return f"{words['day'].format(at)} AS day, {words['hour'].format(at)} AS hour"


def _posts(words: dict[str, str]) -> str:
    return (
        f"SELECT {_when(words, 'j.at')}, 'posts' AS figure, j.step AS kind, CAST(NULL AS text) AS topic,"  # noqa: S608
        " CAST(NULL AS text) AS person, CAST(NULL AS float) AS waited FROM twelp_journal AS j WHERE j.actor = 'triage'"
    )


def _steps(words: dict[str, str]) -> str:
    figures = " ".join(f"WHEN '{step}' THEN '{figure}'" for step, figure in _STEPS.items())
    named = ", ".join(f"'{step}'" for step in _STEPS)
    return (
        f"SELECT {_when(words, 'j.at')}, CASE j.step {figures} END, NULL, {words['topic']},"  # noqa: S608
        f" CASE WHEN j.step IN {_THEIR_OWN} THEN j.actor END, NULL FROM twelp_journal AS j"
        f" JOIN twelp_question AS q ON q.id = j.subject WHERE j.step IN ({named})"
    )


def _answers(words: dict[str, str]) -> str:
    """The first public answer of each question."""
    return (
        f"SELECT {_when(words, 'min(j.at)')}, 'answered', NULL, {words['topic']},"  # noqa: S608
        f" q.claimed_by, {words['waited']} FROM twelp_journal AS j JOIN twelp_question AS q ON q.id = j.subject"
        f" JOIN twelp_post AS p ON p.key = q.id WHERE j.step = 'published' AND j.actor = 'publish'"
        f" GROUP BY q.id, {words['topic']}, q.claimed_by, p.created_at"
    )


def _asks(words: dict[str, str]) -> str:
    return (
        f"SELECT {_when(words, 'a.created_at')}, 'asked', NULL, {words['topic']}, a.expert, NULL"  # noqa: S608
        " FROM twelp_ask AS a JOIN twelp_question AS q ON q.id = a.question"
        " WHERE a.role = 'answer' AND (a.state <> 'closed' OR a.ts <> '')"
    )


def _thanks(words: dict[str, str]) -> str:
    return (
        f"SELECT {_when(words, 't.at')}, 'thanked', NULL, {words['topic']}, t.expert, NULL"  # noqa: S608
        " FROM twelp_thanks AS t JOIN twelp_question AS q ON q.id = t.question"
    )
