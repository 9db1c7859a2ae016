"""What people do in Slack, by Socket Mode or by signed HTTP requests, on its way to the desk."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from twelp.adapters.slack.disturb import Disturbance
from twelp.adapters.slack.listeners import Desk, register
from twelp.adapters.slack.people import People
from twelp.adapters.slack.refusals import Refusals
from twelp.adapters.slack.sdk import is_slacks, silent
from twelp.adapters.slack.transport import Socket, threads
from twelp.adapters.slack.unknown import Unknown
from twelp.errors import ConfigError
from twelp.ports import Clock

if TYPE_CHECKING:
    from starlette.applications import Starlette

LISTENERS: Final = 32
"""Threads for what people do: with Bolt's own five, a slow moment leaves clicks unacknowledged."""

_LOG = logging.getLogger(__name__)


class Incoming:
    """One app's ears.

    Args:
        client: what listeners call Slack with.
        people: who is who.
        disturbance: told of people's do-not-disturb.
        clock: the hour.
        app_token: `xapp-…`, for Socket Mode.
        signing_secret: for HTTP mode.

    Attributes:
        refusals: requests in HTTP mode that were turned away.
    """

    def __init__(
        self,
        client: WebClient,
        people: People,
        disturbance: Disturbance,
        clock: Clock,
        *,
        app_token: str | None,
        signing_secret: str | None,
    ) -> None:
        self.refusals = Refusals(clock)
        self._clock = clock
        self._client = client
        self._people = people
        self._disturbance = disturbance
        self._unknown = Unknown(clock)
        self._app_token = app_token
        self._signing_secret = signing_secret
        self._app: App | None = None
        self._executor: ThreadPoolExecutor | None = None
        self._socket: Socket | None = None

    def connect(self, desk: Desk) -> None:
        """Lets what people do in Slack reach the desk. Once, before `start` or `http_app`; asks Slack nothing."""
        log = silent("bolt", logging.ERROR)
        self._executor = threads(LISTENERS, "slack-listener")
        self._app = App(
            name=log.name,  # Bolt sets the level of the log that is called so
            client=self._client,
            signing_secret=self._signing_secret or "",
            token_verification_enabled=False,
            raise_error_for_unhandled_request=True,
            listener_executor=self._executor,
            logger=log,
        )
        self._app.error(self._not_answered)
        self._app.use(self._with_our_client)
        self._app.use(self._answers_go_to_slack)
        register(self._app, desk, self._people, self._disturbance)

    def _not_answered(self, error: Exception, body: dict[str, Any]) -> BoltResponse:
        """Nobody listens to a payload, or Bolt could not make sense of it; its own words may hold somebody's text."""
        if isinstance(error, BoltUnhandledRequestError):
            self._unknown.hear(body)
            return BoltResponse(status=404, body="")
        _LOG.error("slack: a payload could not be read (%s)", type(error).__name__)
        return BoltResponse(status=400, body="")

    def _with_our_client(self, context: BoltContext, next: Callable[[], None]) -> None:  # noqa: A002 - Bolt's name
        """What listeners call Slack with: Bolt would make a client for each payload, with connections of its own."""
        context["client"] = self._client
        next()

    def _answers_go_to_slack(self, body: dict[str, Any], next: Callable[[], None]) -> None:  # noqa: A002 - Bolt's name
        """Forgets an address to answer at that is none of Slack's: nobody can send us anywhere else."""
        address = body.get("response_url")
        if address is not None and not (isinstance(address, str) and is_slacks(address, self._client.base_url)):
            _LOG.warning("slack: a response_url that is none of Slack's was passed over")
            body["response_url"] = ""
        next()

    def start(self) -> None:
        """Socket Mode: connects and returns; keeps trying when Slack cannot be reached just now.

        Raises:
            Locked: the app token opens no socket.
            ConfigError: no app token, or `connect` was not called.
        """
        if not self._app_token:
            raise ConfigError("SLACK_APP_TOKEN is not set: Socket Mode needs it (HTTP mode: SLACK_SIGNING_SECRET)")
        self._socket = Socket(self._connected_app(), self._client, self._app_token, self._clock)
        self._socket.start()

    def hang_up(self) -> None:
        """Socket Mode: takes nothing in until `start` is called again, and waits for nothing."""
        if self._socket is not None:
            self._socket.stop(patiently=False)
            self._socket = None

    def stop(self) -> None:
        """Takes nothing in any more; what is being answered is answered. May be called twice."""
        if self._socket is not None:
            self._socket.stop()
            self._socket = None
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    @property
    def listening(self) -> bool:
        """True while the socket is open (Socket Mode), or once `connect` was called (HTTP mode)."""
        return self._socket.connected if self._socket is not None else self._app is not None and not self._app_token

    @property
    def trouble(self) -> str:
        """Socket Mode: what kept a socket from opening, and the remedy."""
        return self._socket.trouble if self._socket is not None else "it was not started, or is stopped"

    def http_app(self) -> Starlette:
        """HTTP mode: an application with the route `POST /slack/events`.

        Raises:
            ConfigError: no signing secret, or `connect` was not called.
        """
        if not self._signing_secret:
            raise ConfigError("SLACK_SIGNING_SECRET is not set: without it anybody could speak in Slack's name")
        from twelp.adapters.slack.requests import http_app

        return http_app(self._connected_app(), self._signing_secret, self.refusals)

    def _connected_app(self) -> App:
        if self._app is None:
            raise ConfigError("Incoming.connect(desk) comes first: nobody would hear what people do")
        return self._app
