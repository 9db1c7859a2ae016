"""What `benchmarks.fuzz` throws at twelp, and how it is judged: one module a kind.

A kind is an object with `name`, `make(dice)` (the input, the same for the same dice) and `faults(given)`, which gives it to
the product and yields what went wrong as `(column, what)`. An exception that escapes is a crash.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, Final, Protocol

COLUMNS: Final = ("crashes", "pings", "leaks", "unnamed", "forged")
"""What must be 0. Crashes: an exception of nobody's, a 5xx. Pings: somebody would be notified. Leaks: a planted secret in
a log, an error or an answer. Unnamed: an error without place, cause or remedy. Forged: something was done, fetched or
written that nobody with the right to it asked for."""

Fault = tuple[str, str]


class Kind(Protocol):
    """One sort of hostile input."""

    name: str

    def make(self, dice: Random) -> Any:
        """The input that these dice stand for."""

    def faults(self, given: Any) -> Iterator[Fault]:
        """What went wrong when the product was given it."""
