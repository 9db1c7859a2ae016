"""One of two houses stands still or is cut off from the database in the middle of its work, and does not end.

Nobody else waits for it: the other answers everything. At the thaw it finds what was done meanwhile, and sends nothing
a second time.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from benchmarks.relay import Relay
from tests.stories.children import Child
from tests.stories.freezing import is_frozen
from tests.stories.town import ROSTER, Town, read_roster
from twelp import wiring
from twelp.sandbox.server import serve

pytestmark = [pytest.mark.only_on("postgres", reason="SQLite serves one process"), pytest.mark.timeout(240)]

MANY = 12
PEOPLE = ("ann", "bob", "cy", "di", "ed")


@contextmanager
def two_houses(urls: tuple[str, str], folder: Path, freeze_at: str = "") -> Iterator[tuple[Town, list[Child]]]:
    """A town whose experts answer at once, and two houses in it; the first one stops itself at that point."""
    with serve(wiring.seed(read_roster(ROSTER), town={"pace": "eager"})) as running, ExitStack() as leaving:
        town = Town(running)
        leaving.callback(town.leave)
        houses = [
            Child(folder / str(n), town.url, url, freeze_at="" if n else freeze_at, TWELP_WAVE_SIZE=1)
            for n, url in enumerate(urls)
        ]
        try:
            town.until(lambda: all(house.ready for house in houses), "the start")
            yield town, houses
        finally:
            for house in houses:
                os.kill(house.process.pid, signal.SIGCONT)
                house.process.terminate()
            for house in houses:
                house.stop()
        assert "Traceback" not in "".join(house.output for house in houses)


def ask(town: Town) -> list[str]:
    return [town.post(f"@VoltHelp why does my tv show no picture? ({n})", f"c{n}") for n in range(MANY)]


def until_all_are_answered(town: Town, ids: list[str]) -> None:
    town.until(lambda: {post["in_reply_to"] for post in town.ours()} == set(ids), "all the answers")


def until_nothing_is_left(town: Town, url: str) -> None:
    """No job is due any more, and none in anybody's hands."""
    engine = sa.create_engine(url)
    left = sa.text("SELECT count(*) FROM twelp_job WHERE due < extract(epoch FROM clock_timestamp()) OR owner <> ''")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        town.until(lambda: connection.execute(left).scalar_one() == 0, "the last job")
    engine.dispose()


def nothing_was_done_twice(town: Town, ids: list[str]) -> None:
    assert Counter(post["in_reply_to"] for post in town.ours()) == dict.fromkeys(ids, 1)
    for person in PEOPLE:
        shown = Counter(post_id for card in town.cards(person) for post_id in ids if post_id in str(card["blocks"]))
        assert set(shown.values()) <= {1}, person


@pytest.mark.parametrize("freeze_at", ["claim:6", "row:4", "call:3"])
def test_who_stands_still_holds_up_nobody_and_does_nothing_twice(postgres_url: str, tmp_path: Path, freeze_at: str):
    """With jobs just taken; with a question's row that others want; with a call in the ledger and not sent."""
    with two_houses((postgres_url, postgres_url), tmp_path, freeze_at) as (town, (frozen, _)):
        ids = ask(town)
        town.until(lambda: is_frozen(frozen.process.pid), "the frost")
        until_all_are_answered(town, ids)
        os.kill(frozen.process.pid, signal.SIGCONT)
        until_nothing_is_left(town, postgres_url)
        nothing_was_done_twice(town, ids)


def test_who_is_cut_off_from_the_database_holds_up_nobody_and_does_nothing_twice(postgres_url: str, tmp_path: Path):
    """Nothing passes and no connection ends, as behind a router that forgets."""
    address = sa.make_url(postgres_url)
    proxy = Relay(str(address.host), int(address.port or 5432))
    through = address.set(port=proxy.port).render_as_string(hide_password=False)
    try:
        with two_houses((through, postgres_url), tmp_path) as (town, _):
            ids = ask(town)
            town.until(lambda: len(town.ours()) >= 2, "the first answers")
            proxy.cut()
            until_all_are_answered(town, ids)
            proxy.mend()
            until_nothing_is_left(town, postgres_url)
            nothing_was_done_twice(town, ids)
    finally:
        proxy.close()
