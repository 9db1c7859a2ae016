"""What the terminal is told of pauses: when a network wants not to be asked, until when, and when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from twelp.wiring import Bot

_WORTH_TELLING: Final = timedelta(seconds=10)
"""Shorter pauses are of an ordinary day: nobody would have read of them before they are over."""


class Pauses:
    """The pauses of a bot, each told once when it begins and once when it is over.

    Args:
        bot: whose.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._told: dict[str, datetime] = {}
        self._slow: set[str] = set()

    def news(self) -> list[str]:
        """Lines about what changed since the last call."""
        now = self._bot.clock.now()
        pauses = self._bot.meters.paused(now)
        found = [self._begins(call, at) for call, at in pauses.items() if self._is_new(call, at, now)]
        for call in [call for call in self._told if call not in pauses]:
            if self._not_read_yet(call):
                continue
            del self._told[call]
            found.append(f"{self._whose(call)}: {_what(call)} again.")
        return [*found, *self._paces()]

    def _not_read_yet(self, call: str) -> bool:
        """Whether the hour is over, and it has not been read since."""
        side, _, name = call.partition(" ")
        read = self._bot.networks.get(side)
        return name == "mentions" and read is not None and read.listener.trouble is not None

    def _is_new(self, call: str, at: datetime, now: datetime) -> bool:
        if at - now < _WORTH_TELLING or self._told.get(call) == at:
            return False
        self._told[call] = at
        return True

    def _begins(self, call: str, at: datetime) -> str:
        reads = "nothing is read until then" if call.endswith(" mentions") else f"no {_what(call)} until then"
        return f"{self._whose(call)} asked us to wait until {at:%H:%M:%S} UTC: {reads}; nothing is lost."

    def _paces(self) -> list[str]:
        """Reading that is much slower than it was set to be, as the network's limit is nearly used up."""
        found = []
        for name, one in self._bot.networks.items():
            listener = one.listener
            pause_s = 0.0 if listener.trouble is not None else listener.pause_s
            slow = pause_s > max(_WORTH_TELLING.total_seconds(), 2 * listener.every_s)
            if slow == (name in self._slow):
                continue
            self._slow ^= {name}
            who = one.display_name
            found.append(
                f"{who}: read only every {pause_s:.0f} s for now, so that what is left of {who}'s limit lasts."
                if slow
                else f"{who}: read as often as before again."
            )
        return found

    def _whose(self, call: str) -> str:
        side = call.partition(" ")[0]
        network = self._bot.networks.get(side)
        return network.display_name if network is not None else side.capitalize()


def _what(call: str) -> str:
    name = call.partition(" ")[2]
    return "reading" if name == "mentions" else f"`{name}`"
