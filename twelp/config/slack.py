"""Settings of Slack."""

from __future__ import annotations

from pydantic import BaseModel

from twelp.config.fields import BACK, begun, setting
from twelp.config.values import AppToken, BotToken, Token, Url

DEFAULT_URL = "https://slack.com"

WHERE_BOT = "api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (xoxb-…)"
WHERE_APP = "api.slack.com/apps → your app → Basic Information → App-Level Tokens, scope connections:write (xapp-…)"
WHERE_SIGNING = "api.slack.com/apps → your app → Basic Information → Signing Secret"


class SlackSettings(BaseModel):
    """Where Slack is, and the app's credentials."""

    slack_base_url: Url = setting(
        "SLACK_BASE_URL", DEFAULT_URL, "Where Slack is.", "an http or https address, like https://slack.com"
    )
    slack_bot_token: BotToken | None = setting(
        "SLACK_BOT_TOKEN", None, "Slack: the bot's token.", "the Bot User OAuth Token (xoxb-…)"
    )
    slack_app_token: AppToken | None = setting(
        "SLACK_APP_TOKEN", None, "Slack: app-level token; chooses Socket Mode.", "an app-level token (xapp-…)"
    )
    slack_signing_secret: Token | None = setting(
        "SLACK_SIGNING_SECRET",
        None,
        "Slack: signing secret; chooses HTTP mode at /slack/events when no app-level token is given.",
        "the app's Signing Secret",
    )

    @property
    def has_slack(self) -> bool:
        """True with the bot's token and one way for Slack to reach us."""
        return self.slack_bot_token is not None and bool(self.slack_app_token or self.slack_signing_secret)

    @property
    def socket_mode(self) -> bool:
        """True when Slack is reached by Socket Mode (an app-level token is given), False for signed HTTP requests."""
        return self.slack_app_token is not None

    def slack_begun(self) -> str:
        """How Slack's credentials were begun, in words; empty when they were not."""
        given = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        return begun("Slack", any(given), self.slack_base_url != DEFAULT_URL)

    def missing_slack(self) -> tuple[str, ...]:
        """What is missing of Slack's credentials, and where to get it."""
        because, said = self.slack_begun() or "X is set and Slack is not", list[str]()
        if self.slack_bot_token is None:
            said.append(f"{because}: SLACK_BOT_TOKEN is missing. Get it at {WHERE_BOT}; {BACK}.")
        if not (self.slack_app_token or self.slack_signing_secret):
            said.append(
                f"{because}: SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) is missing. "
                f"Get the one at {WHERE_APP}, or the other at {WHERE_SIGNING}; {BACK}."
            )
        return tuple(said)
