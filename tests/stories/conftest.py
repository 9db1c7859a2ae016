"""The whole house by a driven clock, on the local X and Slack over the wire, with people who act as a test says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from tests import matchers, postgres
from tests.conftest import DrivenClock
from tests.stories.town import ROSTER, Town, read_roster
from twelp import wiring
from twelp.adapters.slack import incoming, transport
from twelp.adapters.store.sql import SqlTx
from twelp.config import Settings
from twelp.flow import gate
from twelp.model import Answer, AnswerState, Question, Stage
from twelp.sandbox.server import Running, serve


class Counted(ThreadPoolExecutor):
    """A pool that knows how much it has to do."""

    under_way: set[Future[Any]] = set()  # noqa: RUF012 - of all pools together

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(*args, **kwargs)
        self.under_way.add(future)
        future.add_done_callback(self.under_way.discard)
        return future


def key_of(post_id: str) -> str:
    """The key of a post; an id alone is one of X's."""
    return post_id if ":" in post_id else f"x:{post_id}"


class Scene(Town):
    """One house, its clock, and its two networks."""

    def __init__(self, running: Running, clock: DrivenClock, database_url: str) -> None:
        super().__init__(running)
        self.clock = clock
        self.roster = ROSTER
        self.paced = False  # the local Slack's limits are lifted
        base = Settings.model_validate(
            {"TWELP_HOLD_SECONDS": 60, "TWELP_SEMANTIC": "off", "PORT": 0, "TWELP_GROUPING": False}
            | {"TWELP_PACE": "fast", "TWELP_WAVE_MINUTES": 5}
        )
        self.settings = wiring.sandboxed(base, running.url, database_url=SecretStr(database_url))
        self.house: wiring.Bot | None = None

    # ------------------------------------------------------------ the house

    def open(self, **settings: Any) -> wiring.Bot:
        """Starts a house (again)."""
        self.settings = self.settings.model_copy(update=settings)
        self.house = wiring.build(self.settings, read_roster(self.roster), clock=self.clock, quick=True)
        self.house.workspace.pace.kept = self.paced
        for one in self.house.networks.values():  # on Postgres as well: this house is the only one
            one.lease.held = one.listener.leads = lambda: True
        self.house.start(driven=True)
        if self.house.address:
            self.control("POST", "slack/request_url", {"url": f"{self.house.address}/slack/events"})
        return self.house

    def close(self) -> None:
        if self.house is not None:
            self.house.stop()
            self.house = None

    @property
    def running_house(self) -> wiring.Bot:
        assert self.house is not None, "the house is closed"
        return self.house

    def settle(self) -> None:
        """Waits until nobody in the house is at work and no job is ready.

        Twice, as what goes over the wire is nobody's for a moment; the rows, which are slow to read, are asked last.
        """
        engine, quiet = self.running_house.engine, 0
        deadline = time.monotonic() + 30
        while quiet < 2:
            assert time.monotonic() < deadline, "the house does not come to rest"
            if Counted.under_way or engine.at_work() or (quiet and engine.busy()):
                quiet = -1
            quiet += 1
            time.sleep(0.005)

    def pass_time(self, **by: float) -> None:
        """Moves the clocks, runs what comes due, each at its hour, and lets the house come to rest."""
        self.settle()
        engine, end = self.running_house.engine, self.clock.at + timedelta(**by)
        while (due := engine.next_due()) is not None and due <= end:
            self._move_to(max(self.clock.at, due))
            engine.run_due()
            self.settle()
        self._move_to(end)

    def skip(self, **by: float) -> None:
        """Moves the clocks, and nothing that comes due is looked at meanwhile."""
        self._move_to(self.clock.at + timedelta(**by))

    def _move_to(self, at: datetime) -> None:
        self.control("POST", "clock", {"advance_s": (at - self.clock.at).total_seconds()})
        self.clock.at = at

    def listen(self) -> None:
        for one in self.running_house.networks.values():
            one.listener.look()
        self.settle()

    # ------------------------------------------------------------ what the house knows

    def look(self, see: Callable[[SqlTx], Any]) -> Any:
        with self.running_house.store.read() as tx:
            return see(tx)

    def question(self, post_id: str) -> Question:
        found = self.look(lambda tx: tx.question(key_of(post_id)))
        assert isinstance(found, Question), "that post opened no question"
        return found

    def stage(self, post_id: str) -> Stage:
        return self.question(post_id).stage

    def asked(self, post_id: str) -> list[str]:
        """Who was asked about it, in order, by first name in small letters."""
        asks = self.look(lambda tx: tx.asks(key_of(post_id)))
        return [ask.expert.partition("@")[0] for ask in asks]

    def answers(self, post_id: str) -> dict[str, Answer]:
        """Answers by their author's first name in small letters."""
        return {a.expert.partition("@")[0]: a for a in self.look(lambda tx: tx.answers(key_of(post_id)))}

    def state(self, post_id: str, person: str) -> AnswerState:
        return self.answers(post_id)[person].state

    def trail(self, post_id: str) -> list[str]:
        """The journal's lines on it, each in one string."""
        entries = self.look(lambda tx: tx.trail(key_of(post_id)))
        lines = [(entry.actor, *entry.told()) for entry in entries]
        return [f"{actor}: {step}: {'; '.join(why)}" for actor, step, why in lines]

    def post(self, text: str, who: str = "mia", **more: Any) -> str:
        """A customer posts; heard at once."""
        post_id = super().post(text, who, **more)
        self.listen()
        return post_id


