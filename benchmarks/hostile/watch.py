"""What the house writes to its log while it is tormented, in the form in which operators get it."""

from __future__ import annotations

import io
import logging
import re
import threading
from collections.abc import Iterator
from typing import Any

from benchmarks.hostile import Fault
from benchmarks.hostile.texts import FORGED_LINE, PRIVATE, SECRETS
from twelp.cli import logs
from twelp.config import Settings

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def secrets_in(text: str) -> Iterator[Fault]:
    """Planted secrets that stand in `text`, by name."""
    for name, secret in SECRETS.items():
        if secret in text:
            yield "leaks", f"{name} in {text[:200]!r}"


class Watch:
    """Reads the log that `twelp.cli.logs` writes, and hears of threads that die."""

    def __init__(self, form: str = "text") -> None:
        root = logging.getLogger()
        self._before = (root.handlers[:], root.level, threading.excepthook, logging.getLogger("twelp").level)
        logs.begin(Settings.model_validate({"TWELP_LOG": form, "TWELP_LOG_LEVEL": "debug"}))
        self._said = io.StringIO()
        handler = root.handlers[0]
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(self._said)
        self._died: list[str] = []
        threading.excepthook = self._thread_died

    def close(self) -> None:
        """Gives the log back."""
        handlers, level, threading.excepthook, ours = self._before
        root = logging.getLogger()
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.getLogger("twelp").setLevel(ours)

    def faults(self) -> Iterator[Fault]:
        """What is wrong with everything said since the last time."""
        said = self._said.getvalue()
        self._said.seek(0)
        self._said.truncate()
        died, self._died = self._died, []
        yield from (("crashes", f"a thread died: {why}") for why in died)
        yield from secrets_in(said)
        if PRIVATE in said:
            yield "leaks", "a customer's private word in the log"
        for line in said.split("\n"):
            if line.startswith(FORGED_LINE) or _CONTROL.search(line):
                yield "forged", f"a log line: {line[:200]!r}"

    def _thread_died(self, why: Any) -> None:
        self._died.append(f"{why.exc_type.__name__}: {str(why.exc_value)[:200]}")
