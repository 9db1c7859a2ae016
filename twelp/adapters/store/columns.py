"""How values stand in columns: hours, things that never change, several texts in one column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Dialect

from twelp.model import TopicScore
from twelp.texts.catalogue import Held, hold
from twelp.texts.catalogue import held as read_held

_BETWEEN = "\x1e"
"""Between an answer's posts in one column: the record separator, which no text has that was cleaned. So one post stands
there as it always did, and what reads a single one (an older twelp at work meanwhile) offers the network a text that
is too long in any case, never half of an answer."""

_UNHELD = re.compile("[\0\ud800-\udfff]")
"""NULs and halves of characters: Postgres holds neither, and no database the latter."""


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"naive datetime {value!r}: pass an aware one")
    return value


def _text(value: datetime | None) -> str | None:
    """As SQLAlchemy has always written it: 2026-11-22 09:00:00.000000."""
    return None if value is None else _aware(value).astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _read(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


class Utc(sa.types.TypeDecorator[datetime]):
    """A datetime that is UTC in the database and aware in Python; naive values are refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _aware(value).astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """SQLite has texts, a thousand of which are read to ask about one question: without SQLAlchemy's way round."""
        return _text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """As `bind_processor`."""
        return _read if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


class Noun(sa.types.TypeDecorator[Any]):
    """JSON that is read as something that never changes.

    Each step of a question reads the same rows again. SQLite gives the column's text, by which the latest are
    remembered; Postgres' driver gives what it read itself.

    Args:
        made: the noun, of what the column holds.
    """

    impl = sa.JSON
    cache_ok = True

    def __init__(self, made: Callable[[Any], Any]) -> None:
        super().__init__()
        self.made = made

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.made(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        read = super().result_processor(dialect, coltype)
        return lru_cache(_REMEMBERED)(read) if read is not None and dialect.name == "sqlite" else read


_REMEMBERED = 512


def reasons(found: Any) -> tuple[str, ...]:
    """Sentences of a `Noun` column, written by `said`."""
    return tuple(map(read_held, found))


def topics(found: Any) -> tuple[TopicScore, ...]:
    """Topics of a `Noun` column, best first."""
    return tuple(TopicScore(one["topic"], one["score"], reasons(one["reasons"])) for one in found)


def held(text: str) -> str:
    """The text as a database holds it."""
    return _UNHELD.sub("\ufffd", text)


def joined(pieces: Iterable[str]) -> str:
    """Several texts in one column."""
    return _BETWEEN.join(piece.replace(_BETWEEN, " ") for piece in pieces)


def parted(column: str) -> tuple[str, ...]:
    """What `joined` joined; nothing in an empty column."""
    return tuple(column.split(_BETWEEN)) if column else ()


def whole(column: str) -> str:
    """The same as one text."""
    return "\n\n".join(parted(column))


def listed(ids: Iterable[str]) -> str:
    """Several ids of the other side in one column."""
    return " ".join(one for one in ids if one)


def said(reasons: Iterable[str]) -> list[Held]:
    """Reasons as their row holds them."""
    return [hold(reason, held) for reason in reasons]
