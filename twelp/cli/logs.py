"""How the log is written: one line an event, text or JSON, to standard error."""

from __future__ import annotations

import logging
import sys
import time

from twelp.config import Settings


def begin(settings: Settings, *, quiet: bool = False) -> None:
    """Writes what our loggers say; of others only warnings. `quiet`: errors alone."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json() if settings.log == "json" else _text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.ERROR if quiet else logging.WARNING)
    if not quiet:
        logging.getLogger("twelp").setLevel(settings.log_level.upper())


def _text() -> logging.Formatter:
    made = logging.Formatter("%(asctime)s.%(msecs)03dZ %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
    made.converter = time.gmtime
    return made


def _json() -> logging.Formatter:
    import structlog  # 4 MB with what it brings: only where it is wanted

    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
