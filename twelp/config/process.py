"""Settings of the process: its roster, its address, its language."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from twelp.config.fields import setting
from twelp.config.values import Host


class ProcessSettings(BaseModel):
    """What one process of twelp reads at its start."""

    experts: Path = setting("TWELP_EXPERTS", Path("experts.yaml"), "The roster.", "the path of a file")
    host: Host = setting(
        "TWELP_HOST", "127.0.0.1", "The address to listen on.", "a host name or IP address, without scheme and port"
    )
    port: int = setting(
        "PORT", 8080, "The port to listen on; 0 picks a free one.", "a whole number from 0 to 65535", ge=0, le=65535
    )
    language: str = setting(
        "TWELP_LANGUAGE",
        "en",
        "The language that people in Slack read.",
        "en, or the path of a language file (docs/translating.md)",
    )
