"""What a process does: everything, or on Postgres one part of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """LISTEN reads the networks, WORK runs the jobs, SLACK hears what people do there, WEB answers over HTTP."""

    LISTEN = "listen"
    WORK = "work"
    SLACK = "slack"
    WEB = "web"


ALL: Final = frozenset(Role)
