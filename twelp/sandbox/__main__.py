"""`python -m twelp.sandbox`: the sandbox as a child process.

The first line of standard input is the seed as JSON; the first line of standard output is ``{"url": …}`` once requests
are answered. It ends when standard input does, so that it cannot outlive its parent.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twelp.sandbox.server import Running


def main() -> None:
    """Reads the seed, serves, says where. What is loaded is not looked through for garbage, now or at the end."""
    gc.disable()
    atexit.register(gc.freeze)
    from twelp.sandbox.server import run_forever

    options = argparse.ArgumentParser(prog="python -m twelp.sandbox", description=__doc__)
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=0)
    chosen = options.parse_args()
    line = sys.stdin.buffer.readline()

    def ready(running: Running) -> None:
        gc.freeze()
        gc.enable()
        print(json.dumps({"url": running.url}), flush=True)

    try:
        seed = json.loads(line or b"{}")
        run_forever(seed, host=chosen.host, port=chosen.port, on_ready=ready, until_stdin_ends=True)
    except (ValueError, OSError) as error:
        print(f"twelp sandbox: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
