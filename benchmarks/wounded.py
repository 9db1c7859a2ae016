"""`twelp run` that dies or stands still at a named point, or whose clock is wrong: `python -m benchmarks.wounded run`.

The program itself knows nothing of this. From the environment: `CRASH_AT=point:n`, the n-th time that point is passed
it ends by SIGKILL; `FREEZE_AT=point:n`, it stops itself (SIGSTOP); `CLOCK_FILE`, a file with the seconds by which its
clock is off, read at each look at the clock. Points: `commit` (all written, not committed), `committed`, `call` (in the
ledger, not sent), `called` (sent, not recorded), `claim` (it has just become the owner of jobs), `row` (it has moved a
question and not committed that).
"""

from __future__ import annotations

import functools
import itertools
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from twelp import wiring
from twelp.__main__ import main
from twelp.adapters.slack.workspace import Slack
from twelp.adapters.store import SqlStore, SqlTx
from twelp.adapters.x.network import X

POINTS = ("commit", "committed", "call", "called")
FROZEN_POINTS = (*POINTS, "claim", "row")
_CALLS: tuple[tuple[type, tuple[str, ...]], ...] = (
    (X, ("reply", "delete")),
    (Slack, ("post_card", "post_note", "update_card")),
)


def _wound(where: str, nth: int, how: signal.Signals) -> None:
    passed = itertools.count(1)

    def point(name: str) -> None:
        if name == where and next(passed) == nth:
            os.kill(os.getpid(), how)

    begin = SqlStore.transaction

    @contextmanager
    def begun(self: SqlStore, **how: Any) -> Iterator[Any]:
        with begin(self, **how) as tx:
            yield tx
            point("commit")
        point("committed")

    def between(call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def called(*args: Any, **more: Any) -> Any:
            point("call")
            found = call(*args, **more)
            point("called")
            return found

        return called

    SqlStore.transaction = begun  # type: ignore[method-assign, assignment]
    for owner, names in _CALLS:
        for name in names:
            setattr(owner, name, between(getattr(owner, name)))

    def after(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(step)
        def stepped(*args: Any, **more: Any) -> Any:
            found = step(*args, **more)
            if found:
                point(name)
            return found

        return stepped

    SqlTx.claim_jobs = after("claim", SqlTx.claim_jobs)  # type: ignore[method-assign]
    SqlTx.move = after("row", SqlTx.move)  # type: ignore[method-assign]


def _misread(file: Path) -> None:
    now = wiring.RealClock.now

    def wrong(self: wiring.RealClock) -> datetime:
        try:
            return now(self) + timedelta(seconds=float(file.read_text(encoding="ascii") or 0))
        except (OSError, ValueError):
            return now(self)

    wiring.RealClock.now = wrong  # type: ignore[method-assign]


if __name__ == "__main__":
    for variable, how in (("CRASH_AT", signal.SIGKILL), ("FREEZE_AT", signal.SIGSTOP)):
        if at := os.environ.get(variable):
            name, _, number = at.partition(":")
            _wound(name, int(number), how)
    if "CLOCK_FILE" in os.environ:
        _misread(Path(os.environ["CLOCK_FILE"]))
    main()
