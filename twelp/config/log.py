"""Settings of the log."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from twelp.config.fields import setting


class LogSettings(BaseModel):
    """How the log is written, and how much."""

    log: Literal["text", "json"] = setting("TWELP_LOG", "text", "How the log is written.", "text or json")
    log_level: Literal["debug", "info", "warning", "error"] = setting(
        "TWELP_LOG_LEVEL", "info", "How much is logged.", "debug, info, warning or error"
    )
