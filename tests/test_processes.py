"""A process that cannot leave word of itself: what the log hears of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from twelp.adapters.store import SqlStore
from twelp.errors import StoreError
from twelp.ports import Limit
from twelp.wiring.processes import Check, ProcessBoard, Use, _part, _told
from twelp.wiring.roles import Role


def test_a_mistake_of_ours_is_told_once_with_its_place_and_a_database_that_is_away_by_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = SqlStore(f"sqlite:///{tmp_path / 'a.db'}")
    troubles: list[Exception] = [StoreError("away", away=True), KeyError("limits"), KeyError("limits"), ValueError("x")]

    def look() -> tuple[Sequence[Check], Use]:
        raise troubles.pop(0)

    presence = ProcessBoard(store, "me", [], look)
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


def test_word_of_a_process_is_read_as_it_was_told_and_an_older_versions_sum_is_its_only_networks() -> None:
    at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    use = Use({"X": 1.5, "Toy": 0.0}, (Limit("X GET /", 300, 20, at),), (("toy reply", at),))
    word = json.loads(_told(["listen"], [Check("listener toy", True, "read 1 s ago")], use))
    part = _part("me", word)
    assert (part.use, part.roles) == (use, {Role.LISTEN})
    assert part.checks == (Check("listener toy", True, "read 1 s ago"),)
    del word["use"]["spent"]
    assert _part("me", word).use.dollars == {"X": 1.5}
    del word["use"]
    assert _part("me", word).use == Use()
