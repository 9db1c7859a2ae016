"""What all tests share: databases of both kinds, and a clock driven by hand."""

from __future__ import annotations

import gc
import inspect
import logging
import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import starlette.routing
from slack_bolt.listener import custom_listener

from tests import leaks, postgres

if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment] # httpcore looks for it at each turn, all along the path

starlette.routing.compile_path = cache(starlette.routing.compile_path)  # two hundred of them in each sandbox


def _names_of_arguments(listener: Callable[..., Any]) -> list[str]:
    """What Bolt asks of each listener of each house, without making a signature of it first."""
    code = inspect.unwrap(listener).__code__
    return list(code.co_varnames[: code.co_argcount])


custom_listener.get_arg_names_of_callable = _names_of_arguments

SERVER_FOLDER = pytest.StashKey[Path]()
_RUN = pytest.StashKey[postgres.Run]()
_WELL = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--cases FOLDER`, for tests/test_cases.py."""
    parser.addoption("--cases", metavar="FOLDER", help="play the cases (*.yaml) of this folder, not the project's own")


def pytest_configure(config: pytest.Config) -> None:
    """Whoever began the run keeps a Postgres server for all of its workers; its programs are compiled once."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # twelp is started dozens of times
    sys.dont_write_bytecode = False  # or each worker compiles all tests anew
    gc.disable()  # until they are collected: it finds nothing there, and takes a third of that time
    logging.getLogger().setLevel(logging.INFO)  # what is logged is looked through for secrets (tests/leaks.py)
    handed = getattr(config, "workerinput", None)
    if handed is None:
        config.stash[_RUN] = postgres.Run()
        if memory := postgres.memory():  # SQLite waits for the disk at each commit
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))
    config.stash[SERVER_FOLDER] = Path(handed["server_folder"]) if handed else config.stash[_RUN].folder


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tells a worker of xdist's where the server is."""
    node.workerinput["server_folder"] = str(node.config.stash[SERVER_FOLDER])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Ends the server after its workers; a secret in what was written into it fails the run."""
    yield
    run = session.config.stash.get(_RUN, None)
    found = run.end(leaks.in_postgres) if run else []
    if found:
        print("\nwhat the tests wrote into Postgres must hold no secret: " + "; ".join(found))
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long, mostly waiting for processes, begins first: at the end of a run it would leave cores idle."""
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


def pytest_collection_finish() -> None:
    """What was loaded so far stays: to look through all of it for garbage, again and again, takes a tenth of a run."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # as a bot's once it is ready


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Whatever the test before did to it: all that is logged is looked through."""
    if logging.getLogger().level != logging.INFO:
        logging.getLogger().setLevel(logging.INFO)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Whatever a test produced is looked through for secrets; the files of one that passed go then, to free memory."""
    report = yield
    leaks.judge(item, report)
    item.stash[_WELL] = item.stash.get(_WELL, True) and not report.failed
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    if report.when == "teardown" and folder is not None and item.stash[_WELL]:
        shutil.rmtree(folder, ignore_errors=True)
    return report


@pytest.fixture(scope="session", autouse=True)
def what_is_read_is_noted() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        leaks.listen(patch)
        yield


class DrivenClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime | None = None) -> None:
        self.at = at or datetime.now(UTC)

    def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> DrivenClock:
    return DrivenClock()


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> str:
    """The run's Postgres server on a free port; skips, saying why, where the programs are missing."""
    try:
        return postgres.address(request.config.stash[SERVER_FOLDER])
    except postgres.MissingError as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'twelp.db'}"
        return
    with postgres.database(request.getfixturevalue("postgres_server")) as url:
        yield url
