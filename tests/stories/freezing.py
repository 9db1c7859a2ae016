"""A house that stands still at a named point: imported by a child process before it runs `twelp`.

`FREEZE_AT=point:n` in its environment: the n-th time that point is passed, the process stops itself (SIGSTOP).
Points: `claim` (it has just become the owner of jobs), `row` (it has moved a question and not committed that), `call`
(a post or a card is in the ledger and is not sent).
"""

from __future__ import annotations

import functools
import itertools
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from twelp.adapters.slack import Slack
from twelp.adapters.store import jobs, questions
from twelp.adapters.x import X
from twelp.adapters.x.private import XPrivate

POINTS: dict[str, list[tuple[type, str]]] = {
    "claim": [(jobs.SharingTx, "claim_jobs")],
    "row": [(questions.QuestionTx, "move")],
    "call": [(X, "reply"), (Slack, "post_card"), (XPrivate, "send")],
}


def freeze(point: str, nth: int) -> None:
    """Lets this process stop itself there."""
    passed = itertools.count(1)

    def stop() -> None:
        if next(passed) == nth:
            os.kill(os.getpid(), signal.SIGSTOP)

    def wrapped(method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def run(*args: Any, **more: Any) -> Any:
            if point == "call":
                stop()
                return method(*args, **more)
            found = method(*args, **more)
            if found:
                stop()
            return found

        return run

    for owner, name in POINTS[point]:
        setattr(owner, name, wrapped(getattr(owner, name)))


def is_frozen(pid: int) -> bool:
    """Whether the process stands still."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "T"


if at := os.environ.get("FREEZE_AT"):
    freeze(at.partition(":")[0], int(at.partition(":")[2]))
