"""A process that cannot leave word of itself: what the log hears of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from twelp.adapters.store import SqlStore
from twelp.errors import StoreError
from twelp.wiring.presence import Check, Presence, Use


def test_a_mistake_of_ours_is_told_once_with_its_place_and_a_database_that_is_away_by_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = SqlStore(f"sqlite:///{tmp_path / 'a.db'}")
    troubles: list[Exception] = [StoreError("away", away=True), KeyError("limits"), KeyError("limits"), ValueError("x")]

    def look() -> tuple[Sequence[Check], Use]:
        raise troubles.pop(0)

    presence = Presence(store, "me", [], look)
    with caplog.at_level(logging.INFO, "twelp.wiring"):
        while troubles:
            presence.tell()
    store.close()
    told = [(line.levelname, line.getMessage()) for line in caplog.records]
    assert told == [
        ("WARNING", "presence could not be told: KeyError"),
        ("WARNING", "presence could not be told: ValueError"),
    ]
    assert all(line.exc_info for line in caplog.records)
