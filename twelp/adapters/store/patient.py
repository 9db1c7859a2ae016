"""A connection to Postgres that does not wait for ever.

A server that vanished is noticed by TCP within half a minute; a way to it on which nothing passes any more, though it
ends no connection (a proxy or a pooler that hangs), is noticed by nobody but the clock. Imported on Postgres only.
"""

from __future__ import annotations

from typing import Any, Final

import psycopg

ANSWERS_WITHIN_S: Final = 30.0
"""Longer than anybody waits for a row (`lock_timeout`)."""


class PatientConnection(psycopg.Connection[Any]):
    """Gives up on an answer after a while, and ends then.

    Attributes:
        patience_s: how long an answer may take; None: as long as it takes, for what is known to take long.
    """

    patience_s: float | None = None

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
