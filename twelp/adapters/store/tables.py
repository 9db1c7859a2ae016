"""The rows, as SQLModel tables. Every datetime is stored and read back as aware UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from twelp.adapters.store.columns import Noun, Utc, reasons, topics

SCHEMA_VERSION = 23
"""Grows with every change of these tables, by a revision in `migrations`; a newer database is refused."""


def _at(**options: Any) -> Any:
    return Field(sa_type=Utc, **options)


def _noun(made: Callable[[Any], Any]) -> Any:
    return Field(default_factory=list, sa_type=Noun(made))


def _json() -> Any:
    return Field(default_factory=list, sa_type=sa.JSON)


class Row(SQLModel):
    """What all tables share: their own prefix keeps them apart from the engine's."""

    metadata: ClassVar[sa.MetaData]


class HouseRow(Row, table=True):
    """Facts about the database itself, such as its schema version."""

    __tablename__ = "twelp_house"
    name: str = Field(primary_key=True)
    value: str


class PostRow(Row, table=True):
    """Every post that was heard, once."""

    __tablename__ = "twelp_post"
    __table_args__ = (
        sa.Index("ix_twelp_post_conversation", "network", "conversation", "author_id"),
        sa.Index("ix_twelp_post_said", "network", "conversation", "created_at"),
        sa.Index("ix_twelp_post_heard", "kind", "heard_at"),
        sa.Index("ix_twelp_post_author", "network", "author_id"),
        sa.Index("ix_twelp_post_looked", "network", "heard_at", "key"),
    )
    key: str = Field(primary_key=True)
    network: str
    id: str
    author_id: str
    handle: str
    name: str
    text: str = Field(sa_type=sa.Text)
    created_at: datetime = _at()
    heard_at: datetime = _at()
    conversation: str
    reply_to: str | None = None
    quotes: str | None = None
    repost_of: str | None = None
    mentions: list[str] = _json()
    url: str = ""
    kind: str = Field(index=True)
    reasons: Any = _noun(reasons)
    question: str | None = None
    context: Any = Field(default=None, sa_type=sa.JSON, nullable=True)
    gone_at: datetime | None = _at(default=None, nullable=True)


class CursorRow(Row, table=True):
    """How far each source was read."""

    __tablename__ = "twelp_cursor"
    source: str = Field(primary_key=True)
    value: str


class QuestionRow(Row, table=True):
    """One row a question; `version` is what a step compares and sets. Its stage: `queries/stages.py`."""

    __tablename__ = "twelp_question"
    __table_args__ = (
        sa.Index("ix_twelp_question_holder", "stage", "claimed_by"),
        sa.Index("ix_twelp_question_opened", "stage", "opened_at"),
        sa.Index("ix_twelp_question_matter", "matter", "opened_at"),
    )
    id: str = Field(primary_key=True)
    stage: str = Field(index=True)
    version: int
    topics: Any = _noun(topics)
    wave: int = 0
    opened_at: datetime = _at()
    claimed_by: str | None = None
    claimed_at: datetime | None = _at(default=None, nullable=True)
    claimed_until: datetime | None = _at(default=None, nullable=True)
    closed_at: datetime | None = _at(default=None, nullable=True)
    reason: str = Field(default="", sa_type=sa.Text)
    reply_url: str = ""
    exact_stage: str | None = None
    exact_at: int | None = None
    turn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    reply_to: str = Field(default="", sa_column_kwargs={"server_default": ""})
    added: Any = Field(default=None, sa_type=sa.JSON, nullable=True)
    corrects: int | None = None
    matter: str | None = None
    askers: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    points: Any = Field(default=None, sa_type=sa.JSON, nullable=True)
    near: str | None = None
    ask_first: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


_IN_DIGEST = sa.text("digest <> ''")
"""Few asks are shown in a digest; only those are in its index. A statement that names this very condition uses it."""


