"""Makes this folder's shared modules importable, and starts the servers the tests talk to."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.adapters.slack.odd import OddServer


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
