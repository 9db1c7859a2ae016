"""Two processes share one database and one town: each thing is done once, and one may die for good."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.stories.children import Child
from tests.stories.town import ROSTER, Town, read_roster
from twelp import wiring
from twelp.sandbox.server import serve

MANY = 20


@pytest.mark.only_on("postgres", reason="SQLite serves one process")
def test_what_a_dead_house_was_doing_is_done_by_the_other_and_nothing_twice(postgres_url: str, tmp_path: Path):
    """Twenty questions, experts who answer at once, and one of two houses killed in the middle of it."""
    town_seed = wiring.seed(read_roster(ROSTER), town={"pace": "eager"})
    with serve(town_seed) as running, ExitStack() as leaving:
        town = Town(running)
        leaving.callback(town.leave)
        houses = [Child(tmp_path / name, town.url, postgres_url, TWELP_WAVE_SIZE=1) for name in ("one", "two")]
        try:
            town.until(lambda: all(house.ready for house in houses), "the start", 40)
            town.fault(kind="slow", seconds=0.3, times=None, network="x", method="POST", path="/2/tweets")
            ids = [town.post(f"@VoltHelp why does my tv show no picture? ({n})", f"c{n}") for n in range(MANY)]
            town.until(lambda: len(town.ours()) >= 4, "the first answers", 30)
            houses[0].kill()
            assert len(town.ours()) < MANY, "there was nothing left to take over"
            town.until(lambda: {p["in_reply_to"] for p in town.ours()} == set(ids), "all the answers", 60)
            houses[1].stop()
        finally:
            for house in houses:
                house.stop()
        assert "went wrong" not in houses[0].output + houses[1].output
        replies = Counter(post["in_reply_to"] for post in town.ours())
        assert replies == dict.fromkeys(ids, 1)
        for person in ("ann", "bob", "cy", "di", "ed"):
            shown = Counter(post_id for card in town.cards(person) for post_id in ids if post_id in str(card["blocks"]))
            assert set(shown.values()) <= {1}, person
