"""A way to the database that can be slow, or cut without a word: nothing passes then, and no connection ends."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit, urlunsplit

_PIECE: Final = 65_536


class Relay:
    """Forwards to one address until it is closed.

    Args:
        host: where to.
        port: its port.

    Attributes:
        port: where it listens, on 127.0.0.1.
        late_s: how long each piece takes on its way, one after the other.
    """

    late_s: float = 0.0

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._open = threading.Event()
        self._open.set()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def address(self, database: str) -> str:
        """The database's address by this way."""
        address = urlsplit(database)
        account = f"{address.username}@" if address.username else ""
        return urlunsplit(address._replace(netloc=f"{account}127.0.0.1:{self.port}"))

    def cut(self) -> None:
        """Nothing passes from now on, in either direction."""
        self._open.clear()

    def mend(self) -> None:
        """What waited passes, and what comes."""
        self._open.set()

    def close(self) -> None:
        """Ends all connections."""
        self._open.set()
        for each in (self._server, *self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):  # of our own socket: it was closed
            while True:
                near, _ = self._server.accept()
                try:
                    far = socket.create_connection(self._to)
                except OSError:  # the server is down: whoever comes is told so, and may come again
                    near.close()
                    continue
                self._sockets += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._forward, args=(one, other), daemon=True).start()

    def _forward(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(_PIECE):
                self._open.wait()
                if self.late_s:
                    time.sleep(self.late_s)
                other.sendall(piece)
        self._open.wait()
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)


def to(database: str) -> Relay:
    """A way to the server of that database."""
    address = urlsplit(database)
    return Relay(str(address.hostname), int(address.port or 5432))
