"""Makes this folder's shared modules importable, and starts the servers the tests talk to."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.adapters.slack import town as towns
from tests.adapters.slack.odd import OddServer
from tests.adapters.slack.town import Stage, Town, served


@pytest.fixture
def odd() -> Iterator[OddServer]:
    """The server of raw answers."""
    server = OddServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def slacks_stage() -> Iterator[Stage]:
    """The port on which the local Slack of each test stands."""
    stage = Stage()
    with served(stage) as stage.url:
        yield stage


@pytest.fixture(scope="session")
def our_stage() -> Iterator[Stage]:
    """The port on which our own application stands in HTTP mode."""
    stage = Stage()
    with served(stage) as stage.url:
        yield stage


@pytest.fixture
def town(slacks_stage: Stage) -> Town:
    """A local Slack of its own, and an adapter that is not connected yet."""
    world, slacks_stage.app = towns.world()
    return Town(world, slacks_stage.url)


@pytest.fixture(params=["sockets", "requests"])
def live(town: Town, our_stage: Stage, request: pytest.FixtureRequest) -> Iterator[Town]:
    """The same, connected: each test runs over both transports."""
    town.slack.incoming.connect(town.desk)
    try:
        if request.param == "sockets":
            town.slack.incoming.start()
        else:
            our_stage.app = town.slack.incoming.http_app()
            town.world.delivery.request_url = f"{our_stage.url}/slack/events"
        yield town
    finally:
        town.slack.incoming.stop()
