"""`twelp status`: how a running twelp is, from any terminal: what its database and its `/readyz` tell."""

from __future__ import annotations

import json
import time
from collections import Counter
from typing import Any

import httpx
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from twelp.adapters.store import SqlStore
from twelp.cli import run_file
from twelp.cli.plain import plain
from twelp.config import Settings
from twelp.errors import StoreError
from twelp.reading import as_json, read_overview
from twelp.wiring import RealClock, reading
from twelp.wiring.bounded import Bounded
from twelp.wiring.processes import parts

_EVERY_S = 2.0


def status(*, as_json: bool) -> int:
    """Prints how it is: once as JSON or where nobody watches, again and again in a terminal. 1 when it is not ready."""
    settings = Settings.read()
    seen = Seen(settings)
    console = Console(highlight=False)
    try:
        found = seen.look()
        if as_json:
            print(json.dumps(found, ensure_ascii=False, indent=2))
        elif not console.is_terminal:
            console.print(_shown(found))
        else:
            with Live(_shown(found), console=console, auto_refresh=False) as live:
                while True:
                    time.sleep(_EVERY_S)
                    found = seen.look()
                    live.update(_shown(found), refresh=True)
    except KeyboardInterrupt:
        pass
    finally:
        seen.close()
    return 0 if found["ready"] else 1


class Seen:
    """A running twelp, seen through its database and its `/readyz`, as far as either answers.

    Args:
        settings: where they are.
        store: the database, if it is open already.
    """

    def __init__(self, settings: Settings, store: SqlStore | None = None) -> None:
        self._settings = settings
        self._store = store
        self._glance = Bounded(self._told)

    def look(self) -> dict[str, Any]:
        """One look: `ready` (None: nobody answers), `checks`, `parts` by what they do, `questions` by stage, `queues`,
        `crises` by state, `today`, `paused`, `database`; the last seven None where the database does not answer.

        Raises:
            StoreError: there is no database yet, or it is of another version.
        """
        told, why = (
            dict[str, Any].fromkeys(("parts", "questions", "queues", "crises", "today", "paused", "database")),
            "",
        )
        try:
            told = self._glance.take()
        except StoreError as error:
            if self._store is None and not error.away:
                raise
            why = str(error)
        ready, checks = asked(self._settings)
        if why:
            ready, checks = ready and False, {**checks, "database": {"ok": False, "said": why}}
        return {"ready": ready, "checks": checks, **told}

    def _told(self) -> dict[str, Any]:
        self._store = self._store or reading(self._settings)
        if self._store is None:
            raise StoreError("there is no database yet: run twelp first", absent=True)
        return _told(self._store)

    def close(self) -> None:
        """Gives the connection back."""
        if self._store is not None:
            self._store.close()


def _told(store: SqlStore) -> dict[str, Any]:
    with store.read() as tx:
        found = read_overview(tx, RealClock().now())
        alive = Counter(role.value for part in parts(tx) for role in part.roles)
    size, free = store.size()
    return {
        "parts": dict(sorted(alive.items())),
        **as_json(found),
        "database": {"bytes": size, "free_bytes": free},
    }


def asked(settings: Settings) -> tuple[bool | None, dict[str, Any]]:
    """What the twelp of these settings, or the one that runs in this folder, says of itself; None: nobody answers."""
    said = ""
    for address in _addresses(settings):
        try:
            answer = httpx.get(f"{address}/readyz", timeout=5, trust_env=False).json()
            return bool(answer["ready"]), dict(answer["checks"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            said = (
                said or f"nobody answers at {address}: {type(error).__name__}. Is twelp running here, with this PORT?"
            )
    return None, {
        "http": {"ok": False, "said": said or "no twelp runs in this folder, and PORT=0 names no port to ask"}
    }


def _addresses(settings: Settings) -> list[str]:
    """Where twelp may answer, likeliest first; with `PORT=0` it leaves word in its folder."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - it is we who ask
    named = f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"
    left = run_file.read(run_file.ADDRESS_NOTE)
    here = left.replace("://0.0.0.0:", "://127.0.0.1:").replace("://[::]:", "://[::1]:") if left else None
    found = [*([named] if settings.port else []), *([here] if here else [])]
    return list(dict.fromkeys(found))


def _shown(found: dict[str, Any]) -> Group:
    ready = found["ready"]
    word, style = ("ready", "bold green") if ready else ("not ready", "bold red")
    checks = Table.grid(padding=(0, 2))
    for name, check in found["checks"].items():
        mark = Text("ok", style="green") if check["ok"] else Text("!!", style="bold red")
        checks.add_row(mark, name, Text(plain(str(check["said"]))))
    return Group(Text(f"twelp: {word}", style=style), checks, *([] if found["queues"] is None else [_numbers(found)]))


def _numbers(found: dict[str, Any]) -> Table:
    rows = Table.grid(padding=(0, 2))
    if found["parts"]:
        rows.add_row("parts", ", ".join(f"{count} {part}" for part, count in found["parts"].items()))
    stages = ", ".join(f"{count} {stage}" for stage, count in found["questions"].items()) or "none"
    for halt in found["paused"]:
        what = f"topic {halt['topic']}" if halt["topic"] else "everything"
        rows.add_row("paused", Text(plain(f"{what}, by {halt['by']} since {halt['since']}: {halt['reason']}")))
    rows.add_row("questions", f"{stages} under way")
    if found["crises"]:
        nobody, taken = found["crises"].get("open", 0), found["crises"].get("taken", 0)
        rows.add_row("crises", Text(f"{nobody} nobody has taken, {taken} taken", style="bold red" if nobody else ""))
    counted = ", ".join(f"{count} {figure}" for figure, count in found["today"].items()) or "nothing yet"
    rows.add_row("today", f"{counted} (since midnight, UTC)")
    for name, queue in found["queues"].items():
        parked = f"; {queue['parked']} parked (twelp jobs --failed)" if queue["parked"] else ""
        late = f", the oldest for {queue['lag_s']:.0f} s" if queue["due"] else ""
        rows.add_row(name, f"{queue['due']} jobs due{late}; {queue['waiting']} wait for their hour{parked}")
    rows.add_row("database", f"{found['database']['bytes'] / 1e6:.1f} MB")
    return rows
