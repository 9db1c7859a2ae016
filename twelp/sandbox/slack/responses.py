"""Answers the app gives to an act outside the Web API: posts to a response_url, and a command's immediate answer.

Rules: an answer is seen by that person alone unless ``response_type`` is ``in_channel``; ``replace_original`` and
``delete_original`` act on the message the act was on; a response_url works five times within thirty minutes.

Source: https://docs.slack.dev/interactivity/handling-user-interaction (message responses).
"""

from __future__ import annotations

from typing import Any

from twelp.sandbox.slack.arguments import Arguments
from twelp.sandbox.slack.backend import Backend, ResponseUrl
from twelp.sandbox.slack.posting import content, edit, erase, say
from twelp.sandbox.slack.workspace import Json, Refused


def respond(backend: Backend, key: str, given: Any) -> None:
    """Take a post to a response_url.

    Raises:
        Refused: ``invalid_url``, ``expired_url``, ``used_url``, or for content that Slack would not take.
    """
    link = backend.response_urls.get(key)
    if link is None:
        raise Refused("invalid_url")
    if backend.workspace.clock.time() > link.expires_s:
        raise Refused("expired_url")
    if link.uses <= 0:
        raise Refused("used_url")
    answer(backend, link, given)
    link.uses -= 1


def answer(backend: Backend, link: ResponseUrl, given: Any) -> None:
    """Show the app's answer in the place of the act; text alone is an answer too.

    Raises:
        Refused: for content that Slack would not take.
    """
    values: Json = {"text": given} if isinstance(given, str) else dict(given) if isinstance(given, dict) else {}
    args = Arguments(values, None)
    channel = backend.workspace.channels[link.channel]
    original = channel.messages.get(link.ts or "")
    if args.flag("delete_original") and original is not None:
        erase(backend, original, backend.workspace.bot.id)
        return
    said = content(args)
    if said.empty:
        raise Refused("no_text")
    if args.flag("replace_original") and original is not None and not original.deleted:
        edit(backend, original, said)
        return
    alone = args.text("response_type") != "in_channel"
    say(backend, channel, said, thread_ts=args.text("thread_ts"), only_for=link.user if alone else None)
