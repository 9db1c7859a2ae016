"""Makes this folder's shared modules importable, and starts the servers the tests talk to."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.adapters.slack.odd import OddServer
from tests.adapters.slack.town import Town, served  # noqa: E402
from tests.adapters.slack.town import world as made  # noqa: E402


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


@pytest.fixture
def town() -> Iterator[Town]:
    """A local Slack, and an adapter that is not connected yet."""
    world, app = made()
    with served(app) as url:
        yield Town(world, url)


@pytest.fixture(params=["sockets", "requests"])
def live(town: Town, request: pytest.FixtureRequest) -> Iterator[Town]:
    """The same, connected: each test runs over both transports."""
    town.slack.connect(town.desk)
    try:
        if request.param == "sockets":
            town.slack.start()
            yield town
        else:
            with served(town.slack.http_app()) as url:
                town.world.delivery.request_url = f"{url}/slack/events"
                yield town
    finally:
        town.slack.stop()
