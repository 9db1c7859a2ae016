"""Statements as a driver takes them: compiled once by SQLAlchemy, then filled in and run without its machinery.

That machinery (contexts, result objects, looking up the compiled text) takes four times what SQLite takes to run one of
our statements, and there are some hundred and fifty a question. Texts, parameters and types stay SQLAlchemy's, by its
public means. Only for statements that live as long as the module they stand in; those whose text depends on the values
(a list of any length), or that leave a column to its default in Python, go the usual way.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

Params = Mapping[str, Any]
Convert = Callable[[Any], Any]

_REQUIRED: Any = object()


@dataclass(frozen=True, slots=True)
class Ready:
    """A statement's text for one driver.

    Attributes:
        text: with the driver's own placeholders.
        positional: whether these go by their order.
        slots: of each parameter its name, what stands for it where none is given, and its conversion.
        names: of the parameters.
        row: makes a row of its values.
        converted: which values of a row are converted, and how.
        for_many: of an insert on Postgres, the same for any number of rows, the parameters of its values arrays; else
            None.
        arrays: names of those parameters.
    """

    text: str
    positional: bool
    slots: tuple[tuple[str, Any, Convert | None], ...]
    names: tuple[str, ...]
    row: Callable[[Sequence[Any]], Any]
    converted: tuple[tuple[int, Convert], ...]
    for_many: str | None = None
    arrays: frozenset[str] = frozenset()

    def filled(self, params: Params) -> Any:
        """These parameters as the driver takes them."""
        found = []
        for name, default, convert in self.slots:
            value = params[name] if default is _REQUIRED else params.get(name, default)
            found.append(value if convert is None else convert(value))
        return found if self.positional else dict(zip(self.names, found, strict=True))

    def filled_together(self, each: Sequence[Params]) -> Mapping[str, Any]:
        """Several rows' parameters, those of values as arrays; see `for_many`."""
        rows = [self.filled(params) for params in each]
        return {name: [row[name] for row in rows] if name in self.arrays else rows[0][name] for name in self.names}

    def read(self, values: Sequence[Any]) -> Any:
        """One row as its columns are called."""
        if self.converted:
            values = list(values)
            for place, convert in self.converted:
                values[place] = convert(values[place])
        return self.row(values)

    def read_all(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """All these rows; a column at a time, which is quicker than each by itself."""
        columns: list[Iterable[Any]] = list(zip(*found, strict=True))
        for place, convert in self.converted if found else ():
            columns[place] = map(convert, columns[place])
        return list(map(self.row, zip(*columns, strict=True) if found else ()))


_KNOWN: dict[tuple[str, Any, tuple[str, ...]], Ready | None] = {}


def ready(statement: Any, params: Params, dialect: sa.Dialect) -> Ready | None:
    """The statement, ready for parameters of these names; None where its text depends on their values."""
    key = (dialect.name, statement, tuple(params))
    if key not in _KNOWN:
        _KNOWN[key] = _made(statement, list(params), dialect)
    return _KNOWN[key]


def _made(statement: Any, names: list[str], dialect: sa.Dialect) -> Ready | None:
    compiled = statement.compile(dialect=dialect, column_keys=names)
    made_by_sqlalchemy = [*getattr(compiled, "insert_prefetch", ()), *getattr(compiled, "update_prefetch", ())]
    if made_by_sqlalchemy or any(bind.expanding for bind in compiled.binds.values()):
        return None
    order = list(compiled.positiontup or compiled.params)
    slots = []
    for name in order:
        bind = compiled.binds[name]
        default = _REQUIRED if bind.required else compiled.params[name]
        slots.append((name, default, bind.type.dialect_impl(dialect).bind_processor(dialect)))
    columns = list(getattr(statement, "exported_columns", ()))
    readers = [_reader(column.type, dialect) for column in columns]
    row = namedtuple("row", [str(getattr(column, "name", "")) for column in columns], rename=True)  # type: ignore[misc]
    converted = tuple((place, reader) for place, reader in enumerate(readers) if reader is not None)
    text, positional = compiled.string, bool(compiled.positiontup)
    several = None if positional else _for_many(text)
    arrays = frozenset(_ARRAY.findall(several or ""))
    return Ready(text, positional, tuple(slots), tuple(order), row._make, converted, several, arrays)


_NAMED = re.compile(r"%\((\w+)\)s")


def in_one(parts: Sequence[tuple[Ready, Sequence[Params]]], last: str = "SELECT 1") -> tuple[str, dict[str, Any]]:
    """Several statements that write, as one, for Postgres: its text, and what fills it.

    All see what was there before any of them; none may write what another of them writes.

    Args:
        parts: each with its rows: of an insert any number, else one.
        last: what is asked for besides.
    """
    names, filled = [], dict[str, Any]()
    for place, (part, rows) in enumerate(parts):
        several = len(rows) > 1
        text = part.for_many if several and part.for_many is not None else part.text
        given = part.filled_together(rows) if several else part.filled(rows[0])
        filled |= {f"{name}_{place}": value for name, value in given.items()}
        renamed = _NAMED.sub(lambda found, place=place: f"%({found[1]}_{place})s", text)  # type: ignore[misc]
        names.append(f"part_{place} AS ({renamed})")
    return f"WITH {', '.join(names)} {last}", filled


_ONE_ROW = re.compile(
    r"INSERT INTO (?P<table>\w+) \((?P<columns>[\w, ]+)\)"
    r" VALUES \((?P<values>(?:%\(\w+\)s::[A-Z ]+(?:, )?)+)\)(?P<rest>.*)",
    re.DOTALL,
)
_ARRAY = re.compile(r"%\((\w+)\)s::[A-Z ]+\[\]")
_VALUE = re.compile(r"%\((\w+)\)s::([A-Z ]+)")


def _for_many(text: str) -> str | None:
    """An insert of one row as one of any number, in the order of the arrays, whose text is always the same; None where
    it is none, or the type of a value does not stand there."""
    found = _ONE_ROW.fullmatch(text)
    if found is None:
        return None
    arrays = _VALUE.sub(r"%(\1)s::\2[]", found["values"])
    return (
        f"INSERT INTO {found['table']} ({found['columns']}) SELECT {found['columns']}"  # noqa: S608 - of our own words
        f" FROM unnest({arrays}) WITH ORDINALITY AS several ({found['columns']}, nth) ORDER BY nth{found['rest']}"
    )


def _reader(kind: Any, dialect: sa.Dialect) -> Convert | None:
    """How a column's values are converted; floats come from the driver as they are."""
    if isinstance(kind, sa.Float):
        return None
    found: Convert | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return found
