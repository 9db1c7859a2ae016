"""The roster's file is looked at every second, and what was changed in it is taken up while the bot runs.

A version that does not check leaves the one before in force, and is told: in the log, in the journal, on moderators'
own tabs. So does one that changes what is only read at a start. A file that somebody is just writing is read once it
has rested for a moment.
"""

from __future__ import annotations

import hashlib
import logging
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from twelp.errors import TwelpError
from twelp.model import Roster, RosterFile
from twelp.networks import NetworkRules
from twelp.roster import Severity, check_bytes
from twelp.roster.changes import compare

log = logging.getLogger("twelp.roster")

EVERY_S: Final = 1.0
_COMPARED_S: Final = 10.0
_APART_S: Final = 60.0
"""After so long, processes that have taken up different versions are told of."""

_GIT_S: Final = 2.0
"""So long git may take to say who changed the file."""

Marks = tuple[int, ...]
"""Of a file as it stands: when it was written, how long it is, which one it is; none where there is no file."""

_NEVER: Final[Marks] = (-1,)


class Takes(Protocol):
    """Who takes a version up."""

    @property
    def roster(self) -> Roster:
        """Topics and experts, as they are in force."""

    def take_up(self, roster: Roster, digest: str, who: str, text: str) -> RosterFile:
        """The roster is this one from now on."""

    def refuse_roster(self, digest: str, why: str) -> None:
        """What stands in the file cannot be used."""

    def roster_file(self) -> RosterFile | None:
        """The version in force, as all processes know it."""


class RosterWatch:
    """A thread that looks at the file, from `start` until `stop`.

    Args:
        path: the file.
        bot: takes versions up.
        fit: makes of what the file says what this bot can play; as it is by default.
        networks: the rules of all networks there are.

    Attributes:
        in_use: the digest of the version that this process uses.
        apart: that another process uses another version, in a sentence; empty: none does.
    """

    in_use = ""
    apart = ""

    def __init__(
        self,
        path: Path,
        bot: Takes,
        fit: Callable[[Roster], Roster] = lambda roster: roster,
        networks: tuple[NetworkRules, ...] = (),
    ) -> None:
        self._path = path
        self._bot = bot
        self._fit = fit
        self._networks = networks
        self._marks = _NEVER
        self._resting = _NEVER
        self._digest = ""
        self._compared_at = self._one_since = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="roster", daemon=True)

    def start(self) -> None:
        """Says which version is in force, and begins to look."""
        self.look()
        self._thread.start()

    def stop(self) -> None:
        """Looks no more."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def look(self) -> bool:
        """Whether another version than before was found, and taken up or refused."""
        marks = self._standing()
        if marks == self._marks:
            return False
        raw = self._read()
        digest = hashlib.sha256(raw).hexdigest()[:12] if raw is not None else "missing"
        if digest == self._digest:
            self._marks = marks
            return False
        roster, why = self._checked(raw)
        if roster is None and self._digest and marks != self._resting:
            self._resting = marks  # perhaps it is being written: it is told at the next look
            return False
        self._tell(roster, digest, why, (raw or b"").decode("utf-8", "replace"))
        self._marks, self._digest = marks, digest
        return True

    def compare(self) -> None:
        """Looks whether another process has taken up another version, for longer than a change takes."""
        now, shared = time.monotonic(), self._bot.roster_file()
        self._compared_at = now
        if shared is None or shared.digest == self.in_use:
            self._one_since, self.apart = now, ""
        elif now - self._one_since >= _APART_S and not self.apart:
            self.apart = (
                f"another process uses version {shared.number} ({shared.digest}), this one {self.in_use}: "
                f"give all processes the same {self._path}"
            )
            log.warning("%s", self.apart)

    def _checked(self, raw: bytes | None) -> tuple[Roster | None, str]:
        """What the file says, or why it cannot be used."""
        if raw is None:
            return None, f"{self._path}: there is no such file, or it cannot be read; put it back"
        found, mistakes = check_bytes(raw, str(self._path), networks=self._networks)
        errors = [str(mistake) for mistake in mistakes if mistake.severity is Severity.ERROR]
        if found is None or errors:
            more = f" (and {len(errors) - 1} more: twelp roster check)" if len(errors) > 1 else ""
            return None, errors[0] + more
        roster = self._fit(found)
        before = self._bot.roster.brand.handles
        if roster.brand.handles != before:
            return None, f"{self._path}: brand.handles differs, and is only read at a start; start twelp anew"
        return roster, ""

    def _tell(self, roster: Roster | None, digest: str, why: str, text: str) -> None:
        if roster is None:
            self._bot.refuse_roster(digest, why)
            log.warning("the roster stays as it was, as %s", why)
            return
        changes, first = compare(self._bot.roster, roster), not self._digest
        now = self._bot.take_up(roster, digest, self._who(), text)
        self.in_use = digest
        by = f" by {now.who}" if now.who else ""
        if first or not changes:
            log.info("%s: version %d (%s)%s is in force", self._path, now.number, digest, by)
        else:
            log.info("%s: version %d (%s)%s taken up: %s", self._path, now.number, digest, by, changes.told())
        if "watch" in changes.brand:
            log.info("brand.watch: the words are searched from the next start on where none were before")

    def _loop(self) -> None:
        well = True
        while not self._stop.wait(EVERY_S):
            try:
                self.look()
                if time.monotonic() - self._compared_at >= _COMPARED_S:
                    self.compare()
                well = True
            except TwelpError as error:
                if well:
                    log.warning("%s is taken up later (%s)", self._path, error)
                well = False
            except Exception:
                if well:
                    log.exception("%s could not be taken up", self._path)
                well = False

    def _standing(self) -> Marks:
        try:
            found = self._path.stat()  # of what a link leads to: that is how files in containers are exchanged
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _read(self) -> bytes | None:
        try:
            return self._path.read_bytes()
        except OSError:
            return None

    def _who(self) -> str:
        """Who committed the file as it stands; empty where git does not know it, or it was changed since."""
        folder, name = self._path.resolve().parent, self._path.name
        try:
            changed = _git(folder, "status", "--porcelain", "--", name)
            return "" if changed is None or changed else (_git(folder, "log", "-1", "--format=%an", "--", name) or "")
        except (OSError, subprocess.SubprocessError):
            return ""


def _git(folder: Path, *words: str) -> str | None:
    """What git says; None where it fails."""
    done = subprocess.run(  # noqa: S603 - words of our own
        ["git", "-C", str(folder), *words],  # noqa: S607 - the operator's
        capture_output=True,
        text=True,
        timeout=_GIT_S,
        check=False,
    )
    return done.stdout.strip()[:80] if done.returncode == 0 else None
