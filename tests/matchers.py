"""Matchers that know a roster's topics, fitted once a run: each house would fit the same one again, for 30 ms."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from twelp import wiring
from twelp.config import Settings
from twelp.flow.match import Lesson, Matcher
from twelp.model import Roster


class Lent:
    """A fitted matcher that many houses hold: ranking changes nothing. Whoever learns has its own from then on."""

    def __init__(self, fitted: Matcher, anew: Callable[[], Matcher]) -> None:
        self.held, self._anew = fitted, anew
        self._own = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.held, name)

    def _ours(self) -> Matcher:
        if not self._own:
            self.held, self._own = self._anew(), True
        return self.held

    def learn(self, *lesson: Any, **more: Any) -> None:
        self._ours().learn(*lesson, **more)

    def unlearn(self, *lesson: Any, **more: Any) -> bool:
        return self._ours().unlearn(*lesson, **more)

    def learn_all(self, lessons: list[Lesson]) -> None:
        if lessons:
            self._ours().learn_all(lessons)

    def restore(self, snapshot: bytes) -> None:
        self._ours().restore(snapshot)


def lend(patch: pytest.MonkeyPatch) -> None:
    """From now on houses are built with matchers that are lent to them, where they would make the same."""
    make, known = wiring.matcher, dict[str, Matcher]()
    patch.setattr(wiring, "load_table", cache(wiring.load_table))

    def matcher(settings: Settings, roster: Roster, store: Any) -> Any:
        if store is not None or settings.semantic != "off":
            return make(settings, roster, store)
        key = f"{settings.missing_cost} {roster.topics}"
        if key not in known:
            known[key] = make(settings, roster, None)
        return Lent(known[key], lambda: make(settings, roster, None))

    patch.setattr(wiring, "matcher", matcher)
