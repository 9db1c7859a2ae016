"""Who did it, as people call them."""

from __future__ import annotations

from twelp.config import Settings
from twelp.errors import RosterError
from twelp.model import Account, Roster
from twelp.roster import load


def names(settings: Settings) -> Roster | None:
    """The roster, for names; None when it cannot be read, which a trail survives."""
    try:
        return load(settings.experts)
    except RosterError:
        return None


def handle(account: Account) -> str:
    """Whose post it is, as people call them."""
    return f"@{account.handle}" if account.handle else "a customer"


def actor(who: str, roster: Roster | None) -> str:
    """The name of whoever did it; a step's own name where nobody did."""
    found = roster.experts.get(who) if roster else None
    return found.name if found else who
