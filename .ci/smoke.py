"""The main job, seen from outside: a recorded morning through the local X and Slack. Fails when a promise broke."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

POSTS = Path(__file__).parents[1] / "tests/data/posts.csv"


def main() -> None:
    command = ["twelp", "replay", str(POSTS), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        sys.exit(f"twelp replay ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    report = json.loads(done.stdout)
    print(json.dumps(report, ensure_ascii=False, indent=2))
    accounted = report["published"] + report["held"] + report["unanswered"]
    wrong = [name for name in ("lost", "duplicates", "open") if report[name]]
    if wrong or report["published"] < 10 or accounted != report["questions"]:
        sys.exit(f"not as promised: {wrong or 'questions without an end'}")


if __name__ == "__main__":
    main()
