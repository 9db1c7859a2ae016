"""The members of the local workspace as Slack describes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_FIELDS: Final = frozenset(
    {"id", "name", "real_name", "email", "tz", "deleted", "is_restricted", "is_ultra_restricted", "is_bot"}
    | {"is_stranger", "is_admin", "dnd"}
)
_WINDOW: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(slots=True)
class Person:
    """A member: someone of the company, a guest (`is_restricted`), a Slack Connect stranger, or a bot.

    `dnd` is their daily do-not-disturb window in local time, such as ``22:00-08:00``.
    """

    id: str
    name: str
    real_name: str
    email: str | None = None
    tz: str = "Etc/UTC"
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    is_stranger: bool = False
    is_admin: bool = False
    bot_id: str | None = None
    dnd: str | None = None
    updated_s: int = 0

    def change(self, given: dict[str, Any], now_s: int) -> None:
        """Take over fields from JSON.

        Raises:
            ValueError: for an unknown field or an unusable value, naming it.
        """
        for field, value in given.items():
            if field not in _FIELDS or field == "id":
                raise ValueError(f"user field {field!r} cannot be set; known: {', '.join(sorted(_FIELDS - {'id'}))}")
            wanted = bool if field == "deleted" or field.startswith("is_") else str
            if not isinstance(value, wanted) and not (field in ("email", "dnd") and value is None):
                raise ValueError(f"user field {field!r} is {value!r}; expected {wanted.__name__}")
            if field == "tz":
                _zone(str(value))
            elif field == "dnd" and value is not None and not _WINDOW.fullmatch(str(value)):
                raise ValueError(f"user field 'dnd' is {value!r}; expected a window like 22:00-08:00")
            setattr(self, field, value)
        self.updated_s = now_s

    def as_json(self, team_id: str, now: datetime) -> dict[str, Any]:
        """The user object of ``users.list`` and ``users.info``; a deactivated member has no time zone any more."""
        shown: dict[str, Any] = {
            "id": self.id,
            "team_id": team_id if not self.is_stranger else "T0STRANGER",
            "name": self.name,
            "deleted": self.deleted,
            "color": "9f69e7",
            "real_name": self.real_name,
            "profile": self._profile(team_id),
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated_s,
        }
        if self.is_stranger:
            shown["is_stranger"] = True
        if not self.deleted:
            zone = _zone(self.tz)
            local = now.astimezone(zone)
            offset = local.utcoffset()
            shown |= {
                "tz": self.tz,
                "tz_label": local.tzname() or self.tz,
                "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
                "is_admin": self.is_admin,
                "is_owner": False,
                "is_primary_owner": False,
                "is_restricted": self.is_restricted or self.is_ultra_restricted,
                "is_ultra_restricted": self.is_ultra_restricted,
                "is_email_confirmed": self.email is not None,
                "who_can_share_contact_card": "EVERYONE",
            }
        return shown

    def next_dnd(self, now: datetime) -> tuple[datetime, datetime] | None:
        """The do-not-disturb window that is on or comes next; None for someone without."""
        match = _WINDOW.fullmatch(self.dnd or "")
        if match is None or self.deleted:
            return None
        local = now.astimezone(_zone(self.tz))
        first, last = ((int(match[i]), int(match[i + 1])) for i in (1, 3))
        for day in (-1, 0, 1):
            starts = (local + timedelta(days=day)).replace(hour=first[0], minute=first[1], second=0, microsecond=0)
            ends = starts.replace(hour=last[0], minute=last[1])
            ends += timedelta(days=1) if ends <= starts else timedelta()
            if ends > local:
                return starts, ends
        return None

    def _profile(self, team_id: str) -> dict[str, Any]:
        first, _, last = self.real_name.partition(" ")
        profile = {
            "title": "",
            "phone": "",
            "skype": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "first_name": first,
            "last_name": last,
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": "g0",
            "team": team_id,
        }
        if self.email is not None and not self.is_stranger:
            profile["email"] = self.email
        if self.bot_id:
            profile["bot_id"] = self.bot_id
        return profile


def person(given: dict[str, Any], *, fallback_id: str, now_s: int = 0) -> Person:
    """A person from the seed's JSON.

    Raises:
        ValueError: for a missing name, an unknown field or an unusable value.
    """
    name = given.get("name")
    if not isinstance(name, str) or not name:
        raise ValueError(f"user name is {name!r}; expected some text")
    real_name = given.get("real_name") or name
    made = Person(id=str(given.get("id") or fallback_id), name=name, real_name=str(real_name))
    made.change({k: v for k, v in given.items() if k not in ("id", "real_name")}, now_s)
    return made


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"time zone {name!r} is not known; expected a name like Europe/Berlin") from error
