"""`twelp sandbox as NAME`: a person of the local Slack, played from a terminal: cards, windows, Home tab, commands."""

from __future__ import annotations

import sys
from collections.abc import Callable

from twelp.cli.play.game import Game
from twelp.cli.play.keys import Keyboard, Piped
from twelp.cli.play.person import Person

__all__ = ["play"]


def play(base: str, name: str, introduced: Callable[[Person], list[str]]) -> None:
    """Play until Ctrl-C, `quit` or the end of the input.

    Args:
        base: the sandbox's address.
        name: who; see `Person`.
        introduced: what is said first, about this person.
    """
    person = Person(base, name)
    try:
        greeting = introduced(person)
        if sys.stdin.isatty() and sys.stdout.isatty():
            with Keyboard() as keys:
                Game(person, keys, greeting).run()
        else:
            Game(person, Piped(sys.stdin), greeting).run()
    except KeyboardInterrupt:
        pass
    finally:
        person.leave()
