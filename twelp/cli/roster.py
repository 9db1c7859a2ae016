"""`twelp roster check` and `twelp roster schema`."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from rich.console import Console
from rich.text import Text

from twelp.config import Settings
from twelp.errors import TwelpError
from twelp.roster import Accepted, check_file
from twelp.roster import schema as roster_schema
from twelp.wiring import RealClock, reading, rules


def check(file: Path | None, *, as_json: bool) -> int:
    """Prints every mistake of the roster; 1 when there is an error, 0 when there are at most warnings."""
    settings = Settings.read()
    path = file or settings.experts
    roster, mistakes = check_file(path, RealClock().now().date(), _accepted(settings), rules().values())
    errors = [m for m in mistakes if m.severity == "error"]
    if as_json:
        found = [dataclasses.asdict(m) for m in mistakes]
        print(json.dumps({"file": str(path), "ok": not errors, "mistakes": found}, ensure_ascii=False, indent=2))
        return 1 if errors else 0
    console = Console(highlight=False)
    for mistake in mistakes:
        console.print(Text(str(mistake), style="red" if mistake.severity == "error" else "yellow"), soft_wrap=True)
    if roster is not None and not errors:
        moderators = len(roster.moderators())
        console.print(
            f"{path}: good. {len(roster.topics)} topics, {len(roster.experts)} experts ({moderators} moderators)"
            + (f", {_count(len(mistakes), 'warning')}." if mistakes else ".")
        )
    else:
        warnings = len(mistakes) - len(errors)
        console.print(f"{path}: {_count(len(errors), 'error')}, {_count(warnings, 'warning')}.")
    return 1 if errors else 0


def _accepted(settings: Settings) -> Accepted | None:
    """What the bot's database knows of who accepted the rules; None where there is none to be read."""
    try:
        store = reading(settings)
        if store is None:
            return None
        with store.read() as tx:
            known = tx.volunteers()
        store.close()
    except TwelpError:
        return None

    def accepted(person: str, version: str) -> bool:
        own = known.get(person)
        return own is not None and (own.left_at is not None or own.accepted == version)

    return accepted


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def schema() -> None:
    """Prints the JSON Schema."""
    print(json.dumps(roster_schema(rules().values()), ensure_ascii=False, indent=2))
