"""The sandbox as one object: both networks, their clock, the record of requests and the script of faults.

Made from a seed; a reset leads back to it, clock and faults included. Serving it is `server`'s job.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twelp.sandbox.slack import SlackWorld
from twelp.sandbox.wire import Clock, Faults, Network, Record
from twelp.sandbox.x import XWorld


class Sandbox:
    """Local X and Slack.

    Args:
        seed: ``x`` (see `XWorld`) and ``slack`` (see `SlackWorld`), both optional.

    Raises:
        ValueError: for a seed that cannot be used, naming the field.
    """

    def __init__(self, seed: Mapping[str, Any] | None = None) -> None:
        given = dict(seed or {})
        if unknown := sorted(set(given) - {"x", "slack"}):
            raise ValueError(f"seed.{unknown[0]} is not known; known: slack, x")
        self.clock = Clock()
        self.record = Record(self.clock)
        self.faults = Faults(self.clock)
        self.x = XWorld(self.clock, given.get("x"))
        self.slack = SlackWorld(self.clock, given.get("slack"))

    @property
    def networks(self) -> dict[str, Network]:
        """The networks by the name they have in the record and in paths of the control plane."""
        return {"x": self.x, "slack": self.slack}

    def reset(self) -> None:
        """Back to the seed: state, clock, faults and record. Whether limits are lifted stays."""
        self.clock.reset()
        self.faults.clear()
        self.record.clear()
        for network in self.networks.values():
            network.reset()

    def lift_limits(self, lifted: bool) -> None:
        """Stop or resume enforcing the rate limits of both networks."""
        for network in self.networks.values():
            network.lift_limits(lifted)
