"""Settings of X."""

from __future__ import annotations

from pydantic import BaseModel

from twelp.config.fields import BACK, begun, listed, number, setting
from twelp.config.values import Token, Url

KEYS = ("X_CONSUMER_KEY", "X_CONSUMER_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET")
DEFAULT_URL = "https://api.x.com"
READS, WINDOW_S = 300, 900
"""How often X lets mentions be read, in how many seconds. Source: docs.x.com/x-api/fundamentals/rate-limits."""

WHERE = (
    "developer.x.com → your app → Keys and tokens: API Key and Secret are the consumer pair; Access Token and Secret, "
    "made for the brand account with Read and write and Direct message permission, are the access pair"
)


class XSettings(BaseModel):
    """Where X is, the brand account's credentials, and how often it is read."""

    x_base_url: Url = setting(
        "X_BASE_URL", DEFAULT_URL, "Where X's API is.", "an http or https address, like https://api.x.com"
    )
    x_consumer_key: Token | None = setting(KEYS[0], None, "X: the app's API key.", "the API Key of the app")
    x_consumer_secret: Token | None = setting(
        KEYS[1], None, "X: the app's API key secret.", "the API Key Secret of the app"
    )
    x_access_token: Token | None = setting(
        KEYS[2],
        None,
        "X: the brand account's access token.",
        "the Access Token, made with Read and write and Direct message permission",
    )
    x_access_token_secret: Token | None = setting(
        KEYS[3], None, "X: the brand account's access token secret.", "the Access Token Secret"
    )
    x_poll_s: float = number(
        "X_POLL_SECONDS",
        15,
        "seconds",
        "How often mentions are read, at most: X's limit is never used up.",
        least=0.05,
        most=3600,
    )
    x_own_poll_s: float = number(
        "X_OWN_POLL_SECONDS",
        60,
        "seconds",
        "How often our own timeline is read, at most: what a colleague answers by hand is seen there.",
        least=0.05,
        most=3600,
    )
    x_watch_s: float = number(
        "X_WATCH_SECONDS",
        0,
        "seconds",
        "How often X is searched for the roster's `brand.watch` words; 0: never. X charges $0.005 for each post found; "
        "what is answered there a moderator posts by hand.",
        least=0,
        most=86_400,
    )
    x_private_s: float = number(
        "X_PRIVATE_SECONDS",
        60,
        "seconds",
        "How often private messages are read, at most, where the roster has `brand.private`; 0: never, and none is "
        "sent. X charges $0.010 for each message read and $0.015 for each one sent; its limit of 15 readings in 15 "
        "minutes is never used up.",
        least=0,
        most=3600,
    )
    x_bearer_token: Token | None = setting(
        "X_BEARER_TOKEN",
        None,
        "X: the app's bearer token. With it X tells at once, and free of charge, what customers delete; without, it is "
        "noticed before anything is done about a post, and within a day.",
        "the Bearer Token of the app",
    )
    x_timeout_s: float = number(
        "X_TIMEOUT_SECONDS", 10, "seconds", "How long one call to X may take.", least=0.1, most=50
    )

    @property
    def has_x(self) -> bool:
        """True with all four X credentials."""
        return not self.x_unset()

    def x_unset(self) -> tuple[str, ...]:
        """The names of X's credentials that are missing."""
        return tuple(name for name in KEYS if getattr(self, name.lower()) is None)

    def x_begun(self) -> str:
        """How X's credentials were begun, in words; empty when they were not."""
        return begun("X", len(self.x_unset()) < len(KEYS), self.x_base_url != DEFAULT_URL)

    def missing_x(self) -> str:
        """What is missing of X's credentials, and where to get it."""
        because = self.x_begun() or "Slack is set and X is not"
        return f"{because}: {listed(self.x_unset())} missing. Get them at {WHERE}; {BACK}."

    def too_often(self) -> str:
        """What to say where mentions are to be read more often than X lets; else empty."""
        least = WINDOW_S / READS
        if self.x_poll_s >= least:
            return ""
        return (
            f"X_POLL_SECONDS is {self.x_poll_s:g}: X lets mentions be read {READS} times in 15 minutes, so they "
            f"are read about every {least:g} s. Use {least:g} or more."
        )
