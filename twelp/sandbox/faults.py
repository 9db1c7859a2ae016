"""What is scripted to go wrong on the wire: which requests, how often, and how.

Kinds: ``status`` (any status, headers and body), ``html`` (503 with a web page), ``hang`` (no answer until the client
goes away or for ``seconds``, then the connection ends), ``lost_response`` (the network acts, the answer never arrives),
``close`` (the connection ends at once), ``slow`` (a good answer after ``seconds``), ``half`` (the network acts, and the
connection ends in the middle of the answer's body), ``drip`` (a good answer whose body trickles in over ``seconds``),
``altered`` (the network acts, and its answer has ``headers`` of its own, and the ``fields`` named there under another
name, or, where that is null, not at all), ``reordered`` (the network acts, and lists in its answer are turned round).
"""

from __future__ import annotations

import fnmatch
import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from twelp.sandbox.clock import Clock

FAULT_KINDS: Final = (
    "status",
    "hang",
    "lost_response",
    "html",
    "close",
    "slow",
    "half",
    "drip",
    "altered",
    "reordered",
)
_RELATIVE_TIME: Final = re.compile(r"now([+-]\d+)?")


@dataclass(slots=True)
class Fault:
    """One scripted fault. `times` None means until removed; `after` requests that match pass before it starts."""

    kind: str
    network: str = "*"
    method: str = "*"
    path: str = "*"
    times: int | None = 1
    after: int = 0
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    seconds: float | None = None
    fields: dict[str, str | None] = field(default_factory=dict)
    id: int = 0
    applied: int = 0

    def matches(self, network: str, method: str, path: str) -> bool:
        """Whether a request is the kind of request this fault waits for."""
        return (
            self.network in ("*", network)
            and self.method in ("*", method)
            and fnmatch.fnmatchcase(path, self.path)
            and (self.times is None or self.times > 0)
        )

    @classmethod
    def parse(cls, given: Mapping[str, Any]) -> Fault:
        """Read a fault from JSON.

        Raises:
            ValueError: naming the field, its value and what was expected.
        """
        known = set(cls.__dataclass_fields__) - {"id", "applied"}
        if unknown := sorted(set(given) - known):
            raise ValueError(f"fault field {unknown[0]!r} is not known; known: {', '.join(sorted(known))}")
        if given.get("kind") not in FAULT_KINDS:
            raise ValueError(f"fault kind {given.get('kind')!r} is not known; expected one of {', '.join(FAULT_KINDS)}")
        if given.get("network", "*") not in ("*", *"x", "slack"):
            raise ValueError(f"fault network {given['network']!r} is not known; expected x, slack or *")
        for name, low in (("times", 1), ("after", 0), ("status", 200)):
            value = given.get(name, low)
            if name == "times" and value is None:
                continue
            if not isinstance(value, int) or isinstance(value, bool) or value < low:
                raise ValueError(f"fault {name} is {value!r}; expected a whole number of at least {low}")
        if given.get("status", 200) > 599:
            raise ValueError(f"fault status is {given['status']}; expected 200 to 599")
        seconds = given.get("seconds")
        if seconds is not None and (not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0):
            raise ValueError(f"fault seconds is {seconds!r}; expected 0 or more seconds")
        for name in ("method", "path"):
            if not isinstance(given.get(name, ""), str):
                raise ValueError(f"fault {name} is {given[name]!r}; expected text")
        headers = given.get("headers", {})
        if not isinstance(headers, dict):
            raise ValueError(f"fault headers is {headers!r}; expected an object of name: value")
        names = given.get("fields", {})
        if not isinstance(names, dict) or not all(name is None or isinstance(name, str) for name in names.values()):
            raise ValueError(f"fault fields is {names!r}; expected an object of field: another name, or null")
        fields = {**given, "headers": {str(k): str(v) for k, v in headers.items()}}
        fields["method"] = str(given.get("method", "*")).upper()
        return cls(**fields)


class Faults:
    """The script, first match first. A header value ``now``, ``now+60`` or ``now-5`` becomes that epoch second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._script: list[Fault] = []
        self._last_id = 0

    def add(self, fault: Fault | Mapping[str, Any]) -> Fault:
        """Append a fault and return it with its id.

        Raises:
            ValueError: for a mapping that is no fault.
        """
        parsed = fault if isinstance(fault, Fault) else Fault.parse(fault)
        with self._lock:
            self._last_id += 1
            parsed.id = self._last_id
            self._script.append(parsed)
        return parsed

    def add_all(self, given: Iterable[Mapping[str, Any]]) -> list[Fault]:
        """Append several faults, or none of them.

        Raises:
            ValueError: for one that is no fault.
        """
        return [self.add(fault) for fault in [Fault.parse(each) for each in given]]

    def clear(self) -> None:
        """Remove every fault."""
        with self._lock:
            self._script.clear()

    def script(self) -> list[dict[str, Any]]:
        """All faults, spent ones too (``times`` 0), as JSON-ready dicts."""
        with self._lock:
            return [asdict(f) for f in self._script]

    def take(self, network: str, method: str, path: str) -> Fault | None:
        """The fault to apply to this request, counted as applied; None when all is well."""
        with self._lock:
            for fault in self._script:
                if not fault.matches(network, method, path):
                    continue
                if fault.after > 0:
                    fault.after -= 1
                    continue
                if fault.times is not None:
                    fault.times -= 1
                fault.applied += 1
                return fault
        return None

    def headers(self, fault: Fault) -> list[tuple[bytes, bytes]]:
        """A fault's headers, with relative times filled in from the sandbox's clock."""

        def value(text: str) -> str:
            relative = _RELATIVE_TIME.fullmatch(text)
            return str(int(self._clock.time()) + int(relative[1] or 0)) if relative else text

        return [(k.lower().encode("latin-1"), value(v).encode("latin-1")) for k, v in fault.headers.items()]
