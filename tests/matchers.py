"""Matchers that know a roster's topics, fitted once a run: each house would fit the same one again, for 30 ms."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from twelp import wiring
from twelp.config import Settings
from twelp.flow.match import Lesson, Matcher
from twelp.model import Roster


class Lent:
    """A fitted matcher that many houses hold: ranking changes nothing. Whoever learns has its own from then on, made
    once it is asked: in most stories nobody asks after the answer that taught it."""

    def __init__(self, fitted: Matcher, anew: Callable[[], Matcher]) -> None:
        self._fitted, self._anew = fitted, anew
        self._own: Matcher | None = None
        self._to_learn: list[Callable[[Matcher], object]] = []
        self._guard = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.held, name)

    @property
    def held(self) -> Matcher:
        """The matcher, which has learned what it was taught."""
        with self._guard:
            if self._to_learn:
                self._own = self._own or self._anew()
                while self._to_learn:
                    self._to_learn.pop(0)(self._own)
            return self._own or self._fitted

    def learn(self, *lesson: Any, **more: Any) -> None:
        with self._guard:
            self._to_learn.append(lambda own: own.learn(*lesson, **more))

    def unlearn(self, *lesson: Any, **more: Any) -> bool:
        known: list[bool] = []
        with self._guard:
            self._to_learn.append(lambda own: known.append(own.unlearn(*lesson, **more)))
        return self.held is self._own and known[0]

    def learn_all(self, lessons: list[Lesson]) -> None:
        with self._guard:
            if lessons:
                self._to_learn.append(lambda own: own.learn_all(lessons))

    def restore(self, snapshot: bytes) -> None:
        with self._guard:
            self._to_learn.append(lambda own: own.restore(snapshot))


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