class AskRow(Row, table=True):
    """One row for each card put before a person."""

    __tablename__ = "twelp_ask"
    __table_args__ = (
        sa.UniqueConstraint("question", "expert", "role"),
        sa.Index("ix_twelp_ask_created", "created_at"),
        sa.Index("ix_twelp_ask_topic", "topic", "created_at"),
        sa.Index("ix_twelp_ask_expert", "expert", "created_at"),
        sa.Index("ix_twelp_ask_card", "ts", "channel"),
        sa.Index("ix_twelp_ask_digest", "digest", sqlite_where=_IN_DIGEST, postgresql_where=_IN_DIGEST),
    )
    id: int | None = Field(default=None, primary_key=True)
    question: str = Field(index=True)
    expert: str
    role: str
    wave: int
    state: str
    reasons: Any = _noun(reasons)
    created_at: datetime = _at()
    channel: str = ""
    ts: str = ""
    shown: int = -1
    topic: str = ""
    digest: str = ""


class AskedRow(Row, table=True):
    """How often an expert was asked on the latest calendar day of theirs; `day` is when that began."""

    __tablename__ = "twelp_asked"
    expert: str = Field(primary_key=True)
    day: datetime = _at()
    asks: int = 0
    last_at: datetime | None = _at(default=None, nullable=True)


