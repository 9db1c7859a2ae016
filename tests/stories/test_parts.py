"""Parts that share a database: one of several listeners reads, and another takes its place; health tells how it is."""

from __future__ import annotations

import os
import re
import signal
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import psycopg
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from tests.conftest import DrivenClock
from tests.stories.town import QUESTION, ROSTER, Town, read_roster
from twelp import wiring
from twelp.adapters.store import Lease
from twelp.adapters.x import RULES
from twelp.cli import watch
from twelp.config import Settings
from twelp.errors import RemoteError, TryAgain, WaitUntil
from twelp.listener import Listener
from twelp.ports import Limit
from twelp.sandbox.server import Running
from twelp.wiring import Bot, Role, bounded
from twelp.wiring.health import _listener, limits, whole
from twelp.wiring.networks import Connected
from twelp.wiring.processes import Check, Part, Use

DOCS = Path(__file__).parents[2] / "docs"
OPERATIONS = (DOCS / "operations.md").read_text(encoding="utf-8")
ALERTS = (DOCS / "alerts.yaml").read_text(encoding="utf-8")


@pytest.fixture
def town(sandbox: Running) -> Iterator[Town]:
    made = Town(sandbox)
    yield made
    made.leave()


def wrong_names(told: str) -> Iterator[str]:
    """What Prometheus' own linter would say of these numbers, and what the operator's page does not explain.

    Source: prometheus.io/docs/practices/naming.
    """
    families = list(text_string_to_metric_families(told))
    for family in families:
        units = {"milliseconds", "minutes", "hours", "kilobytes", "megabytes", "ms", "percent"} & set(
            family.name.split("_")
        )
        if not re.fullmatch(r"[a-z][a-z0-9_]*", family.name) or units or not family.documentation.strip():
            yield f"{family.name}: name, unit or help"
        if family.name.endswith(("_total", "_count", "_sum", "_bucket", "_info")) and family.type != "gauge":
            yield f"{family.name}: an ending that is another's"
        if family.type == "counter" and not all(sample.name.endswith("_total") for sample in family.samples):
            yield f"{family.name}: a counter that does not end in _total"
        if family.name.startswith("twelp_") and family.name not in OPERATIONS:
            yield f"{family.name}: not in docs/operations.md"
    seen = [(sample.name, tuple(sorted(sample.labels.items()))) for family in families for sample in family.samples]
    yield from (f"{name} twice" for name, count in Counter(seen).items() if count > 1)


def part(town: Town, url: str, **settings: Any) -> Bot:
    given = {"TWELP_SEMANTIC": "off", "PORT": 0, "X_POLL_SECONDS": 0.1, "TWELP_HOLD_SECONDS": 0, **settings}
    chosen = wiring.sandboxed(Settings.model_validate(given), town.url, database_url=SecretStr(url))
    house = wiring.build(chosen, read_roster(ROSTER), quick=True)
    house.networks["x"].lease = Lease(house.store, "listen:x", house.engine.executor, lasts=timedelta(seconds=1))
    house.networks["x"].listener.leads = house.networks["x"].lease.held
    return house


def get(house: Bot, path: str) -> httpx.Response:
    return httpx.get(f"{house.address}{path}", trust_env=False)


def heard(house: Bot, post_id: str) -> bool:
    with house.store.read() as tx:
        return tx.post(f"x:{post_id}") is not None


@pytest.mark.only_on("postgres", reason="SQLite serves one process")
def test_of_two_listeners_one_reads_and_the_other_goes_on_when_it_dies(town: Town, postgres_url: str):
    first, second = part(town, postgres_url), part(town, postgres_url)
    try:
        first.start({Role.LISTEN})
        town.until(first.networks["x"].lease.held, "the lease")
        second.start({Role.LISTEN})
        before = town.post(QUESTION)
        town.until(lambda: heard(first, before), "the post")
        town.until(lambda: "stands by" in get(second, "/readyz").text, "one that stands by")
        first.networks["x"].lease._stop.set()  # dead: it renews nothing and gives nothing up
        first.networks["x"].listener._stop.set()
        town.until(second.networks["x"].lease.held, "the lease of the dead")
        after = town.post(QUESTION, "zoe")
        town.until(lambda: heard(second, after), "the next post")
        assert not first.networks["x"].lease.held(), "whoever thaws does not believe in its lease"
    finally:
        first.stop()
        second.stop()


@pytest.mark.only_on("postgres", reason="SQLite serves one process")
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
        town.until(lambda: all(get(house, "/readyz").json()["ready"] for house in houses.values()), "word of all")
        houses[Role.WORK]._presence.tell()  # type: ignore[union-attr]
        told = get(houses[Role.WEB], "/readyz").json()["checks"]
        assert set(told) == {"database", "engine", "listener", "slack", "accounts", "limits"}, "it tells of the others"
        assert re.search(r"about \$0\.0[1-9] of X", told["limits"]["said"]), "what the worker's reply cost"
        seen = watch.Seen(houses[Role.WEB].settings, houses[Role.WEB].store).look()
        assert seen["parts"] == {"listen": 1, "slack": 1, "web": 1, "work": 1}
        houses[Role.LISTEN].stop()
        checks = get(houses[Role.WEB], "/readyz").json()["checks"]
        assert checks["listener"] == {"ok": False, "said": "no `twelp listen` is alive"}
    finally:
        for house in houses.values():
            house.stop()


