"""Pieces that statements are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel


def table(model: type[SQLModel]) -> sa.Table:
    """The table of a model."""
    found: sa.Table = model.__table__  # type: ignore[attr-defined]
    return found


def columns(model: type[SQLModel], prefix: str = "") -> Iterable[Any]:
    """All columns of a model's table, renamed with a prefix where there is one."""
    return [c.label(prefix + c.name) if prefix else c for c in table(model).c]


def once(model: type[SQLModel]) -> Mapping[str, Any]:
    """By dialect: the insert that gives the row's key, or nothing where the row is there already."""
    made = table(model)
    key = next(iter(made.primary_key))
    return {
        "sqlite": sqlite.insert(made).on_conflict_do_nothing().returning(key),
        "postgresql": postgresql.insert(made).on_conflict_do_nothing().returning(key),
    }


def among(column: Any, values: Iterable[str]) -> Any:
    """Whether the column is one of these, which never change: the statement's text stays the same."""
    return column.in_([sa.literal(value) for value in values])


def one_of(column: Any, dialect: str, name: str, kind: Any = sa.String) -> Any:
    """Whether the column is among a parameter's values; however many they are, the statement's text stays the same.

    See `texts` for the parameter.
    """
    if dialect == "sqlite":
        return column.in_(sa.select(sa.func.json_each(sa.bindparam(name)).table_valued("value").c.value))
    return column == sa.any_(sa.bindparam(name, type_=postgresql.ARRAY(kind)))


def texts(dialect: str, found: Iterable[Any]) -> Any:
    """Texts or numbers as `one_of` wants them."""
    return json.dumps(list(found)) if dialect == "sqlite" else list(found)


def times(true: Any) -> Any:
    """How many rows it is true of."""
    return sa.func.sum(sa.case((true, 1), else_=0))
