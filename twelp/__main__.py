"""`python -m twelp` and the `twelp` command."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys

from twelp import __version__

BOT = ("run", "listen", "work", "slack", "web")
"""Verbs that start the bot: they do without the command line's libraries, which the bot never needs."""


def main() -> None:
    """Runs the command line. While the bot loads there is nothing to clean up, and nothing to say.

    Nor is there garbage in what is loaded, or worth a look at the end: each look would take a third of a second.
    """
    gc.disable()
    atexit.register(gc.freeze)
    words = sys.argv[1:] or ["run"]
    if words in [[verb] for verb in BOT]:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        if words == ["run"]:  # at once: loading takes a moment
            print(f"twelp {__version__} is starting. All hours are UTC. Ctrl-C stops it.", flush=True)
        from twelp.cli.run import main as run

        run(words[0])
    else:
        from twelp.cli.app import main as verbs

        gc.freeze()
        gc.enable()
        verbs()


if __name__ == "__main__":
    main()
