"""How a running twelp ends, as whoever sends the signal sees it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BEGIN = """
import sys, time
from twelp.cli import stopping
stopping.PATIENCE_S = 0.1
end = stopping.Stopping(lambda: print("put away", flush=True))
"""


def program(then: str) -> subprocess.Popen[str]:
    code = BEGIN + then
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment)


def ended(child: subprocess.Popen[str], *signals: int) -> tuple[int, str]:
    assert child.stdout is not None
    said = child.stdout.readline()
    for number in signals:
        child.send_signal(number)
    with child.stdout:
        said += child.stdout.read()
    return child.wait(60), said


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, -signal.SIGINT)])
def test_a_signal_during_the_start_ends_it_at_once_and_puts_away_what_lies_about(number: int, status: int):
    child = program("print('starting', flush=True); time.sleep(60)")
    assert ended(child, number) == (status, "starting\nput away\n")


def test_a_stop_that_hangs_is_cut_off():
    child = program("end.started(); print('on', flush=True); end.wait(60); end.patience(); time.sleep(60)")
    assert ended(child, signal.SIGTERM)[0] == 1


def test_a_stop_in_time_is_a_good_one():
    child = program("end.started(); print('on', flush=True); sys.exit(0 if end.wait(60) else 3)")
    assert ended(child, signal.SIGTERM)[0] == 0
