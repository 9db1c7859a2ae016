"""Whatever the suite produces is looked through for the credentials that its tests use: none may be in it.

Looked through are, after each test: what it and its programs wrote to standard output and error, what the loggers of
all libraries said (tracebacks among it), and every file it left behind: databases with their logs and copies, what
child processes said, sandboxes' notes; and the tables of its database on the Postgres server (of those that several
tests used at the end of the run). A find fails the test.

Files named `.env` may hold secrets: it is where they belong. A test that shows one on purpose says so with the marker
`shows_secrets` and the reason.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PLANTED = re.compile(
    rb"xox[abp]-\w"  # every token of Slack's: a real one's shape, and those of the tests
    rb"|xapp-\w"
    rb"|sandbox-(?:consumer|access|signing|bearer)-"
    rb"|town-secret|hush-"
    rb"|oauth_(?:signature|token|consumer_key)=|Bearer \w"
)
_TABLES_FROM = 16_384
"""Postgres numbers files from here on that hold what people made, not its own catalogue."""

_written: list[str] = []


def note(*texts: str | None) -> None:
    """Something that a test's program wrote and the test itself read."""
    _written.extend(text for text in texts if text)


def finds(item: pytest.Item, report: pytest.TestReport) -> list[str]:
    """What is wrong with what this test produced, in words that do not repeat it."""
    texts = [("what its programs wrote", text) for text in _written]
    texts += [(f"its {name.lower()}", text) for name, text in report.sections]
    _written.clear()
    found = [_said(where, text.encode(errors="replace")) for where, text in texts]
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    if folder is not None:
        found += [_said(f"its file {file.relative_to(folder)}", _read(file)) for file in _files(folder)]
    return [find for find in found if find]


def in_postgres(data: Path) -> list[str]:
    """Tables of a Postgres server that has stopped, in which there is a secret."""
    return [find for folder in os.scandir(data / "base") if folder.is_dir() for find in in_database(Path(folder.path))]


def in_database(folder: Path) -> list[str]:
    """Tables of one database, all of it in its files, in which there is a secret."""
    files = [Path(entry.path) for entry in os.scandir(folder) if _number(entry.name) >= _TABLES_FROM]
    return [find for file in files if (find := _said(f"Postgres' {file.relative_to(folder.parent)}", _read(file)))]


def _said(where: str, content: bytes) -> str:
    match = PLANTED.search(content)
    return f"{where} holds a secret ({match[0][:5].decode(errors='replace')}…)" if match else ""


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.name != ".env" and file.is_file() and not file.is_symlink())


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # gone meanwhile, or a test took its rights away
        return b""


def _number(name: str) -> int:
    number = re.match(r"\d+", name)
    return int(number[0]) if number else 0


# ---------------------------------------------------------------- hooks, by way of conftest.py


def listen(patch: pytest.MonkeyPatch) -> None:
    """From now on, what tests read of what was printed is noted, too."""
    read = pytest.CaptureFixture.readouterr

    def readouterr(self: Any) -> Any:
        found = read(self)
        if isinstance(found.out, str):
            note(found.out, found.err)
        return found

    patch.setattr(pytest.CaptureFixture, "readouterr", readouterr)


def judge(item: pytest.Item, report: pytest.TestReport) -> None:
    """At a test's end: makes it fail when there is a find."""
    if report.when != "teardown" or item.get_closest_marker("shows_secrets"):
        if report.when == "teardown":
            _written.clear()
        return
    if (found := finds(item, report)) and report.passed:
        report.outcome = "failed"
        report.longrepr = "\n".join([f"{item.nodeid}: what it produced must hold no secret", *found])
