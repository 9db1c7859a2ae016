"""What every part of a transaction stands on: one connection, statements made once, rows that are written together.

Statements are built when the module is loaded and only filled in afterwards: building one costs several times what a
database on the same machine takes to run it. Questions and asks are read once a transaction. Rows that nobody reads
back at once (the journal, the engine's jobs) are gathered and written in one go, right before the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from twelp.model import Ask, Question

Params = Mapping[str, Any]


def table(model: type[SQLModel]) -> sa.Table:
    """The table of a model."""
    found: sa.Table = model.__table__  # type: ignore[attr-defined]
    return found


def once(model: type[SQLModel]) -> Mapping[str, Any]:
    """By dialect: the insert that gives the row's key, or nothing where the row is there already."""
    made = table(model)
    key = next(iter(made.primary_key))
    return {
        "sqlite": sqlite.insert(made).on_conflict_do_nothing().returning(key),
        "postgresql": postgresql.insert(made).on_conflict_do_nothing().returning(key),
    }


class Base:
    """One transaction's tools.

    Args:
        connection: the one it takes place on.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._dialect = connection.dialect.name
        self._session: Session | None = None
        self._questions: dict[str, Question] = {}
        self._asks: dict[int, Ask] = {}
        self._gathered: dict[Any, list[Params]] = {}
        self.afterwards: list[Callable[[], None]] = []

    @property
    def session(self) -> Session:
        """The transaction as a session, for what is seldom done and easier said with models."""
        if self._session is None:
            self._session = Session(self.connection, expire_on_commit=False)
        return self._session

    def after(self, act: Callable[[], None]) -> None:
        """Does this once the transaction has committed."""
        if act not in self.afterwards:
            self.afterwards.append(act)

    def gather(self, insert: Any, row: Params) -> None:
        """Writes a row right before the commit, with all others of that statement; see the port."""
        self._gathered.setdefault(insert, []).append(row)

    def write_gathered(self) -> None:
        """Writes what was gathered so far."""
        if self._session is not None:
            self._session.flush()
        gathered, self._gathered = self._gathered, {}
        for insert, found in gathered.items():
            self.connection.execute(insert, found)

    # ------------------------------------------------------------ for those who build on it

    def _read_anew(self) -> None:
        """Rows read before may have changed: on Postgres, while we waited for a lock. SQLite has one writer, us."""
        if self._dialect != "sqlite":
            self._questions.clear()
            self._asks.clear()

    def _run(self, statement: Any, params: Params | Sequence[Params] | None = None) -> Any:
        return self.connection.execute(statement, params)

    def _first(self, statement: Any, params: Params | None = None) -> Any:
        return self.connection.execute(statement, params).first()

    def _all(self, statement: Any, params: Params | None = None) -> Sequence[Any]:
        return self.connection.execute(statement, params).all()

    def _add_once(self, insert: Mapping[str, Any], row: Params) -> Any:
        """Inserts unless its key is there (though another worker does so this moment): its id, or None."""
        return self.connection.execute(insert[self._dialect], row).scalar()

    def _changed(self, statement: Any, params: Params) -> bool:
        """Runs an update; whether it met a row."""
        return bool(self.connection.execute(statement, params).rowcount)


def columns(model: type[SQLModel], prefix: str = "") -> Iterable[Any]:
    """All columns of a model's table, renamed with a prefix where there is one."""
    return [c.label(prefix + c.name) if prefix else c for c in table(model).c]
