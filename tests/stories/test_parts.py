"""Parts that share a database: one of several listeners reads, and another takes its place; health tells how it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from tests.stories.town import QUESTION, ROSTER, Town, read_roster
from twelp import wiring
from twelp.adapters.store import Lease
from twelp.cli import watch
from twelp.config import Settings
from twelp.sandbox.server import Running
from twelp.wiring import House, Role


@pytest.fixture
def town(sandbox: Running) -> Iterator[Town]:
    made = Town(sandbox)
    yield made
    made.leave()


def part(town: Town, url: str, **settings: Any) -> House:
    given = {"TWELP_SEMANTIC": "off", "PORT": 0, "X_POLL_SECONDS": 0.1, "TWELP_HOLD_SECONDS": 0, **settings}
    chosen = wiring.sandboxed(Settings.model_validate(given), town.url, database_url=SecretStr(url))
    house = wiring.build(chosen, read_roster(ROSTER), quick=True)
    house.lease = Lease(house.store, "listen:x", house.engine.executor, lasts=timedelta(seconds=1))
    house.listener.leads = house.lease.held
    return house


def get(house: House, path: str) -> httpx.Response:
    return httpx.get(f"{house.address}{path}", trust_env=False)


def heard(house: House, post_id: str) -> bool:
    with house.store.look() as tx:
        return tx.post(f"x:{post_id}") is not None


def test_of_two_listeners_one_reads_and_the_other_goes_on_when_it_dies(town: Town, postgres_url: str):
    first, second = part(town, postgres_url), part(town, postgres_url)
    try:
        first.start({Role.LISTEN})
        town.until(first.lease.held, "the lease")
        second.start({Role.LISTEN})
        before = town.post(QUESTION)
        town.until(lambda: heard(first, before), "the post")
        town.until(lambda: "stands by" in get(second, "/readyz").text, "one that stands by")
        first.lease._stop.set()  # dead: it renews nothing and gives nothing up
        first.listener._stop.set()
        town.until(second.lease.held, "the lease of the dead")
        after = town.post(QUESTION, "zoe")
        town.until(lambda: heard(second, after), "the next post")
        assert not first.lease.held(), "whoever thaws does not believe in its lease"
    finally:
        first.stop()
        second.stop()


def test_the_parts_together_do_what_one_process_does(town: Town, postgres_url: str):
    houses = {role: part(town, postgres_url) for role in Role}
    try:
        for role, house in houses.items():
            house.start({role})
        post_id = town.post(QUESTION)
        town.until(lambda: town.cards("ann"), "the card", 30)
        town.answer("ann", post_id=post_id)
        town.until(lambda: town.replies(post_id), "the reply", 30)
        numbers = get(houses[Role.WEB], "/metrics").text
        assert 'twelp_queue_jobs{queue="house",state="waiting"}' in numbers
        assert re.search(r'twelp_call_seconds_count\{call="reply",to="x"\} 1', get(houses[Role.WORK], "/metrics").text)
        assert all(get(house, "/readyz").json()["ready"] for house in houses.values())
    finally:
        for house in houses.values():
            house.stop()


def test_health_says_what_is_wrong_and_that_the_process_lives(town: Town, sqlite_url: str):
    house = part(town, sqlite_url)
    try:
        house.start()
        post_id = town.post(QUESTION)
        town.until(lambda: heard(house, post_id), "the post")
        town.until(lambda: get(house, "/readyz").status_code == 200, "being ready")
        town.fault(kind="status", status=401, times=None, network="x")
        town.until(lambda: "Locked" in get(house, "/readyz").json()["checks"]["listener"]["said"], "the trouble")
        ready = get(house, "/readyz")
        assert ready.status_code == 503
        assert ready.json()["checks"]["accounts"]["said"].startswith("x mentions: ")
        assert get(house, "/healthz").status_code == 200
        seen = watch.look(
            house.settings.model_copy(update={"port": int(house.address.rpartition(":")[2])}), house.store
        )
        assert (seen["ready"], seen["checks"]["listener"]["ok"], seen["questions"]) == (False, False, {"asked": 1})
        told = get(house, "/metrics").text
        assert 'twelp_ready{part="listener"} 0.0' in told
        for word in ("sandbox-access-token", "mia", "x:"):
            assert word not in told, "labels name no person, post or secret"
    finally:
        house.stop()
