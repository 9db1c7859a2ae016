"""The way to the database that benchmarks cut and slow down: a server that was down for a moment is reached again."""

from __future__ import annotations

import socket
from contextlib import closing

from benchmarks.relay import Relay


def test_a_server_that_was_down_is_reached_again():
    with closing(socket.create_server(("127.0.0.1", 0))) as gone:
        port = gone.getsockname()[1]
    with closing(Relay("127.0.0.1", port)) as relay:
        with socket.create_connection(("127.0.0.1", relay.port), timeout=10) as early:
            assert early.recv(1) == b"", "told at once that nobody is there"
        with (
            closing(socket.create_server(("127.0.0.1", port))) as server,
            socket.create_connection(("127.0.0.1", relay.port), timeout=10) as late,
        ):
            late.sendall(b"?")
            met, _ = server.accept()
            with met:
                assert met.recv(1) == b"?"
