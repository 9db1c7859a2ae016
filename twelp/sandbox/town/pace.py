"""How fast people are, and how the town is set up: its part of the seed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_KNOWN: Final = ("pace", "customers", "every_s", "first", "later_every_s", "seed", "speed", "answers")
_JITTER: Final = (0.7, 1.3)


@dataclass(frozen=True, slots=True)
class Habits:
    """The town as the seed wants it. Pauses are in seconds of a person's time; `speed` shortens them all.

    In eager pace nobody pauses, the first who is asked answers, and nothing is left lying. The `first` posts
    (None: all of them) come every `every_s`, the others every `later_every_s`.
    """

    eager: bool = False
    customers: bool = False
    every_s: float = 20.0
    first: int | None = None
    later_every_s: float = 20.0
    seed: int = 7
    speed: float = 1.0
    answers: dict[str, list[str]] = field(default_factory=dict)

    def until_next_s(self, number: int, roll: random.Random) -> float:
        """Seconds from a post to the next one; `number` is 0 for the first post."""
        every_s = self.every_s if self.first is None or number < self.first else self.later_every_s
        return every_s * roll.uniform(*_JITTER)

    async def pause(self, shortest_s: float, longest_s: float, roll: random.Random) -> None:
        """What a person takes for something; nothing in eager pace."""
        if not self.eager:
            await self.rest(roll.uniform(shortest_s, longest_s))

    async def rest(self, seconds: float) -> None:
        """A pause that is taken in any pace."""
        await asyncio.sleep(seconds / self.speed)

    @property
    def patience_s(self) -> float:
        """How long a card may lie with nobody on it before somebody else picks it up; real seconds."""
        return 1.0 if self.eager else 15.0 / self.speed

    @property
    def longest_rest_s(self) -> float:
        """How long they wait at most before they try again what failed; real seconds."""
        return 2.0 if self.eager else 8.0

    @property
    def head_start_s(self) -> float:
        """How long the others leave a question to somebody who is played by hand; real seconds."""
        return 180.0 / self.speed

    @property
    def settle_s(self) -> float:
        """How long the app may take to show on the card that an answer came in; real seconds."""
        return 5.0 if self.eager else 30.0 / self.speed


def habits(given: Any) -> Habits:
    """The seed's ``town``.

    Raises:
        ValueError: for an unknown field or an unusable value, naming it.
    """
    if not isinstance(given, Mapping):
        raise ValueError(f"seed.town is {given!r}; expected an object with {', '.join(_KNOWN)}")
    if unknown := sorted(set(given) - set(_KNOWN)):
        raise ValueError(f"seed.town.{unknown[0]} is not known; known: {', '.join(_KNOWN)}")
    if given.get("pace", "human") not in ("human", "eager"):
        raise ValueError(f"seed.town.pace is {given['pace']!r}; expected human or eager")
    if not isinstance(given.get("customers", False), bool):
        raise ValueError(f"seed.town.customers is {given['customers']!r}; expected true or false")
    first = given.get("first")
    if first is not None and (isinstance(first, bool) or not isinstance(first, int) or first < 0):
        raise ValueError(f"seed.town.first is {first!r}; expected a whole number of posts")
    if not isinstance(given.get("seed", 0), int):
        raise ValueError(f"seed.town.seed is {given['seed']!r}; expected a whole number")
    return Habits(
        eager=given.get("pace") == "eager",
        customers=bool(given.get("customers", False)),
        every_s=_above_zero(given, "every_s", 20.0),
        first=first,
        later_every_s=_above_zero(given, "later_every_s", 20.0),
        seed=int(given.get("seed", 7)),
        speed=_above_zero(given, "speed", 1.0),
        answers=_answers(given.get("answers", {})),
    )


def _above_zero(given: Mapping[str, Any], name: str, default: float) -> float:
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
        raise ValueError(f"seed.town.{name} is {value!r}; expected a number above 0")
    return float(value)


def _answers(given: Any) -> dict[str, list[str]]:
    fine = isinstance(given, Mapping) and all(
        isinstance(lines, list) and all(isinstance(line, str) and line.strip() for line in lines)
        for lines in given.values()
    )
    if not fine:
        raise ValueError(f"seed.town.answers is {given!r}; expected an object of word: [texts]")
    return {str(word): list(lines) for word, lines in given.items()}
