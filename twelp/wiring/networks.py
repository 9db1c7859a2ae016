"""The networks there are, and those of a roster, connected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from twelp.adapters import x
from twelp.adapters.store import Lease
from twelp.config import Settings
from twelp.errors import ConfigError
from twelp.listener import Listener
from twelp.listener.deletions import Deletions
from twelp.model import Account, Roster
from twelp.networks import NetworkRules
from twelp.ports import Clock, Network, PrivateLane


class Adapter(Protocol):
    """What an adapter's package offers."""

    @property
    def RULES(self) -> NetworkRules:  # noqa: N802 - a constant of the package
        """What the decisions need to know of the network."""

    def connect(self, settings: Settings, clock: Clock, handle: str) -> Network:
        """The brand's account of that handle; asks nothing yet.

        Raises:
            ConfigError: credentials are missing.
        """


ADAPTERS: Final[dict[str, Adapter]] = {
    "x": x,
}
"""Each network by its name in the roster's `handles`. A second one is a line here."""


@dataclass
class Connected:
    """A network with what reads it here; each has its own pause, cursor and lease.

    `deletions`: hears what people delete there; None: the network does not tell, or is not asked to.
    """

    network: Network
    listener: Listener
    lease: Lease
    deletions: Deletions | None = None

    @property
    def display_name(self) -> str:
        """As people write it."""
        return self.network.rules.display_name


def rules(names: Iterable[str] = ADAPTERS) -> dict[str, NetworkRules]:
    """The rules of these networks, by name; of all there are by default."""
    return {name: ADAPTERS[name].RULES for name in names if name in ADAPTERS}


def connect(settings: Settings, roster: Roster, clock: Clock) -> dict[str, Network]:
    """The networks on which the roster names a handle, by name, in its order.

    Raises:
        ConfigError: there is no such network, or its credentials are missing.
    """
    found: dict[str, Network] = {}
    for name, handle in roster.brand.handles.items():
        if name not in ADAPTERS:
            raise ConfigError(
                f"{settings.experts}: brand.handles names {name}, and there is no such network here. "
                f"Expected one of {', '.join(ADAPTERS)}; remove the line or correct it."
            )
        found[name] = ADAPTERS[name].connect(settings, clock, handle)
    return found


def private_lanes(networks: Mapping[str, Network]) -> dict[str, PrivateLane]:
    """Private messages, by network, where there are some and the settings let them be read."""
    found = {name: getattr(network, "private", None) for name, network in networks.items()}
    return {name: lane for name, lane in found.items() if lane is not None}


class OurAccounts(Mapping[str, Account]):
    """Our account on each network, asked when first needed."""

    def __init__(self, networks: Mapping[str, Network]) -> None:
        self._networks = networks

    def __getitem__(self, name: str) -> Account:
        return self._networks[name].me()

    def __iter__(self) -> Any:
        return iter(self._networks)

    def __len__(self) -> int:
        return len(self._networks)
