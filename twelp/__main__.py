"""`python -m twelp` and the `twelp` command."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Runs the command line; the bot itself starts without the command line's libraries, which it never needs."""
    if sys.argv[1:] in ([], ["run"]):
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # while it loads there is nothing to clean up, and nothing to say
        from twelp.cli.run import main as run
    else:
        from twelp.cli.app import main as run
    run()


if __name__ == "__main__":
    main()