def test_of_what_others_told_who_is_unwell_counts():
    ready = Check("database", True, "can be read")
    reads, waits = Check("listener", True, "read 1 s ago"), Check("listener", True, "stands by: another process reads")
    locked, cut = Check("listener", False, "X refuses the account: no money"), Check("slack", False, "no way")
    here, free = Check("slack", True, "connected"), Check("accounts", True, "nothing is refused to them")
    refused = Check("accounts", False, "x reply: no money")
    listens = [Part(str(n), frozenset({Role.LISTEN}), (ready, c)) for n, c in enumerate((waits, reads, locked))]
    slacks = [
        Part(f"s{n}", frozenset({Role.SLACK}), (c, account))
        for n, (c, account) in enumerate([(cut, free), (here, refused)])
    ]
    needed = (Role.LISTEN, Role.SLACK)
    assert whole([ready], listens[:2] + slacks[1:], needed) == [ready, reads, here, refused]
    assert whole([ready], listens + slacks, needed) == [ready, locked, here, refused]
    gone = Check("slack", False, "no `twelp slack` is alive")
    assert whole([ready], listens[:1], needed) == [ready, waits, gone]


def test_of_several_networks_each_has_its_own_word() -> None:
    ready = Check("database", True, "can be read")
    well, waits = (
        Check("listener x", True, "read 1 s ago"),
        Check("listener x", True, "stands by: another process reads"),
    )
    ill, other = Check("listener toy", False, "Toy cannot be read"), Check("listener toy", True, "stands by: another …")
    left = Check("reading toy", True, "left at noon")
    told = [Part("a", frozenset({Role.LISTEN}), (well, ill, left)), Part("b", frozenset({Role.LISTEN}), (waits, other))]
    assert whole([ready], told, (Role.LISTEN,)) == [ready, well, ill, left]
    assert whole([ready], [], (Role.LISTEN,)) == [ready, Check("listener", False, "no `twelp listen` is alive")]


def test_what_x_costs_is_the_sum_of_all_processes_and_what_is_left_what_the_last_one_heard(clock: DrivenClock):
    soon, past = clock.now() + timedelta(minutes=5), clock.now() - timedelta(minutes=5)
    uses = [
        Use({"X": 0.25}, (Limit("GET /mentions", 300, 290, soon), Limit("POST /tweets", 100, 0, past))),
        Use({"X": 1.5}, (Limit("GET /mentions", 300, 40, soon),)),
        Use(),
    ]
    said = "GET /mentions 40 of 300 left; about $1.75 of X since the start"
    assert limits(uses, clock.now()) == Check("limits", True, said)


class Listens(Listener):
    """One that is answered by nothing but this."""

    error: RemoteError

    def look(self, *, own: bool = True) -> int:
        raise self.error


def test_a_pause_that_x_asks_for_says_until_when_and_nobody_says_ready_meanwhile(clock: DrivenClock):
    clock.at = datetime(2026, 3, 1, 14, 0, 0, tzinfo=UTC)
    world: Any = SimpleNamespace(name="x", held=lambda: True, rules=RULES)
    timeline: Any = SimpleNamespace(is_due=lambda: False)
    listener = Listens(world, clock, world, world, timeline, every=timedelta(seconds=15))
    one = Connected(world, listener, world)
    house: Any = SimpleNamespace(networks={"x": one}, clock=clock)
    listener.error = WaitUntil("X told us to wait when asked to show mentions", clock.now() + timedelta(minutes=14))
    listener._once()
    clock.advance(seconds=200)
    assert _listener(house, one) == Check("listener", False, "X asked us to wait until 14:14:00 UTC; read 200 s ago")
    clock.advance(seconds=100)
    listener.error = TryAgain("no way there")
    listener._once()
    assert _listener(house, one).said == "X cannot be read: no way there; read 300 s ago"
    reset_at = clock.now() + timedelta(minutes=15)
    day = Limit("POST /tweets", 100, 0, clock.now() + timedelta(hours=9))
    assert limits([Use({}, (Limit("GET /mentions", 300, 0, reset_at),))], clock.now()).ok
    assert not limits([Use({}, (day,))], clock.now()).ok


