"""What every part of a transaction stands on: one connection, statements made once, rows that are written together.

Statements are built when the module is loaded and only filled in afterwards: building one costs several times what a
database on the same machine takes to run it. Questions and asks are read once a transaction. Rows that nobody reads
back at once (the journal, the engine's jobs) are gathered and written in one go, right before the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from twelp.adapters.store.ready import Params, Ready, in_one, ready
from twelp.model import Answer, Ask, Question

_NONE: Params = {}


class Base:
    """One transaction's tools.

    Args:
        connection: the one it takes place on.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._dialect = connection.dialect.name
        self._driver: Any = connection.connection.dbapi_connection
        self._session: Session | None = None
        self._questions: dict[str, Question] = {}
        self._asks: dict[int, Ask] = {}
        self._answers: dict[str, Sequence[Answer]] = {}
        self._gathered: dict[Any, list[Params]] = {}
        self._roll: str | None = None
        self._alone: dict[str, bool] = {}
        self._nothing_paused = False
        self._asks_of: dict[str, list[int]] = {}
        self._home_at: dict[str, datetime | None] = {}
        self._last: str | None = None
        self.afterwards: dict[Callable[[], None], None] = {}

    @property
    def session(self) -> Session:
        """The transaction as a session, for what is seldom done and easier said with models."""
        if self._session is None:
            self._session = Session(self.connection, expire_on_commit=False)
        return self._session

    def after(self, act: Callable[[], None]) -> None:
        """Does this once the transaction has committed."""
        self.afterwards[act] = None

    def gather(self, insert: Any, row: Params) -> None:
        """Writes a row right before the commit, with all others of that statement."""
        self._gathered.setdefault(insert, []).append(row)

    def drop_gathered(self, insert: Any, unwanted: Callable[[Params], bool]) -> Sequence[Params]:
        """Takes back what was gathered for this insert statement and is not wanted; those rows."""
        gathered = self._gathered.get(insert, [])
        dropped = [row for row in gathered if unwanted(row)]
        if dropped:
            self._gathered[insert] = [row for row in gathered if not unwanted(row)]
        return dropped

    def write_gathered(self) -> None:
        """Writes what was gathered so far: where a statement is a way to another machine and back, all in one."""
        self._flush()
        gathered = self._take_gathered()
        made = [(self._ready(statement, found[0]), found) for statement, found in gathered]
        parts = [(part, found) for part, found in made if part is not None and _fits(part, found)]
        if self._dialect == "sqlite" or len(parts) < len(gathered) or not gathered:
            for statement, found in gathered:
                self.do(statement, *found)
        elif len(gathered) == 1 and self._last is None:
            self.do(gathered[0][0], *gathered[0][1])
        else:
            text, filled = in_one(parts, *filter(None, [self._last]))
            self._driver.execute(text, filled)
        self._last = None

    def _take_gathered(self) -> list[tuple[Any, list[Params]]]:
        """What was gathered, and is not any more: statements, each with the rows it writes."""
        gathered, self._gathered = self._gathered, {}
        return [(statement, found) for statement, found in gathered.items() if found]

    # ------------------------------------------------------------ for those who build on it

    def _flush(self) -> None:
        """Writes what was said with models."""
        if self._session is not None:
            self._session.flush()

    def _read_anew(self, *, asks: bool = True) -> None:
        """Rows read before may have changed: on Postgres, while we waited for a lock. SQLite has one writer, us."""
        if self._dialect != "sqlite":
            self._questions.clear()
            if asks:
                self._asks.clear()
                self._asks_of.clear()
            self._answers.clear()
            self._roll = None
            self._alone.clear()
            self._nothing_paused = False

    def rows(self, statement: Any, params: Params) -> Sequence[Any]:
        """What a statement finds, which lives as long as the module it stands in."""
        return self._all(statement, params)

    def do(self, statement: Any, *params: Params) -> int:
        """Runs such a statement, once for each `params`; how many rows it met."""
        if len(params) == 1:
            return self._do(statement, params[0])
        made = self._ready(statement, params[0]) if params else None
        if made is None or any(one.keys() != params[0].keys() for one in params):
            return int(self.connection.execute(statement, params).rowcount) if params else 0
        if made.for_many is not None:
            return int(self._driver.execute(made.for_many, made.filled_together(params)).rowcount)
        with closing(self._driver.cursor()) as cursor:
            cursor.executemany(made.text, [made.filled(one) for one in params])
            return int(cursor.rowcount)

    def _ready(self, statement: Any, params: Params) -> Ready | None:
        return ready(statement, params, self.connection.dialect)

    def _do(self, statement: Any, params: Params) -> int:
        """Runs it; how many rows it met."""
        made = self._ready(statement, params)
        if made is None:
            return int(self.connection.execute(statement, params).rowcount)
        return int(self._driver.execute(made.text, made.filled(params)).rowcount)

    def _first(self, statement: Any, params: Params = _NONE) -> Any:
        made = self._ready(statement, params)
        if made is None:
            return self.connection.execute(statement, params).first()
        with closing(self._driver.execute(made.text, made.filled(params))) as cursor:
            values = cursor.fetchone()
        return None if values is None else made.read(values)

    def _all(self, statement: Any, params: Params = _NONE) -> Sequence[Any]:
        made = self._ready(statement, params)
        if made is None:
            return self.connection.execute(statement, params).all()
        return made.read_all(self._driver.execute(made.text, made.filled(params)).fetchall())

    def _each(self, statement: Any, params: Sequence[Params]) -> Sequence[Any]:
        """What an insert of several rows returns, each with the same parameters."""
        made = self._ready(statement, params[0]) if params else None
        if made is None or made.for_many is None:
            return [row for one in params for row in self._all(statement, one)]
        return made.read_all(self._driver.execute(made.for_many, made.filled_together(params)).fetchall())

    def _value(self, statement: Any, params: Params = _NONE) -> Any:
        """The first column of the first row; None where there is none."""
        row = self._first(statement, params)
        return None if row is None else row[0]

    def _values(self, statement: Any, params: Params = _NONE) -> list[Any]:
        """The first column of each row."""
        return [row[0] for row in self._all(statement, params)]

    def _add_once(self, insert: Mapping[str, Any], row: Params) -> Any:
        """Inserts unless its key is there (though another worker does so this moment): its id, or None."""
        return self._value(insert[self._dialect], row)

    def _changed(self, statement: Any, params: Params) -> bool:
        """Runs an update; whether it met a row."""
        return self._do(statement, params) > 0


def _fits(part: Ready, rows: Sequence[Params]) -> bool:
    """Whether these rows can be written by it in one statement."""
    return len(rows) == 1 or (part.for_many is not None and all(row.keys() == rows[0].keys() for row in rows))
