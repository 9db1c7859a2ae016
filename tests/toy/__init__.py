"""A public network of another kind, and its adapter: a stranger to everything that was built with one network in mind.

500 characters, each counting one; content as HTML; ids that are no numbers; an edit keeps the id; the header
`Idempotency-Key` makes a call repeatable; the same text may stand twice; whoever is a member may be replied to.

    server    the network itself, over HTTP on loopback
    network   its adapter, on the bot's side
"""

from __future__ import annotations

from datetime import timedelta

from pydantic_settings import BaseSettings, SettingsConfigDict

from tests.toy.network import RULES, Toy
from twelp.config import Settings
from twelp.errors import ConfigError
from twelp.ports import Clock

__all__ = ["RULES", "Toy", "connect"]


class ToySettings(BaseSettings):
    """What this network alone needs to know: an adapter's settings are read in its own folder."""

    model_config = SettingsConfigDict(env_prefix="TOY_", extra="ignore", frozen=True)

    base_url: str = ""
    token: str = ""


def connect(settings: Settings, clock: Clock, handle: str) -> Toy:
    """Our account there.

    Raises:
        ConfigError: the address or the token is missing.
    """
    own = ToySettings()
    if not (own.base_url and own.token):
        raise ConfigError("TOY_BASE_URL and TOY_TOKEN are missing, and the roster names a handle on Toy.")
    return Toy(own.base_url, own.token, handle, clock, every=timedelta(seconds=5))
