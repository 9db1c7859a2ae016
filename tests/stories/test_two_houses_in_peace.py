"""Two processes that share one database leave people in peace together: nobody is asked beyond their budget."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.stories import children
from tests.stories.town import ROSTER, Town, read_roster
from twelp import wiring
from twelp.sandbox.server import serve

MANY = 24
BUDGET = 2


@pytest.mark.only_on("postgres", reason="SQLite serves one process")
def test_two_houses_together_ask_nobody_beyond_their_budget(postgres_url: str, tmp_path: Path):
    """Many posts at once, waves that widen every second, and one of the two killed in the middle of it."""
    few = ROSTER.replace("daily_asks: 50", f"daily_asks: {BUDGET}")
    with serve(wiring.seed(read_roster(few))) as running, ExitStack() as leaving:
        town = Town(running)
        leaving.callback(town.leave)
        waves = {"TWELP_WAVE_SIZE": 2, "TWELP_WAVE_MINUTES": 0.02}
        houses = [
            children.Child(tmp_path / name, town.url, postgres_url, roster=few, **waves) for name in ("one", "two")
        ]
        people = ("ann", "bob", "cy", "di", "ed", "mo")
        try:
            town.until(lambda: all(house.ready for house in houses), "the start", 60)
            for n in range(MANY):
                town.post(f"@VoltHelp why does my tv show no picture? ({n})", f"c{n}")
            town.until(lambda: sum(len(town.cards(person)) for person in people) >= 4, "the first cards", 30)
            houses[0].kill()
            town.until(lambda: all(len(town.cards(person)) >= BUDGET for person in people), "everybody's cards", 60)
            houses[1].stop()
        finally:
            for house in houses:
                house.stop()
        assert {person: len(town.cards(person)) for person in people} == dict.fromkeys(people, BUDGET)
        assert "went wrong" not in houses[0].output + houses[1].output
