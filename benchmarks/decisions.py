"""What triage and the gate cost: processor time a post and an answer, beside another commit's in the same run.

    python -m benchmarks.decisions                   # this checkout
    python -m benchmarks.decisions --than HEAD~20    # and that commit, turn by turn; --json for machines

Each turn is a process of its own, on one thread, so that other work on the machine does not count. `loading` is what a
start compiles before the first post and answer. The texts are the tests' own, in English, and always the same.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.arguments import at_least

ROOT: Final = Path(__file__).resolve().parents[1]
MOST_MS: Final = 2.0
"""What both may take together."""

_TIMES: Final = 3


def each_ms(texts: Sequence[Any], do: Callable[[Any], object]) -> float:
    """Milliseconds of processor time for one of them, the best of a few rounds."""
    found = []
    for _ in range(_TIMES):
        began = time.process_time()
        for text in texts:
            do(text)
        found.append(1000 * (time.process_time() - began) / len(texts))
    return min(found)


def measured() -> dict[str, float]:
    """The figures of the code that this process has loaded."""
    from benchmarks import voice, voice_gate
    from twelp.flow import gate, triage
    from twelp.roster import load

    began = time.process_time()
    for part in (triage, gate):
        if hasattr(part, "load"):
            part.load()
    loading = time.process_time() - began
    posts = [line.text for line in voice.corpus() if line.language == "en"]
    rows = [row for row in voice_gate.rows() if row["language"] == "en"]
    setting = gate.setting_of(load(Path("experts.yaml")))  # the checkout's own: its folder is where this runs
    judging = each_ms(posts, voice.judged)
    checking = each_ms(rows, lambda row: voice_gate.stops(row, setting))
    return {"loading_ms": 1000 * loading, "triage_ms": judging, "gate_ms": checking, "both_ms": judging + checking}


def turn(root: Path) -> dict[str, float]:
    """The figures of a checkout, measured by its own copy of the texts' readers and this file."""
    program = f"import runpy; runpy.run_path({str(__file__)!r}, run_name='measured')"
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def checked_out(commit: str, folder: Path) -> Path:
    """That commit's files in a folder."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "x", "-C", str(folder)], input=packed, check=True)
    return folder


def main() -> None:
    """Prints a line for each checkout, and the ratio of the two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--than", metavar="COMMIT")
    parser.add_argument("--turns", type=at_least(1), default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="twelp-decisions-") as name:
        roots = {"here": ROOT} | ({given.than: checked_out(given.than, Path(name))} if given.than else {})
        turns: dict[str, list[dict[str, float]]] = {name: [] for name in roots}
        for _ in range(given.turns):
            for name, root in roots.items():
                turns[name].append(turn(root))
    found = {
        name: {key: round(statistics.median(one[key] for one in of), 3) for key in of[0]} for name, of in turns.items()
    }
    if given.json:
        print(json.dumps(found, indent=2))
        return
    for name, row in found.items():
        print(f"{name:14}", "  ".join(f"{key} {value}" for key, value in row.items()))
    print(f"triage and gate together: {found['here']['both_ms']} ms, wanted at most {MOST_MS:.0f}")
    if given.than:
        print(f"to {given.than}: {found['here']['both_ms'] / found[given.than]['both_ms']:.2f}")


if __name__ == "__main__":
    main()
elif __name__ == "measured":
    print(json.dumps(measured()))
