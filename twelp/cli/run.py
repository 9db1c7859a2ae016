"""`twelp run`: the whole bot, on the real networks or on a local X and Slack with a little town."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from twelp.cli import logs
from twelp.cli.account import Account
from twelp.cli.status import status_of
from twelp.config import Settings
from twelp.roster import load
from twelp.wiring import SANDBOX_DATABASE, House, SandboxProcess, build, forget, sandboxed, seed

SANDBOX_NOTE = Path(".twelp/sandbox.json")
"""Where a running sandbox in this folder says its address, for `twelp sandbox post` and `show`."""

_GO_LIVE = "To go live, copy .env.example to .env and fill in the credentials of X and Slack (README, “Going live”)."


def main() -> None:
    """The bot as a program: errors made on purpose become one clear message and an exit status."""
    sys.exit(status_of(run))


def run() -> None:
    """Runs until Ctrl-C or SIGTERM."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)
    settings = Settings.read()
    logs.begin(settings)
    log = logging.getLogger("twelp")
    for note in settings.notes:
        log.warning(note)
    roster = load(settings.experts)
    if settings.live:
        house = build(settings, roster)
        _work(house, stop, [f"Watching @{roster.brand.handles['x']} on {settings.x_base_url}."])
        return
    sandbox = SandboxProcess(seed(roster, town={"pace": "human", "customers": True}))
    try:
        if settings.database_url is None:
            forget(SANDBOX_DATABASE)
        house = build(sandboxed(settings, sandbox.url), roster)
        note_sandbox(sandbox.url)
        _work(
            house,
            stop,
            [
                f"No credentials: a local X and Slack with a little town, at {sandbox.url} (127.0.0.1 only).",
                'From another terminal: twelp sandbox post "@… your question" --as you; twelp sandbox show',
                _GO_LIVE,
            ],
        )
    finally:
        sandbox.stop()
        forget_sandbox()


def note_sandbox(url: str) -> None:
    """Leaves the sandbox's address where the other verbs look for it."""
    SANDBOX_NOTE.parent.mkdir(parents=True, exist_ok=True)
    SANDBOX_NOTE.write_text(json.dumps({"url": url, "pid": os.getpid()}), encoding="utf-8")


def forget_sandbox() -> None:
    """Takes our note away; another process's stays."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        if json.loads(SANDBOX_NOTE.read_text(encoding="utf-8"))["pid"] == os.getpid():
            SANDBOX_NOTE.unlink()


def _work(house: House, stop: threading.Event, greeting: list[str]) -> None:
    account = Account(house.store, house.roster)
    try:
        house.start()
        for line in greeting:
            account.say(line, "bold")
        if house.address:
            account.say(f"Slack's requests are taken at {house.address}/slack/events.", "bold")
        account.say(f"Ready: {len(house.roster.experts)} experts, {len(house.roster.topics)} topics. Ctrl-C stops.")
        while not stop.wait(0.25):
            try:
                account.tell()
            except Exception as error:  # the database is away: the house waits for it, and so do we
                logging.getLogger("twelp").warning("the journal cannot be read (%s)", type(error).__name__)
                stop.wait(5)
        account.say("Stopping…")
    finally:
        house.stop()
