"""`twelp roster show`: experts.yaml, with what people said for themselves in Slack laid over it. Changes neither."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from twelp.config import Settings
from twelp.flow import volunteers
from twelp.model import Expert, Roster, Volunteer
from twelp.ports import Clock
from twelp.roster import load
from twelp.wiring import RealClock, reading


def show(file: Path | None, *, as_json: bool) -> None:
    """Prints everybody on the roster.

    Raises:
        RosterError: the roster has errors.
    """
    settings, clock = Settings.read(), RealClock()
    path = file or settings.experts
    roster = load(path)
    store = reading(settings)
    known: Mapping[str, Volunteer] = {}
    if store is not None:
        with store.read() as tx:
            known = tx.volunteers()
        store.close()
    people = [_shown(expert, known.get(expert.id), roster, clock) for expert in roster.experts.values()]
    if as_json:
        rules = roster.rules.version if roster.rules else None
        print(json.dumps({"file": str(path), "rules": rules, "experts": people}, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    for person in people:
        console.print(_line(person), soft_wrap=True)
    taking_part = sum(1 for person in people if person["takes_part"])
    rules = f"; rules of version {roster.rules.version}" if roster.rules else "; no rules, being listed is enough"
    console.print(Text(f"{path}: {taking_part} of {len(people)} take part{rules}.", style="bold"))


def _shown(expert: Expert, own: Volunteer | None, roster: Roster, clock: Clock) -> dict[str, Any]:
    mine = volunteers.with_own_words(expert, own)
    changes = volunteers.differences(expert, own, clock.now()) if own else ()
    return {
        "slack": expert.id,
        "name": expert.name,
        "initials": expert.initials,
        "level": expert.level.value,
        "topics": list(expert.topics),
        "zone": str(expert.zone),
        "quiet": volunteers.hours(mine.quiet),
        "daily_asks": mine.daily_asks,
        "takes_part": volunteers.takes_part(own, roster.rules),
        "accepted": own.accepted or None if own else None,
        "left_at": own.left_at.isoformat() if own and own.left_at else None,
        "overlay": {name: {"roster": theirs or None, "own": said} for name, theirs, said in changes},
    }


def _line(person: Mapping[str, Any]) -> Text:
    line = Text(f"{person['initials']:<4}{person['name']} ", style="bold" if person["takes_part"] else "dim")
    line.append(
        f"{person['slack']} · {person['level']} · {', '.join(person['topics']) or 'no topics'} · ", style="default"
    )
    line.append(f"quiet {person['quiet']} ({person['zone']}) · {person['daily_asks']} asks a day", style="default")
    if not person["takes_part"]:
        line.append(" · left" if person["left_at"] else " · has not accepted the rules", style="yellow")
    for name, values in person["overlay"].items():
        was = f" (the roster says {values['roster']})" if values["roster"] else ""
        line.append(f" · own {name}: {values['own']}{was}", style="cyan")
    return line
