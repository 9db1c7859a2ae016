"""`twelp status`: how a running twelp is, from any terminal: what its database and its `/readyz` tell."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from twelp.adapters.store import SqlStore
from twelp.config import Settings
from twelp.engine import backlog
from twelp.errors import StoreError
from twelp.wiring import RealClock, reading

_EVERY_S = 2.0


def status(*, as_json: bool) -> int:
    """Prints how it is: once as JSON or where nobody watches, again and again in a terminal. 1 when it is not ready."""
    settings = Settings.read()
    store = reading(settings)
    if store is None:
        raise StoreError("there is no database yet: run twelp first", absent=True)
    console = Console(highlight=False)
    try:
        found = look(settings, store)
        if as_json:
            print(json.dumps(found, ensure_ascii=False, indent=2))
        elif not console.is_terminal:
            console.print(_shown(found))
        else:
            with Live(_shown(found), console=console, auto_refresh=False) as live:
                while True:
                    time.sleep(_EVERY_S)
                    found = look(settings, store)
                    live.update(_shown(found), refresh=True)
    except KeyboardInterrupt:
        pass
    finally:
        store.close()
    return 0 if found["ready"] else 1


def look(settings: Settings, store: SqlStore) -> dict[str, Any]:
    """One look: `ready` (None: nobody answers), `checks`, `questions` by stage, `queues`, `database`."""
    with store.look() as tx:
        queues = backlog(tx, RealClock().now())
        questions = dict(tx.under_way())
    size, free = store.size()
    jobs = {name: {"due": q.due, "waiting": q.waiting, "lag_s": round(q.lag_s, 1)} for name, q in queues.items()}
    ready, checks = _asked(settings)
    return {
        "ready": ready,
        "checks": checks,
        "questions": questions,
        "queues": jobs,
        "database": {"bytes": size, "free_bytes": free},
    }


def _asked(settings: Settings) -> tuple[bool | None, dict[str, Any]]:
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104 - it is we who ask
    address = f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"
    try:
        answer = httpx.get(f"{address}/readyz", timeout=3, trust_env=False).json()
        return bool(answer["ready"]), dict(answer["checks"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        said = f"nobody answers at {address}: {type(error).__name__}. Is twelp running here, with this PORT?"
        return None, {"http": {"ok": False, "said": said}}


def _shown(found: dict[str, Any]) -> Group:
    ready = found["ready"]
    word, style = ("ready", "bold green") if ready else ("not ready", "bold red")
    checks = Table.grid(padding=(0, 2))
    for name, check in found["checks"].items():
        checks.add_row(Text("●", style="green" if check["ok"] else "red"), name, Text(str(check["said"])))
    rows = Table.grid(padding=(0, 2))
    stages = ", ".join(f"{count} {stage}" for stage, count in found["questions"].items()) or "none"
    rows.add_row("questions", f"{stages} under way" if stages != "none" else "none under way")
    for name, queue in found["queues"].items():
        late = f", the oldest for {queue['lag_s']:.0f} s" if queue["due"] else ""
        rows.add_row(name, f"{queue['due']} jobs due{late}; {queue['waiting']} wait for their hour")
    rows.add_row("database", f"{found['database']['bytes'] / 1e6:.1f} MB")
    return Group(Text(f"twelp: {word}", style=style), checks, rows)
