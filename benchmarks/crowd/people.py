"""The parameters of people's behaviour, read from one file that can be swapped, and the dice that follow them.

Each entry of the file is `{"value": …, "source": …}`. A file may leave out nothing and add nothing: a misspelt name
must not silently mean the default.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).resolve().parent.parent / "people.json"


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A time in seconds: half are shorter than `median`; `sigma` is the spread of its logarithm."""

    median: float
    sigma: float

    def at(self, normal: float) -> float:
        """The time for a standard normal number."""
        return self.median * exp(self.sigma * normal)


@dataclass(frozen=True, slots=True)
class Share:
    """A share that differs between people: a beta distribution with this mean, whose parameters sum to `spread`."""

    mean: float
    spread: float

    @property
    def ab(self) -> tuple[float, float]:
        """The distribution's two parameters."""
        mean = min(max(self.mean, 0.01), 0.99)
        return mean * self.spread, (1 - mean) * self.spread


@dataclass(frozen=True, slots=True)
class People:
    """All parameters, named as in the file; times in the unit their name ends with."""

    zones: Mapping[str, float]
    topics: int
    topics_each: Mapping[str, float]
    topic_skew: float
    moderator_share: float
    daily_asks: Mapping[str, float]
    shift_start_h: Mapping[str, float]
    shift_hours: float
    days_a_week: int
    quiet_from_h: Sequence[float]
    quiet_until_h: Sequence[float]
    asleep_h: Sequence[float]
    at_desk_min: float
    off_desk_min: float
    notice_at_desk_s: LogNormal
    notice_by_phone_s: LogNormal
    quickness: float
    reading_s: LogNormal
    willing: Share
    willing_off_work: float
    skill: Share
    passes: float
    repairs: float
    writing_s: LogNormal
    abandons: float
    sent_back: float
    taken_back: float
    crowd_effect: float
    customer_zones: Mapping[str, float]
    by_hour: Sequence[float]
    two_topics: float
    urgent: float
    topic_right: float
    topic_second: float
    topic_none: float
    give_up_min: float
    hold_s: float
    claim_min: float


_SECTIONS = ("volunteers", "customers", "house")
_MADE_OF = {"LogNormal": LogNormal, "Share": Share}


def load(path: Path) -> People:
    """The parameters in a file.

    Raises:
        ValueError: naming the file, the entry and what is expected.
    """
    try:
        tree = json.loads(path.read_text(encoding="utf8"))
    except (OSError, json.JSONDecodeError) as error:
        raise ValueError(f"{path}: {error}; expected a file like {DEFAULT.name}") from error
    given: dict[str, Any] = {}
    for section in _SECTIONS:
        for name, entry in tree.get(section, {}).items():
            if not isinstance(entry, dict) or not {"value", "source"} <= entry.keys():
                raise ValueError(f"{path}: {section}.{name} has no value and source: say both, if only 'assumed'")
            given["customer_zones" if (section, name) == ("customers", "zones") else name] = entry["value"]
    fields: dict[str, str] = {name: str(kind) for name, kind in People.__annotations__.items()}
    if wrong := sorted(given.keys() ^ fields.keys()):
        state = ", ".join(f"{n} is {'not known' if n in given else 'missing'}" for n in wrong)
        raise ValueError(f"{path}: {state}; {DEFAULT.name} has them all")
    for name, kind in fields.items():
        if kind in _MADE_OF:
            given[name] = _MADE_OF[kind](**given[name])
    return People(**given)


def scaled(people: People, name: str, factor: float) -> People:
    """The same people with one parameter (its median or mean, where it is a distribution) times `factor`."""
    had = getattr(people, name)
    if isinstance(had, LogNormal):
        return replace(people, **{name: replace(had, median=had.median * factor)})
    if isinstance(had, Share):
        return replace(people, **{name: replace(had, mean=min(0.95, had.mean * factor))})
    return replace(people, **{name: type(had)(had * factor)})