# ---------------------------------------------------------------- fixtures


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with serve(wiring.seed(read_roster(ROSTER))) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def matchers_are_lent() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        matchers.lend(patch)
        yield


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    count_work(monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def loaded_gate() -> None:
    """What a running bot loads beside its start: a test's first window would wait for it longer than Slack does."""
    gate.load()


def count_work(patch: pytest.MonkeyPatch) -> None:
    for module in (transport, incoming):
        patch.setattr(module, "ThreadPoolExecutor", Counted)


@pytest.fixture(scope="session")
def used_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that a house has made and left: to copy one is quicker than to make one."""
    path = tmp_path_factory.mktemp("made") / "made.db"
    _use(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def used_postgres(postgres_server: str) -> Iterator[str]:
    with postgres.database(postgres_server) as url:
        _use(url)
        yield url


def _use(url: str) -> None:
    with serve(wiring.seed(read_roster(ROSTER))) as running, ExitStack() as stack:
        made = Scene(running, DrivenClock(), url)
        stack.callback(made.leave)
        stack.callback(made.close)
        house = made.open()
        with house.store.transaction() as tx:  # each copy has its own first start
            tx.connection.exec_driver_sql("DELETE FROM twelp_cursor")


@pytest.fixture
def sqlite_url(used_sqlite: Path, tmp_path: Path) -> str:
    path = tmp_path / "story.db"
    path.write_bytes(used_sqlite.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(used_postgres: str) -> Iterator[str]:
    server, _, made = used_postgres.rpartition("/")
    with postgres.database(server, made) as url:
        yield url


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each story runs on both databases, unless it says on which only, and why."""
    if "database_url" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only_on")
        metafunc.parametrize("database_url", [only.args[0]] if only else ["sqlite", "postgres"], indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a story with `others_on_sqlite` the first of its values alone runs on Postgres, too."""
    left_out, firsts = set[str](), dict[str, str]()
    for item in (item for item in items if item.get_closest_marker("others_on_sqlite")):
        story, _, called = item.nodeid.partition("[")
        database, _, value = called.partition("-")
        if firsts.setdefault(story, value) != value and database == "postgres":
            left_out.add(item.nodeid)
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
        items[:] = [item for item in items if item.nodeid not in left_out]


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


HTTP = {"slack_app_token": None, "slack_signing_secret": SecretStr("sandbox-signing-secret")}
"""Settings with which Slack calls us, instead of us holding sockets to Slack."""


def _scene(
    request: pytest.FixtureRequest, sandbox: Running, clock: DrivenClock, url: str, *, opened: bool, http: bool
) -> Iterator[Scene]:
    only = request.node.get_closest_marker("only_over")
    with ExitStack() as stack:
        made = Scene(sandbox, clock, url)
        made.paced = request.node.get_closest_marker("paced") is not None
        made.settings = made.settings.model_copy(update=HTTP if (only.args[0] == "http" if only else http) else {})
        stack.callback(made.leave)
        stack.callback(made.close)
        if opened:
            made.open()
        yield made


@pytest.fixture
def scene(request: pytest.FixtureRequest, sandbox: Running, clock: DrivenClock, database_url: str) -> Iterator[Scene]:
    """A running house on each kind of database and transport of Slack: SQLite with sockets, Postgres with HTTP."""
    yield from _scene(request, sandbox, clock, database_url, opened=True, http=database_url.startswith("postgres"))


@pytest.fixture
def closed_house(
    request: pytest.FixtureRequest, sandbox: Running, clock: DrivenClock, database_url: str
) -> Iterator[Scene]:
    """A house on each kind of database and transport of Slack, as `scene`, that the test opens itself."""
    yield from _scene(request, sandbox, clock, database_url, opened=False, http=database_url.startswith("postgres"))


@pytest.fixture
def either_scene(
    request: pytest.FixtureRequest, sandbox: Running, clock: DrivenClock, database_url: str
) -> Iterator[Scene]:
    """As `closed_house`, the other way round: SQLite with HTTP, Postgres with sockets."""
    yield from _scene(request, sandbox, clock, database_url, opened=False, http=database_url.startswith("sqlite"))


@pytest.fixture
def quick_scene(scene: Scene) -> Scene:
    """Another name for `scene`, from when some stories ran on SQLite alone."""
    return scene


@pytest.fixture
def closed_scene(closed_house: Scene) -> Scene:
    """Another name for `closed_house`."""
    return closed_house
