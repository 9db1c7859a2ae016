"""How the log is written: one line an event, text or JSON, to standard error."""

from __future__ import annotations

import logging
import sys

import structlog

from twelp.config import Settings


def begin(settings: Settings, *, quiet: bool = False) -> None:
    """Sends every logger of ours through structlog; of others only warnings. `quiet`: errors alone."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if settings.log == "json":
        ends: list[structlog.typing.Processor] = [
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        ends = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ends]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.ERROR if quiet else logging.WARNING)
    if not quiet:
        logging.getLogger("twelp").setLevel(settings.log_level.upper())
