"""A twelp that is loaded once: each process that a test starts is forked from it, a second and a half sooner."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

VERBS = """
import twelp.__main__, twelp.cli.app, twelp.wiring
import twelp.cli.explain, twelp.cli.replay, twelp.cli.roster, twelp.cli.trail
import twelp.cli.run, twelp.cli.sandbox, typer.rich_utils, rich.markdown
"""
"""What the verbs load."""

BOT = """
import twelp.__main__, twelp.cli.run, twelp.adapters.store.patient
from twelp.flow import gate
from twelp.flow.triage import people
gate.load()
list(people.find("why does my tv show no picture?", "en"))
"""
"""What a bot loads, and what it compiles beside its start."""

AS_TWELP = "import runpy; runpy.run_module('twelp', run_name='__main__', alter_sys=True)"

_PROGRAM = """
import gc, json, os, sys
gc.disable()
exec(sys.argv[1])
gc.freeze()  # or each would copy what it looks through
for line in sys.stdin:
    asked = json.loads(line)
    child = asked.get("ended") or os.fork()
    if child == 0:
        for number, name in enumerate((os.devnull, asked["out"], asked["err"])):
            os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_APPEND), number)
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = ["twelp", *asked["words"]]
        sys.path.insert(0, "")
        break
    if "ended" in asked or asked["waits"]:
        ended, status = os.waitpid(child, os.WNOHANG if "ended" in asked else 0)
        print(os.waitstatus_to_exitcode(status) if ended else "", flush=True)
    else:
        print(child, flush=True)
else:
    sys.exit()
exec(asked["script"])
"""


class Started:
    """The loaded program.

    Args:
        environment: what it is loaded in.
        loads: the script that loads it.
    """

    def __init__(self, environment: Mapping[str, str], loads: str = VERBS) -> None:
        pipe = subprocess.PIPE
        self._program = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, loads], stdin=pipe, stdout=pipe, env=dict(environment), text=True
        )

    def __call__(
        self, folder: Path, words: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Runs `twelp WORDS` in a folder: its exit status, and what it wrote."""
        with TemporaryDirectory() as kept:
            out, err = Path(kept, "out"), Path(kept, "err")
            asked = {"folder": str(folder), "words": list(words), "environment": dict(environment), "script": AS_TWELP}
            status = int(self.ask({**asked, "out": str(out), "err": str(err), "waits": True}))
            return subprocess.CompletedProcess(list(words), status, out.read_text(), err.read_text())

    def begin(
        self, folder: Path, script: str, words: Sequence[str], environment: Mapping[str, str], said: Path
    ) -> Fork:
        """Begins `script` in a folder, as a process with these words as its arguments, that writes into `said`."""
        asked = {"folder": str(folder), "words": list(words), "environment": dict(environment), "script": script}
        return Fork(int(self.ask({**asked, "out": str(said), "err": str(said), "waits": False})), self)

    def ask(self, asked: Mapping[str, object]) -> str:
        """Writes a line to the program, and reads its answer."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps(asked) + "\n")
        self._program.stdin.flush()
        return self._program.stdout.readline().strip()

    def close(self) -> None:
        """Ends it."""
        self._program.communicate()


class Fork:
    """A process that was forked, as `subprocess.Popen` shows one."""

    def __init__(self, pid: int, started: Started) -> None:
        self.pid = pid
        self._started = started
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit status; None while it runs."""
        if self.returncode is None and (status := self._started.ask({"ended": self.pid})):
            self.returncode = int(status)
        return self.returncode

    def wait(self, seconds: float) -> int:
        """Its exit status, once it has ended.

        Raises:
            subprocess.TimeoutExpired: it runs longer than that.
        """
        deadline = time.monotonic() + seconds
        while (status := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("twelp", seconds)
            time.sleep(0.02)
        return status

    def send_signal(self, number: int) -> None:
        """Sends it, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)


def environment(**more: str) -> dict[str, str]:
    """This process's, without settings of twelp's, and more."""
    settings = ("X_", "SLACK_", "TWELP_", "DATABASE_URL", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(settings)}
    root = str(Path(__file__).parents[1])
    return kept | {"PYTHONPATH": root, "COLUMNS": "200", "PYTHONWARNINGS": "default", **more}
