"""`twelp roster check` and `twelp roster schema`."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from rich.console import Console
from rich.text import Text

from twelp.config import Settings
from twelp.roster import check_file
from twelp.roster import schema as roster_schema
from twelp.wiring import RealClock


def check(file: Path | None, *, as_json: bool) -> int:
    """Prints every mistake of the roster; 1 when there is an error, 0 when there are at most warnings."""
    path = file or Settings.read().experts
    roster, mistakes = check_file(path, RealClock().now().date())
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


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def schema() -> None:
    """Prints the JSON Schema."""
    print(json.dumps(roster_schema(), ensure_ascii=False, indent=2))
