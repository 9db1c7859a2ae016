"""Whether traces are sent: where OpenTelemetry's own settings ask for it, and `twelp[otel]` is there.

Off, nothing of it is imported and nothing is wrapped: this module is all that it costs. On, a bot hands three of its
seams over: what the desk notes (steps), what people press in Slack (acts), and calls to X and Slack.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from dotenv import dotenv_values

from twelp.model import Entry
from twelp.ports import Store, Tx

log = logging.getLogger("twelp.wiring")

_ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS: Final = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_SPOKEN: Final = "http/protobuf"


class Tracing(Protocol):
    """What watches a bot's seams. Nothing here raises, whatever becomes of the collector."""

    def line(self, entry: Entry) -> None:
        """A line of the journal was committed."""

    def acts(self, desk: Any, names: Collection[str]) -> Any:
        """The desk, with a span around each of these acts; their first argument is the question's id."""

    def calls(self, adapter: Any, to: str, names: Sequence[str]) -> Any:
        """The adapter, with a span around each of these calls that is about a question."""

    def stop(self) -> None:
        """Sends what is left, if the collector takes it within a moment."""


def read(env_file: Path) -> None:
    """Lays the file's OTEL_ settings under the environment, where their library looks for them."""
    for name, value in dotenv_values(env_file, encoding="utf-8-sig").items():
        if name.startswith("OTEL_") and value:
            os.environ.setdefault(name, value)


def begin(store: Store[Tx], instance: str, parts: Collection[str]) -> Tracing | None:
    """Begins to trace, if the environment asks for it; None when it does not, or when it cannot be done.

    Args:
        store: where the journal is read.
        instance: this process's name among all.
        parts: what this process does.
    """
    asked, why_not = wanted(os.environ)
    if asked and not why_not:
        try:
            from twelp.wiring.spans import Spans

            return Spans(store, instance, parts)
        except ImportError as error:
            why_not = f'their library cannot be loaded ({error}): pip install "twelp[otel]"'
    if why_not:
        log.warning("no traces are sent: %s (docs/operations.md)", why_not)
    return None


def wanted(environment: Mapping[str, str]) -> tuple[bool, str]:
    """Whether the environment asks for traces; and if it does, what of it twelp does not do, in words.

    >>> wanted({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"})
    (True, '')
    >>> wanted({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318", "OTEL_SDK_DISABLED": "true"})
    (False, '')
    """
    given = {name: value.strip() for name, value in environment.items() if name.startswith("OTEL_") and value.strip()}
    exporters = [word.strip() for word in given.get("OTEL_TRACES_EXPORTER", "").split(",") if word.strip()]
    if given.get("OTEL_SDK_DISABLED", "").lower() == "true" or exporters == ["none"]:
        return False, ""
    if not exporters and not any(name in given for name in _ENDPOINTS):
        return False, ""
    protocol = next((given[name] for name in _PROTOCOLS if name in given), _SPOKEN)
    if exporters and exporters != ["otlp"]:
        return True, f"OTEL_TRACES_EXPORTER is {','.join(exporters)}, and twelp sends by otlp alone"
    if protocol != _SPOKEN:
        return True, f"the protocol that is asked for is {protocol}, and twelp speaks {_SPOKEN} (port 4318, commonly)"
    return True, ""
