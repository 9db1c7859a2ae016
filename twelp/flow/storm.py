"""Storm: when so many ask the same at once that moderators should know, and how it is drawn.

Rules: at least eight within ten minutes, and at least four times as many as are usual about the topic. It is over when
nobody has asked it for an hour. What is usual is the mean of the last four weeks, so that a topic that is asked about
all day needs more for an alarm than one that is hardly ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

SLOT: Final = timedelta(minutes=10)
DAYS: Final = 28
"""Days whose mean is what is usual."""
OVER_AFTER: Final = timedelta(hours=1)
_SLOTS: Final = 12
_LEAST: Final = 8
_TIMES: Final = 4.0
_BARS: Final = "▁▂▃▄▅▆▇█"


def usual(questions: int, days: int = DAYS) -> float:
    """How many questions are usual within ten minutes, by how many there were in so many days.

    >>> usual(4032)
    1.0
    """
    return questions * SLOT / timedelta(days=days)


def lately(asked: Iterable[datetime], now: datetime) -> int:
    """How many of these hours are within the last ten minutes."""
    return sum(1 for at in asked if now - at <= SLOT)


def declares(asked: Iterable[datetime], now: datetime, normal: float) -> bool:
    """Whether moderators should know.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    >>> declares([now] * 8, now, normal=0.5), declares([now] * 8, now, normal=3.0), declares([now] * 7, now, normal=0.0)
    (True, False, False)
    """
    return lately(asked, now) >= max(_LEAST, _TIMES * normal)


def is_over(last_at: datetime, now: datetime) -> bool:
    """Whether nobody has asked it for so long that it is over."""
    return now - last_at >= OVER_AFTER


def curve(asked: Iterable[datetime], now: datetime) -> str:
    """How many asked in each ten minutes of the last two hours, as bars, oldest first; the highest is the fullest.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    >>> curve([now] * 8 + [now - timedelta(minutes=15)] * 4, now)
    '▁▁▁▁▁▁▁▁▁▁▄█'
    """
    counts = [0] * _SLOTS
    for at in asked:
        place = int((now - at) / SLOT)
        if 0 <= place < _SLOTS:
            counts[-1 - place] += 1
    most = max(1, *counts)
    return "".join(_BARS[count * (len(_BARS) - 1) // most if count else 0] for count in counts)
