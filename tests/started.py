"""A twelp that is loaded once: each call of a verb is a process of its own, forked from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

_PROGRAM = """
import gc, json, os, runpy, sys
gc.disable()
import twelp.__main__, twelp.cli.app, twelp.wiring
import twelp.cli.explain, twelp.cli.replay, twelp.cli.roster, twelp.cli.trail
import twelp.cli.run, twelp.cli.sandbox, typer.rich_utils, rich.markdown
gc.freeze()  # or each would copy what it looks through
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if child == 0:
        for number, name in enumerate((os.devnull, asked["out"], asked["err"])):
            os.dup2(os.open(name, os.O_RDWR | os.O_CREAT), number)
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = ["twelp", *asked["words"]]
        break
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
else:
    sys.exit()
sys.path.insert(0, "")
runpy.run_module("twelp", run_name="__main__", alter_sys=True)
"""


class Started:
    """The loaded program.

    Args:
        environment: what it is loaded in.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        pipe = subprocess.PIPE
        self._program = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM], stdin=pipe, stdout=pipe, env=dict(environment), text=True
        )

    def __call__(
        self, folder: Path, words: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Runs `twelp WORDS` in a folder: its exit status, and what it wrote."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        with TemporaryDirectory() as kept:
            out, err = Path(kept, "out"), Path(kept, "err")
            asked = {"folder": str(folder), "words": list(words), "environment": dict(environment)}
            self._program.stdin.write(json.dumps({**asked, "out": str(out), "err": str(err)}) + "\n")
            self._program.stdin.flush()
            status = int(self._program.stdout.readline())
            return subprocess.CompletedProcess(list(words), status, out.read_text(), err.read_text())

    def close(self) -> None:
        """Ends it."""
        self._program.communicate()


def environment(**more: str) -> dict[str, str]:
    """This process's, without settings of twelp's, and more."""
    settings = ("X_", "SLACK_", "TWELP_", "DATABASE_URL", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(settings)}
    root = str(Path(__file__).parents[1])
    return kept | {"PYTHONPATH": root, "COLUMNS": "200", "PYTHONWARNINGS": "default", **more}
