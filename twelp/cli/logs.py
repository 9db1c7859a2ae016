"""How the log is written: one line an event, text or JSON, to standard error.

Rules: every line tells which question it is about, if it is about one. What came from outside cannot forge a line or
move the cursor: control characters are written as escapes, and the lines of a traceback are indented. A secret that
some library lets slip is blotted out.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import time
from collections.abc import Iterable, MutableMapping
from typing import Any
from urllib.parse import unquote

from pydantic import SecretStr

from twelp import about
from twelp.cli.plain import plain
from twelp.config import Settings

_FIELDS = ("act", "actor", "step")
"""What a line may tell beside its words: in JSON, fields of their own."""


def begin(settings: Settings, *, quiet: bool = False, told: bool = False, watched: bool = False) -> None:
    """Writes what our loggers say; of others only warnings.

    Args:
        settings: how, how much, and what must never be in it.
        quiet: errors alone.
        told: the journal is told on standard output already.
        watched: on the same terminal, where lines of the log come between: only what somebody should act on, in short.
    """
    handler = logging.StreamHandler(sys.stderr)
    secrets = _secrets(settings)
    short = watched and settings.log == "text" and settings.log_level == "info"
    handler.setFormatter(_json(secrets) if settings.log == "json" else _Text(secrets, short=short))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.ERROR if quiet or short else logging.WARNING)
    if not quiet:
        logging.getLogger("twelp").setLevel(logging.WARNING if short else settings.log_level.upper())
        logging.getLogger("twelp.journal").setLevel(logging.WARNING if told else logging.NOTSET)


def _secrets(settings: Settings) -> list[str]:
    """What must never be read in a log, longest first: credentials, the password in the database's address, and what
    the collector of traces takes for one."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    found = {value.get_secret_value() for value in values if isinstance(value, SecretStr)}
    passwords = {match[1] for value in found if (match := re.search(r"//[^/@:]*:([^@]+)@", value))}
    headers = ",".join(value for name, value in os.environ.items() if name.startswith("OTEL_") and "HEADERS" in name)
    collectors = {pair.partition("=")[2].strip() for pair in headers.split(",")}
    given = found | passwords | collectors | {unquote(value) for value in collectors}
    return sorted((word for word in given if len(word) >= 4), key=len, reverse=True)


def _blotted(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, "…")
    return text


class _Text(logging.Formatter):
    converter = staticmethod(time.gmtime)

    def __init__(self, secrets: list[str], *, short: bool = False) -> None:
        if short:
            super().__init__("%(asctime)s %(levelname)s: %(message)s", "%H:%M:%S")
        else:
            super().__init__("%(asctime)s.%(msecs)03dZ %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
        self._secrets = secrets

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """One line, whatever is in the message."""
        subject = about.current()
        of = f" [{subject}]" if subject and subject not in record.message else ""
        record.message = plain(record.message).replace("\n", "\\n") + of
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """The line, and a traceback indented beneath it."""
        first, *rest = _blotted(super().format(record), self._secrets).split("\n")
        return "\n".join([first, *(f"    {plain(line)}" for line in rest)])


def _json(secrets: list[str]) -> logging.Formatter:
    import structlog  # 4 MB with what it brings: only where it is wanted

    def subject(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {**event, "question": about.current()} if about.current() else event

    class Blotted(structlog.stdlib.ProcessorFormatter):
        def format(self, record: logging.LogRecord) -> str:
            return plain(_blotted(super().format(record), secrets))

    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(_FIELDS),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        subject,
    ]
    return Blotted(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
