"""Notes that a running twelp leaves in its folder, by which the other verbs find it: where it listens, and its pid."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from pathlib import Path

ADDRESS_NOTE = Path(".twelp/running.json")
"""Where a running twelp says at which address it tells how it is: with `PORT=0` nobody else knows."""

log = logging.getLogger("twelp")


def write(note: Path, url: str) -> None:
    """Says in this folder at which address this process listens; a folder that cannot be written to is no trouble."""
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps({"url": url, "pid": os.getpid()}), encoding="utf-8")
    except OSError as error:
        log.info("%s cannot be written (%s): other verbs will not find this process by it", note, error.strerror)


def read(note: Path) -> str | None:
    """The address that a process which still runs has left; None where there is none."""
    try:
        left = json.loads(note.read_text(encoding="utf-8"))
        os.kill(int(left["pid"]), 0)
        return str(left["url"])
    except PermissionError:
        return str(left["url"])  # somebody else's process, and alive
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove(note: Path) -> None:
    """Takes our note away; another process's stays."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        if json.loads(note.read_text(encoding="utf-8"))["pid"] == os.getpid():
            note.unlink()
