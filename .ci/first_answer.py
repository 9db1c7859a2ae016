"""`twelp` as a newcomer starts it, in an empty folder with a copy of the roster: ready within 5 s, the first public
answer within 30 s, a clean and quick stop on SIGTERM."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
CREDENTIALS = ("X_", "SLACK_", "TWELP_", "DATABASE_URL", "PORT")


def main() -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(CREDENTIALS)} | {"PYTHONUNBUFFERED": "1"}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "experts.yaml", folder)
        began = time.monotonic()
        bot = subprocess.Popen(["twelp"], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
        assert bot.stdout is not None
        ready = answered = 0.0
        try:
            for line in bot.stdout:
                print(line, end="", flush=True)
                now = time.monotonic() - began
                ready = ready or (now if line.startswith("Ready") else 0.0)
                if "published" in line:
                    answered = now
                    break
                if now > 60:
                    break
        finally:
            stopped = time.monotonic()
            bot.send_signal(signal.SIGTERM)
            bot.stdout.close()
            status = bot.wait(timeout=30)
            stopped = time.monotonic() - stopped
    print(f"ready {ready:.1f} s, first answer {answered:.1f} s, stop {stopped:.1f} s, exit status {status}")
    if status != 0 or not answered or answered > 30 or ready > 5:
        sys.exit("the first minutes are not as promised")


if __name__ == "__main__":
    main()