class AnswerRow(Row, table=True):
    """An expert's text for a question: one row a person, question and turn of it, drafts included."""

    __tablename__ = "twelp_answer"
    __table_args__ = (
        sa.UniqueConstraint("question", "expert", "turn", name="uq_twelp_answer_turn"),
        sa.Index("ix_twelp_answer_expert", "expert", "written_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    question: str = Field(index=True)
    expert: str
    text: str = Field(sa_type=sa.Text)
    public: str = Field(default="", sa_type=sa.Text)
    state: str
    reasons: Any = _noun(reasons)
    updated_at: datetime = _at()
    written_at: datetime = _at(index=True)
    remote_id: str = ""
    returned: int = 0
    turn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    variants: Any = Field(default=None, sa_type=sa.JSON, nullable=True)
    covers: Any = Field(default=None, sa_type=sa.JSON, nullable=True)
    shared_from: int | None = None


class DeliveryRow(Row, table=True):
    """The outbox and the ledger in one: committed before the call, completed after it."""

    __tablename__ = "twelp_delivery"
    __table_args__ = (sa.Index("ix_twelp_delivery_errand", "errand", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    errand: str
    question: str = Field(index=True)
    subject: str
    text: str = Field(default="", sa_type=sa.Text)
    state: str = Field(index=True)
    attempts: int = 0
    created_at: datetime = _at()
    updated_at: datetime = _at()
    remote_id: str = ""
    error: str = Field(default="", sa_type=sa.Text)
    trouble: str | None = None
    target: str = Field(default="", sa_column_kwargs={"server_default": ""})


class JournalRow(Row, table=True):
    """Who did what, when and why."""

    __tablename__ = "twelp_journal"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = _at()
    subject: str = Field(index=True)
    actor: str
    step: str
    reasons: Any = _noun(reasons)
    detail: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)


class EventRow(Row, table=True):
    """Ids of events that were acted on: the guard against re-sent ones."""

    __tablename__ = "twelp_event"
    id: str = Field(primary_key=True)
    at: datetime = _at(index=True)


class LessonRow(Row, table=True):
    """What a question turned out to be about (topic None: nobody should have got it); its newest change only.

    Every change takes a new id, so that whoever knows all up to an id can ask for what came since.
    """

    __tablename__ = "twelp_lesson"
    __table_args__ = (sa.Index("ix_twelp_lesson_topic", "topic", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    question: str = Field(index=True)
    text: str = Field(sa_type=sa.Text)
    topic: str | None = None
    forgotten: bool = False
    at: datetime = _at()


class VolunteerRow(Row, table=True):
    """What a rostered person said for themselves; `home_at` is when they last opened our tab in Slack."""

    __tablename__ = "twelp_volunteer"
    expert: str = Field(primary_key=True)
    accepted: str = ""
    accepted_at: datetime | None = _at(default=None, nullable=True)
    left_at: datetime | None = _at(default=None, nullable=True)
    invited: str = ""
    paused_until: datetime | None = _at(default=None, nullable=True)
    quiet: str | None = None
    daily_asks: int | None = None
    digest: bool = False
    disturb_from: datetime | None = _at(default=None, nullable=True)
    disturb_until: datetime | None = _at(default=None, nullable=True)
    channel: str = ""
    ts: str = ""
    home_at: datetime | None = _at(default=None, nullable=True)


class ThanksRow(Row, table=True):
    """A customer's thanks for an answer."""

    __tablename__ = "twelp_thanks"
    __table_args__ = (sa.Index("ix_twelp_thanks_latest", "expert", "at"),)
    post: str = Field(primary_key=True)
    question: str
    expert: str = Field(index=True)
    at: datetime = _at()


class LeftAloneRow(Row, table=True):
    """A person on a network (`x:123`, by the account's id) who asked not to be written to, since when."""

    __tablename__ = "twelp_left_alone"
    person: str = Field(primary_key=True)
    at: datetime = _at()


class HaltRow(Row, table=True):
    """What a moderator paused, by its scope: everything, or a topic."""

    __tablename__ = "twelp_halt"
    scope: str = Field(primary_key=True)
    topic: str | None = None
    by: str
    reason: str = Field(sa_type=sa.Text)
    since: datetime = _at()
    resuming: str | None = None


class CrisisRow(Row, table=True):
    """A question that only people may handle: who has the case, and how it was handled."""

    __tablename__ = "twelp_crisis"
    __table_args__ = (sa.Index("ix_twelp_crisis_open", "state", "opened_at"),)
    question: str = Field(primary_key=True)
    kind: str
    state: str
    reasons: Any = _noun(reasons)
    opened_at: datetime = _at()
    raised_by: str | None = None
    rung: int = 0
    taken_by: str | None = None
    taken_at: datetime | None = _at(default=None, nullable=True)
    closed_by: str | None = None
    closed_at: datetime | None = _at(default=None, nullable=True)
    how: str = Field(default="", sa_type=sa.Text)
    version: int = 0


class StormRow(Row, table=True):
    """What many ask at once, by the question that leads them."""

    __tablename__ = "twelp_storm"
    matter: str = Field(primary_key=True)
    state: str
    declared_at: datetime = _at()
    normal: float
    closed_at: datetime | None = _at(default=None, nullable=True)
    closed_by: str | None = None


class PrivateCaseRow(Row, table=True):
    """What one customer and we write to each other privately: how it stands. No words are in it."""

    __tablename__ = "twelp_private_case"
    __table_args__ = (
        sa.Index("ix_twelp_private_case_question", "question"),
        sa.Index("ix_twelp_private_case_alarm", "alarm"),
    )
    id: str = Field(primary_key=True)
    network: str
    person: str
    handle: str
    state: str
    opened_at: datetime = _at()
    question: str | None = None
    owner: str | None = None
    kind: str
    wrote_at: datetime | None = _at(default=None, nullable=True)
    alarm: str | None = None
    version: int = 0


class PrivateMessageRow(Row, table=True):
    """A private message; its words are here and nowhere else, until they are removed. `remote` is the network's key."""

    __tablename__ = "twelp_private_message"
    __table_args__ = (
        sa.UniqueConstraint("remote"),
        sa.Index("ix_twelp_private_message_case", "case_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    case_id: str
    ours: bool
    text: str = Field(sa_type=sa.Text)
    at: datetime = _at()
    state: str
    author: str | None = None
    remote: str | None = None
    pictures: int = 0
    until: datetime | None = _at(default=None, nullable=True)
    reason: str = Field(default="", sa_type=sa.Text)
    removed_at: datetime | None = _at(default=None, nullable=True)


class PrivateCopyRow(Row, table=True):
    """One person's card of a private case, and where it is in Slack."""

    __tablename__ = "twelp_private_copy"
    __table_args__ = (sa.Index("ix_twelp_private_copy_case", "case_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    case_id: str
    person: str
    is_open: bool = True
    channel: str = ""
    ts: str = ""
    shown: int = -1


class CountRow(Row, table=True):
    """How often something happened on a day (UTC), by one dimension; the sum of all parts is the count."""

    __tablename__ = "twelp_count"
    dimension: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    figure: str = Field(primary_key=True)
    part: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    times: int = 0
