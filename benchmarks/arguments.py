"""What benchmarks take from the command line, refused before anything runs: an hour's work must not end in a typo."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks import postgres

_MISSING: Final = (
    "PostgreSQL's server programs (initdb, postgres) are not installed: install them (Debian: "
    "`apt install postgresql`), or measure without it: "
)


def at_least(least: int) -> Callable[[str], int]:
    """A type for argparse: a whole number, `least` or more."""

    def whole(text: str) -> int:
        if not text.lstrip("-").isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text}: expected a whole number, {least} or more")
        return int(text)

    return whole


def positive(text: str) -> float:
    """A type for argparse: a number above 0."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"{text}: expected a number above 0")
    return number


def writable(text: str) -> Path:
    """A type for argparse: a file that can be written to; what it holds stays."""
    path = Path(text)
    try:
        path.open("a").close()
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{text} cannot be written: {error.strerror}; name another file") from error
    return path


def checkout(text: str) -> Path:
    """A type for argparse: a folder that holds the project."""
    path = Path(text).resolve()
    if not (path / "twelp" / "__init__.py").is_file():
        raise argparse.ArgumentTypeError(f"{text} holds no twelp; name a checkout (git worktree add FOLDER COMMIT)")
    return path


def empty_folder(text: str) -> Path:
    """A type for argparse: a folder with nothing in it, which is made where there is none."""
    path = Path(text)
    try:
        path.mkdir(parents=True, exist_ok=True)
        full = any(path.iterdir())
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{text} cannot be used: {error.strerror}; name another folder") from error
    if full:
        raise argparse.ArgumentTypeError(f"{text} is not empty; name another folder")
    return path


def need_postgres(parser: argparse.ArgumentParser, instead: str) -> None:
    """Ends with one line where PostgreSQL is not installed; `instead` is how to do without."""
    if postgres.programs() is None:
        parser.error(_MISSING + instead)
