"""One person's own numbers, which nobody else is shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from twelp.model import Tally
from twelp.ports import RecordsTx

MONTH: Final = timedelta(days=30)
WEEK: Final = timedelta(days=7)


def read_own(tx: RecordsTx, person: str, now: datetime, over: timedelta = MONTH) -> Tally:
    """What the person was asked, answered and thanked for in the time up to now.

    It is read from their own rows: an answer that was taken back and confirmed again is one.
    """
    return tx.tally(person, now - over)
