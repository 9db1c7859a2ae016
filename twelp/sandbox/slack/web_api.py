"""The Web API over HTTP: which methods there are, who may call them how often, and how answers look.

`METHODS` is what is served; `SUPPORTED_METHODS` is written by hand, and a test holds the two equal, so that no method
appears or vanishes unnoticed. Answers are HTTP 200 with ``ok`` true or false, except 429 with ``Retry-After``.

Source: https://docs.slack.dev/apis/web-api and https://docs.slack.dev/apis/web-api/rate-limits.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from twelp.sandbox.slack import chat_methods, conversation_methods, people_methods, responses, view_methods
from twelp.sandbox.slack.arguments import Arguments, arguments
from twelp.sandbox.slack.backend import Backend
from twelp.sandbox.slack.limits import HUNDREDS, PER_CHANNEL, PER_WORKSPACE, TIER_1, TIER_2, TIER_3, TIER_4, Rate
from twelp.sandbox.slack.workspace import Json, Refused

SUPPORTED_METHODS: Final = (
    "apps.connections.open",
    "auth.test",
    "chat.delete",
    "chat.getPermalink",
    "chat.postEphemeral",
    "chat.postMessage",
    "chat.update",
    "conversations.history",
    "conversations.info",
    "conversations.list",
    "conversations.members",
    "conversations.open",
    "conversations.replies",
    "dnd.info",
    "reactions.add",
    "users.info",
    "users.list",
    "users.lookupByEmail",
    "views.open",
    "views.publish",
    "views.push",
    "views.update",
)
SUPPORTED: Final = tuple(
    sorted(
        [
            *(f"{verb} /api/{name}" for name in SUPPORTED_METHODS for verb in ("GET", "POST")),
            "GET /api/{method}",
            "POST /api/{method}",
            "POST /response/{key}",
            "WEBSOCKET /link",
            "WEBSOCKET /link/",
        ]
    )
)
"""Every route of the local Slack; ``/api/{method}`` answers ``unknown_method``."""


@dataclass(frozen=True, slots=True)
class Method:
    """One Web API method; `app_level` ones take the app token, all others the bot token."""

    handler: Callable[[Backend, Arguments], Json]
    rate: Rate
    app_level: bool = False


METHODS: Final = {
    "apps.connections.open": Method(people_methods.open_connection, TIER_1, app_level=True),
    "auth.test": Method(people_methods.auth_test, HUNDREDS),
    "chat.delete": Method(chat_methods.delete, TIER_3),
    "chat.getPermalink": Method(chat_methods.get_permalink, HUNDREDS),
    "chat.postEphemeral": Method(chat_methods.post_ephemeral, TIER_4),
    "chat.postMessage": Method(chat_methods.post_message, PER_WORKSPACE),
    "chat.update": Method(chat_methods.update, TIER_3),
    "conversations.history": Method(conversation_methods.history, TIER_3),
    "conversations.info": Method(conversation_methods.info, TIER_3),
    "conversations.list": Method(conversation_methods.list_conversations, TIER_2),
    "conversations.members": Method(conversation_methods.members, TIER_4),
    "conversations.open": Method(conversation_methods.open_conversation, TIER_3),
    "conversations.replies": Method(conversation_methods.replies, TIER_3),
    "dnd.info": Method(people_methods.dnd_info, TIER_3),
    "reactions.add": Method(chat_methods.add_reaction, TIER_3),
    "users.info": Method(people_methods.user_info, TIER_4),
    "users.list": Method(people_methods.list_users, TIER_2),
    "users.lookupByEmail": Method(people_methods.user_by_email, TIER_3),
    "views.open": Method(view_methods.open_view, TIER_4),
    "views.publish": Method(view_methods.publish, TIER_4),
    "views.push": Method(view_methods.push, TIER_4),
    "views.update": Method(view_methods.update, TIER_4),
}


async def call(backend: Backend, name: str, request: Request) -> Response:
    """Answer one Web API call."""
    backend.base_url = str(request.base_url).rstrip("/")
    try:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method")
        args = await arguments(request)
        _authenticate(backend, method, args.token)
        _pace(backend, name, method, args)
        with backend.workspace.lock:
            answer: Json = {"ok": True, **method.handler(backend, args)}
    except Refused as refused:
        return _refusal(refused)
    except RecursionError:
        return _refusal(Refused("invalid_arguments", ["too deeply nested"]))
    if args.warnings:
        answer["warning"] = ",".join(args.warnings)
        answer["response_metadata"] = {**answer.get("response_metadata", {}), "warnings": list(args.warnings)}
    response = as_response(answer)
    if not method.app_level:
        response.headers["x-oauth-scopes"] = ",".join(backend.scopes)
    return response


async def respond(backend: Backend, key: str, request: Request) -> Response:
    """Answer one post to a response_url."""
    try:
        args = await arguments(request)
        with backend.workspace.lock:
            responses.respond(backend, key, args.values)
    except Refused as refused:
        gone = refused.error in ("invalid_url", "expired_url", "used_url")
        return _refusal(refused, status=404 if gone else 400)
    return as_response({"ok": True})


def as_response(answer: Any, status: int = 200) -> Response:
    """A JSON response, in plain ASCII so that any text survives."""
    return Response(json.dumps(answer), status, media_type="application/json; charset=utf-8")


def _authenticate(backend: Backend, method: Method, token: str | None) -> None:
    if token is None:
        raise Refused("not_authed")
    if token not in (backend.bot_token, backend.app_token):
        raise Refused("invalid_auth")
    if (token == backend.app_token) != method.app_level:
        raise Refused("not_allowed_token_type")
    if backend.workspace.bot.deleted:
        raise Refused("account_inactive")


def _pace(backend: Backend, name: str, method: Method, args: Arguments) -> None:
    wanted = {name: method.rate}
    if name == "chat.postMessage":
        key = args.text("channel") or ""
        channel = backend.workspace.channels.get(key)
        wanted[f"{name} {channel.im_user or key if channel else key}"] = PER_CHANNEL
    wait_s = backend.limits.take(wanted)
    if wait_s is not None:
        raise Refused("ratelimited", retry_after_s=wait_s)


def _refusal(refused: Refused, status: int = 200) -> Response:
    answer: Json = {"ok": False, "error": refused.error}
    if refused.error == "invalid_blocks":
        answer["errors"] = refused.faults
    if refused.faults:
        answer["response_metadata"] = {"messages": [f"[ERROR] {fault}" for fault in refused.faults]}
    if refused.retry_after_s is None:
        return as_response(answer, status)
    response = as_response(answer, 429)
    response.headers["Retry-After"] = str(refused.retry_after_s)
    return response
