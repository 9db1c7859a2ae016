"""Bots as processes of their own: `twelp run` in a folder, which a test may kill at the worst moment."""

from __future__ import annotations

import atexit
import signal
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from tests.started import BOT, Started, environment
from tests.stories.town import ROSTER
from twelp import wiring

_QUICK = (
    "from datetime import timedelta; import runpy; "
    "import twelp.engine.living as living, twelp.adapters.store.lease as lease; "
    "import twelp.adapters.store.engines as engines, twelp.ports.last_moment as last_moment, tests.stories.freezing; "
    "import twelp.wiring.processes as presence, twelp.wiring.hearing as hearing; "
    "presence.EVERY_S, hearing.LATE_S, last_moment.FRESH_S = 0.5, 2.0, 1.0; "
    "lease.LASTS = timedelta(seconds=4); "
    "engines.SERVER_PATIENCE['idle_in_transaction_session_timeout'] = '2s'; "
    "living.BEAT, living.DEAD_AFTER = timedelta(seconds=0.5), timedelta(seconds=2); "
    "runpy.run_module('twelp', run_name='__main__', alter_sys=True)"
)
"""`python -m twelp`, which takes a silent colleague for dead sooner, and may stop itself."""


@cache
def _loaded() -> Started:
    """What all of them are forked from."""
    made = Started(environment(), BOT)
    atexit.register(made.close)
    return made


class Child:
    """One `twelp run`, pointed at a sandbox by its `.env`, ready when made."""

    def __init__(
        self,
        folder: Path,
        sandbox_url: str,
        database_url: str,
        *,
        freeze_at: str = "",
        roster: str = ROSTER,
        **settings: Any,
    ) -> None:
        folder.mkdir(exist_ok=True)
        chosen = {
            "DATABASE_URL": database_url,
            "X_POLL_SECONDS": 0.2,
            "X_TIMEOUT_SECONDS": 30,
            "PORT": 0,
            "TWELP_GROUPING": "false",
            "TWELP_PACE": "fast",
            "TWELP_WAVE_MINUTES": "5",
        }
        chosen |= {"TWELP_HOLD_SECONDS": 0, **settings}
        lines = [wiring.dotenv(sandbox_url), *(f"{name}={value}" for name, value in chosen.items())]
        (folder / ".env").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "experts.yaml").write_text(roster, encoding="utf-8")
        self.said = folder / f"said-{len(list(folder.iterdir()))}.txt"
        self.process = _loaded().begin(folder, _QUICK, ["run"], environment(FREEZE_AT=freeze_at), self.said)

    @property
    def ready(self) -> bool:
        assert self.process.poll() is None, self.output
        return "Ready:" in self.output

    @property
    def output(self) -> str:
        return self.said.read_text(encoding="utf-8", errors="replace") if self.said.exists() else ""

    def kill(self) -> None:
        """`kill -9`: nothing is finished, nothing is said."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """SIGTERM; returns when it has ended."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
