"""A way to the database that can be cut without a word: what is sent goes nowhere, and no connection ends."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Final

_PIECE: Final = 65_536


class Proxy:
    """Forwards to one address until it is closed.

    Args:
        host: where to.
        port: its port.

    Attributes:
        port: where it listens, on 127.0.0.1.
    """

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._open = threading.Event()
        self._open.set()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

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
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                far = socket.create_connection(self._to)
                self._sockets += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._forward, args=(one, other), daemon=True).start()

    def _forward(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(_PIECE):
                self._open.wait()
                other.sendall(piece)
        self._open.wait()
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
