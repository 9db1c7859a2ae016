"""Settings of alarms."""

from __future__ import annotations

from pydantic import BaseModel

from twelp.config.fields import setting
from twelp.config.values import SecretUrl


class AlarmSettings(BaseModel):
    """Where else a crisis is told."""

    phone_bridge: SecretUrl | None = setting(
        "TWELP_PHONE_BRIDGE",
        None,
        "Where a service listens that rings people up when a crisis waits (docs/crises.md); none by default.",
        "an http or https address",
    )
