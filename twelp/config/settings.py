"""All settings: put together from their parts, read, and judged together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import PrivateAttr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from twelp.config.alarms import AlarmSettings
from twelp.config.database import DatabaseSettings
from twelp.config.fields import Setting, row
from twelp.config.log import LogSettings
from twelp.config.matching import MatchingSettings
from twelp.config.names import names_in, unknown
from twelp.config.pace import PaceSettings
from twelp.config.process import ProcessSettings
from twelp.config.slack import SlackSettings
from twelp.config.values import shown
from twelp.config.x import XSettings
from twelp.errors import ConfigError

_PARTS: Final = (
    XSettings,
    SlackSettings,
    DatabaseSettings,
    ProcessSettings,
    PaceSettings,
    AlarmSettings,
    MatchingSettings,
    LogSettings,
)
"""In the order of the documentation."""


class Settings(
    XSettings,
    SlackSettings,
    DatabaseSettings,
    ProcessSettings,
    PaceSettings,
    AlarmSettings,
    MatchingSettings,
    LogSettings,
    BaseSettings,
):
    """Everything that can be set. Made by `Settings.read`; frozen."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    _notes: tuple[str, ...] = PrivateAttr(())

    @model_validator(mode="before")
    @classmethod
    def _tidy(cls, given: Any) -> Any:
        """White space around a value is nobody's intention; a value of nothing else is not set."""
        if not isinstance(given, dict):
            return given
        tidy = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
        for name in ("TWELP_LOG", "TWELP_LOG_LEVEL"):
            if isinstance(tidy.get(name), str):
                tidy[name] = tidy[name].lower()
        return {name: value for name, value in tidy.items() if value != ""}

    @classmethod
    def read(cls, env_file: Path | None = Path(".env")) -> Settings:
        """The settings of this process. A missing `env_file` is as good as an empty one; None reads none.

        Raises:
            ConfigError: a value is wrong, the file cannot be read, or credentials are incomplete; its text names every
                variable concerned, what is expected and what to do, one a line, and no secret.
        """
        names = names_in(env_file) if env_file is not None else ()
        try:
            settings = cls(_env_file=env_file, _env_file_encoding="utf-8-sig")  # type: ignore[call-arg]
        except ValidationError as wrong:
            raise ConfigError("\n".join(_complaints(wrong, env_file, names))) from None
        if missing := settings.missing():
            raise ConfigError("\n".join(missing))
        settings._notes = (*settings._remarks(), *unknown(names, env_file, [known.name for known in cls.table()]))
        return settings

    @classmethod
    def table(cls) -> tuple[Setting, ...]:
        """Every setting, in the order of the documentation."""
        return tuple(row(field) for part in _PARTS for field in part.model_fields.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """What the operator should know and need not act on: which Slack mode was chosen, names nobody reads."""
        return self._notes

    @property
    def live(self) -> bool:
        """True when Slack is the real one, and with it the networks of the roster; False: the sandbox."""
        return self.has_slack

    def missing(self) -> tuple[str, ...]:
        """What keeps a started set of credentials from being whole; empty when it is whole, or when there is none."""
        if not (self.x_begun() or self.slack_begun()):
            return ()
        x = (self.missing_x(),) if self.x_begun() and not self.has_x else ()
        return (*x, *self.missing_slack())

    def _remarks(self) -> list[str]:
        said = []
        if self.slack_app_token and self.slack_signing_secret:
            said.append(
                "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: Socket Mode is used. "
                "Remove SLACK_APP_TOKEN for HTTP mode."
            )
        bridge = self.phone_bridge.get_secret_value() if self.phone_bridge is not None else ""
        for name, url in (("X_BASE_URL", self.x_base_url), ("SLACK_BASE_URL", self.slack_base_url)):
            if _is_open(url):
                said.append(f"{name} is {url}: secrets travel unencrypted. Use https beyond this machine.")
        if _is_open(bridge):
            said.append("TWELP_PHONE_BRIDGE is no https address: a secret in it travels unencrypted.")
        if self.has_x and not self.lift_limits and (often := self.too_often()):
            said.append(often)
        return said


def _is_open(url: str) -> bool:
    """Whether what is sent there can be read on its way, beyond this machine."""
    host = urlsplit(url).hostname or ""
    return url.startswith("http:") and host not in ("localhost", "::1") and not host.startswith("127.")


def _complaints(wrong: ValidationError, env_file: Path | None, names: tuple[str, ...]) -> Iterable[str]:
    """One line a wrong value: the variable, where it was set, the value unless secret, what is expected."""
    rows = {row.name: row for row in Settings.table()}
    for error in wrong.errors(include_url=False, include_context=False):
        row = rows[str(error["loc"][0])]
        in_environment = any(name.upper() == row.name for name in os.environ)
        place = f"{env_file}: " if row.name in names and not in_environment else ""
        value = "its value" if row.secret else f'"{shown(str(error["input"]))}"'
        because = error["msg"].removeprefix("Value error, ")
        because = because if because[1:2].isupper() else because[:1].lower() + because[1:]
        default = f"use the default ({row.default})" if row.default else "leave it unset"
        yield f"{place}{row.name}: {value} cannot be used: {because}. Expected {row.expected}; remove it to {default}."


SETTINGS_TABLE = Settings.table()
"""Every setting, in the order of docs/configuration.md and `.env.example`, which tests hold to it."""
