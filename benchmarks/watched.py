"""twelp with its statements watched: `python -m benchmarks.watched FILE run`, for `benchmarks.statements --by`.

Each statement is written down under the part that began its transaction and the name that it has in
`twelp/adapters/store/queries/`; FILE holds the counts once the process has ended well.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from twelp.adapters.store import base, patient, queries, ready, sql
from twelp.cli import run

_WRITES = ("INSERT", "UPDATE", "DELETE")


class Watch:
    """What was counted: transactions by where they began, and each one's statements by name."""

    def __init__(self) -> None:
        self.began: Counter[str] = Counter()
        self.wrote: Counter[str] = Counter()
        self.statements: Counter[tuple[str, str]] = Counter()
        self._names: dict[str, str] = {}
        self._named: dict[int, str] = {}
        self._here = threading.local()

    def names(self) -> None:
        """Learns what each statement is called."""
        for module in pkgutil.iter_modules(queries.__path__):
            found = vars(importlib.import_module(f"{queries.__name__}.{module.name}"))
            for name, value in found.items():
                for each in value.values() if isinstance(value, dict) else (value,):
                    self._named.setdefault(id(each), f"{module.name}.{name}")

    def met(self, statement: Any, made: ready.Ready | None) -> None:
        """The driver will be given this statement as that text."""
        if made is not None:
            for text in filter(None, (made.text, made.for_many)):
                self._names[text] = self._named.get(id(statement), text[:60])

    @contextmanager
    def inside(self, how: str) -> Iterator[None]:
        """A transaction that begins here."""
        place = f"{how:11} {_place()}"
        before, self._here.place, self._here.wrote = getattr(self._here, "place", ""), place, False
        self.began[place] += 1
        try:
            yield
        finally:
            self.wrote[place] += self._here.wrote
            self._here.place = before

    def ran(self, text: str) -> None:
        """The driver was given a statement."""
        place = getattr(self._here, "place", "-")
        name = self._names.get(text) or " ".join(text.split())[:60]
        self.statements[place, name] += 1
        if any(word in text for word in _WRITES):
            if place.startswith("at once"):
                self.wrote[place] += 1
            self._here.wrote = not place.startswith("at once")

    def write(self, file: Path) -> None:
        """Puts the counts into a file."""
        found = {
            place: {
                "transactions": count,
                "wrote": self.wrote[place],
                "statements": {name: n for (where, name), n in self.statements.items() if where == place},
            }
            for place, count in (self.began + Counter({place: 0 for place, _ in self.statements})).items()
        }
        file.write_text(json.dumps(found), encoding="utf-8")


def _place() -> str:
    """The nearest function outside the store, and what called it, as far as that is the desk's or the engine's."""
    frame, found = sys._getframe(2), list[str]()
    while frame is not None and len(found) < 2:
        module, name = frame.f_globals.get("__name__", ""), frame.f_code.co_name
        if module.startswith("twelp.") and not module.startswith("twelp.adapters.store") and name != "run":
            found.append(f"{module.removeprefix('twelp.')}.{name}")
        frame = frame.f_back  # type: ignore[assignment]
    return " < ".join(found)


def watch(seen: Watch) -> None:
    """Has the store tell what it does."""
    seen.names()
    made, execute = ready.ready, patient.RowByRow.execute

    def ready_made(statement: Any, params: Any, dialect: Any) -> ready.Ready | None:
        found = made(statement, params, dialect)
        seen.met(statement, found)
        return found

    def executed(self: Any, query: Any, *args: Any, **more: Any) -> Any:
        seen.ran(str(query))
        return execute(self, query, *args, **more)

    base.ready = ready_made  # type: ignore[attr-defined]
    patient.RowByRow.execute = executed  # type: ignore[method-assign]
    for name in ("transaction", "read", "at_once"):
        setattr(sql.SqlStore, name, _told(seen, name.replace("_", " "), getattr(sql.SqlStore, name)))


def _told(seen: Watch, how: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @contextmanager
    def told(*args: Any, **more: Any) -> Iterator[Any]:
        with seen.inside(how), method(*args, **more) as tx:
            yield tx

    return told


def main() -> None:
    """Runs twelp; the first argument is the file."""
    seen = Watch()
    watch(seen)
    try:
        run.main(sys.argv[2])
    finally:
        seen.write(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
