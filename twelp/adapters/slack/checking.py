"""Whether Slack lets the app do its work: token, scopes, people, channels, Socket Mode. Posts nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from twelp.adapters.slack.failures import code_of, told, translated
from twelp.adapters.slack.people import People
from twelp.errors import Locked, Refused, RemoteError
from twelp.model.checked import Checked, failure, ok, warning
from twelp.ports import Clock

SCOPES: Final = {
    "chat:write": "cards, notes and what only one person sees are not posted",
    "commands": "/twelp does nothing",
    "im:write": "no conversation with anybody is opened",
    "users:read": "nobody is known to be in the workspace",
    "users:read.email": "people whom experts.yaml names by e-mail address are not found",
    "im:history": "a card may come twice after a lost answer, and what people write to the app is not heard",
    "channels:history": "a card in a topic's channel may come twice after a lost answer",
    "groups:history": "a card in a topic's private channel may come twice after a lost answer",
    "channels:read": "a channel that experts.yaml calls by its name is not found",
    "dnd:read": "people's do-not-disturb hours are not known",
}
"""What the app's manifest asks for, and what is amiss without it."""

_NEEDED: Final = ("chat:write", "commands", "im:write", "users:read")
_NAMED: Final = 8
"""People or channels that a line names."""

_PRIVATE: Final = "grant groups:read"
_REINSTALL: Final = "add it at api.slack.com/apps → OAuth & Permissions and reinstall the app"


class SlackChecks:
    """Looks at one workspace through one app.

    Args:
        client: speaks to Slack without retries of its own.
        people: who is who.
        clock: the hour.
        app_token: for Socket Mode; empty: requests come by HTTP.
    """

    def __init__(self, client: WebClient, people: People, clock: Clock, app_token: str) -> None:
        self._client = client
        self._people = people
        self._clock = clock
        self._app_token = app_token

    def run(self, channels: Collection[str]) -> Iterator[Checked]:
        """One line a part; after a token that is refused there is nothing else to look at.

        Args:
            channels: ids and names (`#…`) of the channels that experts.yaml names.
        """
        try:
            with translated("auth.test", self._clock):
                answer = self._client.auth_test()
        except RemoteError as error:
            where = "the token is refused" if isinstance(error, Locked) else "Slack does not answer"
            remedy = (
                "put the bot's token (xoxb-…) of api.slack.com/apps → OAuth & Permissions into SLACK_BOT_TOKEN"
                if isinstance(error, Locked)
                else "see whether this machine reaches slack.com, and SLACK_BASE_URL"
            )
            yield failure("slack token", f"{where} ({error})", remedy)
            return
        yield ok("slack token", f"{answer.get('user')} in {answer.get('team')}")
        yield from self._scopes(dict(answer.headers))
        if self._app_token:
            yield self._socket()
        yield from self._everybody()
        for channel in channels:
            yield from self._channel(channel)

    def _scopes(self, headers: dict[str, str]) -> Iterator[Checked]:
        line = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
        if line is None:
            yield warning(
                "slack scopes", "Slack did not say which were granted", "compare them with the manifest by hand"
            )
            return
        granted = {scope.strip() for scope in line.split(",")}
        missing = [scope for scope in SCOPES if scope not in granted]
        for scope in missing:
            made = failure if scope in _NEEDED else warning
            yield made("slack scopes", f"{scope} is not granted: {SCOPES[scope]}", _REINSTALL)
        if not missing:
            yield ok("slack scopes", f"all {len(SCOPES)} are granted")

    def _socket(self) -> Checked:
        remedy = "make an app-level token with connections:write and put it into SLACK_APP_TOKEN (xapp-…)"
        try:
            with translated("apps.connections.open", self._clock):
                answer = self._client.apps_connections_open(app_token=self._app_token)
                told(answer, "url", str, "apps.connections.open")
        except RemoteError as error:
            return failure("slack socket", f"Socket Mode opens no connection ({error})", remedy)
        return ok("slack socket", "Socket Mode opens connections")

    def _everybody(self) -> Iterator[Checked]:
        """Every address of the roster must stand for somebody who may act."""
        absent, unknown = [], ""
        for person, expert in self._people.roster.experts.items():
            try:
                self._people.slack_id(person)
            except Refused:
                absent.append(f"{expert.name} ({person})")
            except RemoteError as error:
                unknown = str(error)
                break
        if unknown:
            yield warning("slack people", f"not all could be looked up ({unknown})", "run it again later")
        if absent:
            more = f" and {len(absent) - _NAMED} more" if len(absent) > _NAMED else ""
            named = ", ".join(absent[:_NAMED]) + more
            remedy = "correct their addresses in experts.yaml, or invite them to the workspace"
            yield warning("slack people", f"no account that may answer: {named}", remedy)
        elif not unknown:
            yield ok("slack people", f"all {len(self._people.roster.experts)} have an account")

    def _channel(self, channel: str) -> Iterator[Checked]:
        if channel.startswith("#"):
            return  # found by its name when it is needed; the scope for that was looked at
        remedy = f"correct its id in experts.yaml, or invite the app there (/invite in {channel})"
        try:
            with translated("conversations.info", self._clock):
                try:
                    found = told(
                        self._client.conversations_info(channel=channel), "channel", dict, "conversations.info"
                    )
                except SlackApiError as error:
                    if code_of(error) == "missing_scope":  # a private one
                        said = f"{channel} is private, and is not shown to the app"
                        yield warning("slack channels", said, f"see that the app is in it; to have it seen, {_PRIVATE}")
                        return
                    if code_of(error) == "channel_not_found":
                        yield failure("slack channels", f"{channel} is no channel that the app sees", remedy)
                        return
                    raise
        except RemoteError as error:
            yield warning("slack channels", f"{channel} could not be looked up ({error})", remedy)
            return
        if found.get("is_archived"):
            yield failure("slack channels", f"{channel} is archived", "name another in experts.yaml")
        elif not found.get("is_member"):
            yield failure("slack channels", f"the app is not in {channel}", remedy)
        else:
            yield ok("slack channels", f"{channel}: the app is in it")
