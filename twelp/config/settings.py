"""The settings themselves, each once, and how they are read and judged together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, SecretStr, ValidationError, model_validator
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from twelp.config.names import names_in, unknown
from twelp.config.values import AppToken, BotToken, DatabaseUrl, Host, Moment, Token, Url, moment, shown
from twelp.errors import ConfigError

X_KEYS = ("X_CONSUMER_KEY", "X_CONSUMER_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET")
X_DEFAULT_URL = "https://api.x.com"
X_READS, X_WINDOW_S = 300, 900
"""How often X lets mentions be read, in how many seconds. Source: docs.x.com/x-api/fundamentals/rate-limits."""
SLACK_DEFAULT_URL = "https://slack.com"

WHERE_X = (
    "developer.x.com → your app → Keys and tokens: API Key and Secret are the consumer pair; Access Token and Secret, "
    "made for the brand account with Read and write permission, are the access pair"
)
WHERE_BOT = "api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (xoxb-…)"
WHERE_APP = "api.slack.com/apps → your app → Basic Information → App-Level Tokens, scope connections:write (xapp-…)"
WHERE_SIGNING = "api.slack.com/apps → your app → Basic Information → Signing Secret"
BACK = "or remove every X_ and SLACK_ credential and base URL to run against the local sandbox"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table of settings: the variable, its default as written, what it means, what is accepted."""

    name: str
    default: str
    meaning: str
    expected: str
    secret: bool


def _setting(name: str, default: Any, meaning: str, expected: str, **limits: Any) -> Any:
    """One field: its variable, default, meaning, and what messages say is accepted."""
    extra: JsonDict = {"expected": expected}
    return Field(default, validation_alias=name, description=meaning, json_schema_extra=extra, **limits)


def _number(name: str, default: float, unit: str, meaning: str, *, least: float, most: float) -> Any:
    """A field for a number from `least` to `most`, both included."""
    expected = f"a number of {unit} from {least:g} to {most:g}"
    return _setting(name, default, meaning, expected, ge=least, le=most, allow_inf_nan=False)


# ---------------------------------------------------------------- the settings


