"""The roster's file; `twelp.ports.roster_file` says what each method promises."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from twelp.adapters.store.house import HouseTx
from twelp.model import RefusedFile, RosterFile

_FACT = "roster"
_TEXT = "roster_text"


class RosterFileTx(HouseTx):
    """The part of a transaction that is about the roster's file."""

    def roster_file(self) -> RosterFile | None:
        """The version in force; None before any was taken up."""
        found = self.fact(_FACT)
        return None if found is None else _read(json.loads(found))

    def set_roster_file(self, now: RosterFile) -> None:
        """It is this one now."""
        self.set_fact(_FACT, json.dumps(asdict(now), default=datetime.isoformat, ensure_ascii=False))

    def roster_text(self) -> str:
        """The text of the version in force; empty before any was taken up."""
        return self.fact(_TEXT) or ""

    def set_roster_text(self, text: str) -> None:
        """It says this."""
        self.set_fact(_TEXT, text)


def _read(row: dict[str, Any]) -> RosterFile:
    refused = row["refused"]
    if refused is not None:
        refused = RefusedFile(refused["digest"], refused["why"], datetime.fromisoformat(refused["at"]))
    at = datetime.fromisoformat(row["at"])
    return RosterFile(row["number"], row["digest"], at, row["who"], row["told"], refused)
