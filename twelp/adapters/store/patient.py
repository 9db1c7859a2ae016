"""A connection to Postgres that does not wait for ever.

A server that vanished is noticed by TCP within half a minute; a way to it on which nothing passes any more, though it
ends no connection (a proxy or a pooler that hangs), is noticed by nobody but the clock. Imported on Postgres only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import psycopg

ANSWERS_WITHIN_S: Final = 30.0
"""Longer than anybody waits for a row (`lock_timeout`)."""


class RowByRow(psycopg.Cursor[Any]):
    """Runs a statement for several rows one after another.

    The driver would send them in one go, as a pipeline: cut off or frozen in the middle of that, a session counts as
    busy, not as idle in its transaction, so that the server keeps it, and the rows it holds, for ever.
    """

    _met: int | None = None

    def execute(self, *args: Any, **more: Any) -> Any:
        """As the driver's."""
        self._met = None
        return super().execute(*args, **more)

    def executemany(self, query: Any, params_seq: Iterable[Any], *, returning: bool = False) -> None:
        """As the driver's; what rows return is not kept.

        Raises:
            psycopg.NotSupportedError: the rows are to return something.
        """
        if returning:
            raise psycopg.NotSupportedError("rows are written one by one here: nothing can be returned")
        met = 0
        for params in params_seq:
            self.execute(query, params)
            met += max(super().rowcount, 0)
        self._met = met

    @property
    def rowcount(self) -> int:
        """How many rows were met, of all that were given."""
        return super().rowcount if self._met is None else self._met


class PatientConnection(psycopg.Connection[Any]):
    """Gives up on an answer after a while, and ends then.

    Attributes:
        patience_s: how long an answer may take; None: as long as it takes, for what is known to take long.
    """

    patience_s: float | None = None

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.cursor_factory = RowByRow

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As the driver does; `timeout` is that of who waits for notifications.

        Raises:
            psycopg.OperationalError: no answer came in time.
        """
        if timeout is not None or self.patience_s is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience_s)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer for {self.patience_s:.0f} s") from error