class Settings(BaseSettings):
    """Everything that can be set. Made by `Settings.read`; frozen."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    x_base_url: Url = _setting(
        "X_BASE_URL", X_DEFAULT_URL, "Where X's API is.", "an http or https address, like https://api.x.com"
    )
    x_consumer_key: Token | None = _setting(X_KEYS[0], None, "X: the app's API key.", "the API Key of the app")
    x_consumer_secret: Token | None = _setting(
        X_KEYS[1], None, "X: the app's API key secret.", "the API Key Secret of the app"
    )
    x_access_token: Token | None = _setting(
        X_KEYS[2], None, "X: the brand account's access token.", "the Access Token, made with Read and write permission"
    )
    x_access_token_secret: Token | None = _setting(
        X_KEYS[3], None, "X: the brand account's access token secret.", "the Access Token Secret"
    )
    x_poll_s: float = _number(
        "X_POLL_SECONDS",
        15,
        "seconds",
        "How often mentions are read, at most: X's limit is never used up.",
        least=0.05,
        most=3600,
    )
    x_timeout_s: float = _number(
        "X_TIMEOUT_SECONDS", 10, "seconds", "How long one call to X may take.", least=0.1, most=50
    )
    slack_base_url: Url = _setting(
        "SLACK_BASE_URL", SLACK_DEFAULT_URL, "Where Slack is.", "an http or https address, like https://slack.com"
    )
    slack_bot_token: BotToken | None = _setting(
        "SLACK_BOT_TOKEN", None, "Slack: the bot's token.", "the Bot User OAuth Token (xoxb-…)"
    )
    slack_app_token: AppToken | None = _setting(
        "SLACK_APP_TOKEN", None, "Slack: app-level token; chooses Socket Mode.", "an app-level token (xapp-…)"
    )
    slack_signing_secret: Token | None = _setting(
        "SLACK_SIGNING_SECRET",
        None,
        "Slack: signing secret; chooses HTTP mode at /slack/events when no app-level token is given.",
        "the app's Signing Secret",
    )
    database_url: DatabaseUrl | None = _setting(
        "DATABASE_URL",
        None,
        "Where everything is kept; without it, a SQLite file.",
        "sqlite:///path/to/file.db or postgresql://user:password@host/name",
    )
    experts: Path = _setting("TWELP_EXPERTS", Path("experts.yaml"), "The roster.", "the path of a file")
    host: Host = _setting(
        "TWELP_HOST", "127.0.0.1", "The address to listen on.", "a host name or IP address, without scheme and port"
    )
    port: int = _setting(
        "PORT", 8080, "The port to listen on; 0 picks a free one.", "a whole number from 0 to 65535", ge=0, le=65535
    )
    backlog: Moment = _setting(
        "TWELP_BACKLOG",
        "15m",
        "From when mentions are read at the first start; older ones are left and counted.",
        "now, a span of time before the start (30m, 6h, 3d), or a date and time (2026-11-30T09:00+01:00)",
    )
    max_age_hours: float = _number(
        "TWELP_MAX_AGE_HOURS",
        24,
        "hours",
        "How old a question may be when it is read, after a standstill; nobody is asked about older ones.",
        least=0.01,
        most=8760,
    )
    hold_s: float = _number(
        "TWELP_HOLD_SECONDS", 10, "seconds", "How long a confirmed answer waits, with Undo.", least=0, most=3600
    )
    wave_minutes: float = _number(
        "TWELP_WAVE_MINUTES", 5, "minutes", "After how long more experts are asked, at most.", least=0.001, most=1440
    )
    wave_size: int = _setting(
        "TWELP_WAVE_SIZE", 3, "How many experts a wave asks, at least.", "a whole number from 1 to 50", ge=1, le=50
    )
    surge_from: int = _setting(
        "TWELP_SURGE_FROM",
        20,
        "How many questions nobody has taken make a surge: waves grow and come sooner.",
        "a whole number from 1 to 1000000",
        ge=1,
        le=1_000_000,
    )
    claim_minutes: float = _number(
        "TWELP_CLAIM_MINUTES", 10, "minutes", "How long a claim lasts.", least=0.001, most=1440
    )
    give_up_minutes: float = _number(
        "TWELP_GIVE_UP_MINUTES", 240, "minutes", "After how long a question is given up.", least=0.001, most=43200
    )
    keep_journal_days: float = _number(
        "TWELP_KEEP_JOURNAL_DAYS", 400, "days", "How long the journal of what is over is kept.", least=7, most=36500
    )
    keep_deliveries_days: float = _number(
        "TWELP_KEEP_DELIVERIES_DAYS", 90, "days", "How long outbox rows that are done are kept.", least=7, most=36500
    )
    keep_events_days: float = _number(
        "TWELP_KEEP_EVENTS_DAYS", 7, "days", "How long ids of Slack's events are kept.", least=1, most=36500
    )
    lift_limits: bool = _setting(
        "TWELP_LIFT_LIMITS", False, "Lifts the bot's own pacing and daily budgets, for replays.", "true or false"
    )
    missing_cost: float = _number(
        "TWELP_MISSING_COST",
        3,
        "wrong asks",
        "How many asks in vain a missed question is worth; at n, no topic counts where a post is nobody's with a "
        "chance of n / (n + 1) or more.",
        least=0.01,
        most=1000,
    )
    semantic: str = _setting(
        "TWELP_SEMANTIC",
        "auto",
        "Sentence embeddings in matching: auto uses the model of twelp[semantic] where it is installed.",
        "auto, off, a folder with model.onnx and tokenizer.json, or hub:OWNER/NAME@REVISION",
    )
    semantic_pins: str = _setting(
        "TWELP_SEMANTIC_PINS",
        "",
        "The SHA-256 of a hub's model and of its tokenizer; the log tells both when they are missing.",
        "two hashes with a space between them",
    )
    language: str = _setting(
        "TWELP_LANGUAGE",
        "en",
        "The language that people in Slack read.",
        "en, or the path of a language file (docs/translating.md)",
    )
    log: Literal["text", "json"] = _setting("TWELP_LOG", "text", "How the log is written.", "text or json")
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "TWELP_LOG_LEVEL", "info", "How much is logged.", "debug, info, warning or error"
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
        settings._notes = (*settings._remarks(), *unknown(names, env_file, [row.name for row in cls.table()]))
        return settings

    @classmethod
    def table(cls) -> tuple[Setting, ...]:
        """Every setting, in the order of the documentation."""
        return tuple(_row(field) for field in cls.model_fields.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """What the operator should know and need not act on: which Slack mode was chosen, names nobody reads."""
        return self._notes

    @property
    def has_x(self) -> bool:
        """True with all four X credentials."""
        return not self._unset(X_KEYS)

    @property
    def has_slack(self) -> bool:
        """True with the bot's token and one way for Slack to reach us."""
        return self.slack_bot_token is not None and bool(self.slack_app_token or self.slack_signing_secret)

    @property
    def live(self) -> bool:
        """True when the real networks are used; False: the sandbox."""
        return self.has_x and self.has_slack

    @property
    def socket_mode(self) -> bool:
        """True when Slack is reached by Socket Mode (an app-level token is given), False for signed HTTP requests."""
        return self.slack_app_token is not None

    @property
    def hold(self) -> timedelta:
        """How long a confirmed answer waits before it is published."""
        return timedelta(seconds=self.hold_s)

    @property
    def max_age(self) -> timedelta:
        """How old a question may be when it is read."""
        return timedelta(hours=self.max_age_hours)

    def begin(self, now: datetime) -> datetime:
        """From when mentions are read, if the first start is now; never later than now."""
        return min(now, moment(self.backlog, now))

    @property
    def wave(self) -> timedelta:
        """After how long more experts are asked."""
        return timedelta(minutes=self.wave_minutes)

    @property
    def claim(self) -> timedelta:
        """How long a claim lasts."""
        return timedelta(minutes=self.claim_minutes)

    @property
    def give_up(self) -> timedelta:
        """After how long a question without an answer is given up."""
        return timedelta(minutes=self.give_up_minutes)

    def missing(self) -> tuple[str, ...]:
        """What keeps a started set of credentials from being whole; empty when it is whole, or when there is none."""
        slack = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        x_unset = self._unset(X_KEYS)
        x = _begun("X", len(x_unset) < len(X_KEYS), self.x_base_url != X_DEFAULT_URL)
        work = _begun("Slack", any(slack), self.slack_base_url != SLACK_DEFAULT_URL)
        if not (x or work):
            return ()
        said: list[str] = []
        if x_unset:
            said.append(f"{x or 'Slack is set and X is not'}: {_and(x_unset)} missing. Get them at {WHERE_X}; {BACK}.")
        because = work or "X is set and Slack is not"
        if self.slack_bot_token is None:
            said.append(f"{because}: SLACK_BOT_TOKEN is missing. Get it at {WHERE_BOT}; {BACK}.")
        if not (self.slack_app_token or self.slack_signing_secret):
            said.append(
                f"{because}: SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) is missing. "
                f"Get the one at {WHERE_APP}, or the other at {WHERE_SIGNING}; {BACK}."
            )
        return tuple(said)

    def _unset(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if getattr(self, name.lower()) is None)

    def _remarks(self) -> list[str]:
        said = []
        if self.slack_app_token and self.slack_signing_secret:
            said.append(
                "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: Socket Mode is used. "
                "Remove SLACK_APP_TOKEN for HTTP mode."
            )
        for name, url in (("X_BASE_URL", self.x_base_url), ("SLACK_BASE_URL", self.slack_base_url)):
            host = urlsplit(url).hostname or ""
            if url.startswith("http:") and host not in ("localhost", "::1") and not host.startswith("127."):
                said.append(f"{name} is {url}: secrets travel unencrypted. Use https beyond this machine.")
        if self.live and self.x_poll_s < X_WINDOW_S / X_READS and not self.lift_limits:
            said.append(
                f"X_POLL_SECONDS is {self.x_poll_s:g}: X lets mentions be read {X_READS} times in 15 minutes, so they "
                f"are read about every {X_WINDOW_S / X_READS:g} s. Use {X_WINDOW_S / X_READS:g} or more."
            )
        return said


# ---------------------------------------------------------------- the table, the file, the messages


def _row(field: FieldInfo) -> Setting:
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    default = field.default
    written = "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
    secret = any(kind is SecretStr for kind in _kinds(field.annotation))
    return Setting(str(field.validation_alias), written, field.description or "", str(extra["expected"]), secret)


def _kinds(annotation: Any) -> Iterable[Any]:
    """A type and everything it is made of."""
    yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)


def _begun(side: str, some: bool, elsewhere: bool) -> str:
    """How a set of credentials was begun, in words; empty when it was not."""
    if some:
        return f"{side} credentials are incomplete"
    return f"{side.upper()}_BASE_URL is set and its credentials are not" if elsewhere else ""


def _and(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return f"{names[0]} is"
    return f"{', '.join(names[:-1])} and {names[-1]} are"


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