@pytest.mark.only_on("postgres", reason="a file is never away")
def test_status_goes_on_while_the_database_is_away(postgres_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://twelp@127.0.0.1:9/none")
    monkeypatch.setenv("PORT", "9")  # where nobody answers
    seen = watch.Seen(Settings.read(None))
    found = seen.look()
    assert (found["ready"], found["queues"]) == (None, None)
    assert "127.0.0.1" in found["checks"]["database"]["said"]
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    seen = watch.Seen(Settings.read(None))
    assert seen.look()["questions"] == {}
    seen.close()


@contextmanager
def standing_still(url: str) -> Iterator[None]:
    """Whoever serves the connections to that database is stopped; its kernel goes on acknowledging."""
    look = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        serving = [pid for (pid,) in connection.execute(look)]
    try:
        for pid in serving:
            os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in serving:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.only_on("postgres", reason="a file does not hang")
def test_a_database_that_hangs_is_told_at_once_and_nobody_queues_up_behind_it(
    town: Town, postgres_url: str, monkeypatch: pytest.MonkeyPatch
):
    house = part(town, postgres_url)
    try:
        house.start({Role.WEB})
        assert "twelp_database_bytes" in get(house, "/metrics").text
        monkeypatch.setattr(bounded, "PATIENCE_S", 0.2)
        with standing_still(postgres_url):
            ready = [get(house, "/readyz") for _ in range(3)]
            assert {answer.status_code for answer in ready} == {503}
            assert "has not answered for" in ready[-1].json()["checks"]["database"]["said"]
            numbers = get(house, "/metrics").text
            assert 'twelp_ready{part="database"} 0.0' in numbers
            assert "twelp_database_bytes" not in numbers
            looks = [thread for thread in threading.enumerate() if thread.name == "glance"]
            assert len(looks) == 1, "one look is under way for all of them"
        monkeypatch.undo()
        town.until(lambda: "twelp_database_bytes" in get(house, "/metrics").text, "its return")
    finally:
        house.stop()


def test_status_tells_of_a_server_that_takes_the_connection_and_never_says_a_word(monkeypatch: pytest.MonkeyPatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("DATABASE_URL", f"postgresql://twelp@127.0.0.1:{silent.getsockname()[1]}/none")
        monkeypatch.setenv("PORT", "9")
        monkeypatch.setattr(bounded, "PATIENCE_S", 0.2)
        assert "has not answered for" in watch.Seen(Settings.read(None)).look()["checks"]["database"]["said"]


def test_alarms_count_what_every_teller_tells_once_however_many_tell_it():
    tables = [line.split("|") for line in OPERATIONS.splitlines() if line.startswith("| `twelp_")]
    of_all = [name for row in tables if " all: " in row[2] for name in re.findall(r"`(twelp_\w+)", row[1])]
    assert len(of_all) == 10
    for rule in (rule for group in yaml.safe_load(ALERTS)["groups"] for rule in group["rules"]):
        if any(name in rule["expr"] for name in of_all):
            assert "sum" not in rule["expr"], rule["alert"]


def test_each_alarm_is_one_that_prometheus_can_load_and_the_page_explains():
    rules = [rule for group in yaml.safe_load(ALERTS)["groups"] for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules) > 10
    for rule in rules:
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["expr"].count("(") == rule["expr"].count(")")
        assert rule["annotations"]["runbook_url"] == f"docs/operations.md#{rule['alert'].lower()}"
    explained = re.findall(r"^#### (Twelp\w+)\n(?=\w)", OPERATIONS, re.MULTILINE)
    assert explained == [rule["alert"] for rule in rules]


def test_health_says_what_is_wrong_and_that_the_process_lives(town: Town, database_url: str):
    house = part(town, database_url)
    try:
        house.start()
        post_id = town.post(QUESTION)
        town.until(lambda: heard(house, post_id), "the post")
        first = get(house, "/metrics").text
        for never in ('twelp_posts_total{kind="crisis"}', 'twelp_calls_total{call="reply",outcome="locked",to="x"}'):
            assert f"{never} 0.0" in first, "the first time would be no increase"
        assert 'twelp_posts_total{kind="question"} 1.0' in first, "what happened before anybody asked counts"
        town.until(lambda: get(house, "/readyz").status_code == 200, "being ready")
        town.fault(kind="status", status=401, times=None, network="x")
        town.until(lambda: "X refuses" in get(house, "/readyz").json()["checks"]["listener"]["said"], "the trouble")
        ready = get(house, "/readyz")
        assert ready.status_code == 503
        assert ready.json()["checks"]["accounts"]["said"].startswith("x mentions: ")
        assert get(house, "/healthz").status_code == 200
        port = int(house.address.rpartition(":")[2])
        seen = watch.Seen(house.settings.model_copy(update={"port": port}), house.store).look()
        assert (seen["ready"], seen["checks"]["listener"]["ok"], seen["questions"]) == (False, False, {"asked": 1})
        told = get(house, "/metrics").text
        assert 'twelp_ready{part="listener"} 0.0' in told
        assert list(wrong_names(told)) == []
        of_sqlite = set() if house.store.sqlite else {"twelp_database_log_bytes"}
        for metric in {*re.findall(r"twelp_[a-z_]+", ALERTS)} - of_sqlite:
            assert f"# TYPE {re.sub('_bucket$', '', metric)} " in told, f"docs/alerts.yaml asks for {metric}"
        for name in ready.json()["checks"]:
            assert f"`{name}`" in OPERATIONS, f"docs/operations.md says what to do about {name}"
        for word in ("sandbox-access-token", "mia", "x:"):
            assert word not in told, "labels name no person, post or secret"
    finally:
        house.stop()
