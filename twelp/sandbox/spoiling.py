"""What becomes of a good answer on its way: it trickles, breaks off, comes with other names, or is never heard."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from starlette.types import Message, Send

DRIPS: Final = 20
"""Pieces into which a body that trickles in is cut."""


async def swallowed(message: Message) -> None:
    """Take an answer that nobody will hear."""


def dripping(send: Send, seconds: float) -> Send:
    """Send the body in pieces, over so many seconds."""

    async def drip(message: Message) -> None:
        body = message.get("body", b"")
        size = max(1, -(-len(body) // DRIPS))
        for start in range(0, len(body) - size, size):
            await send({"type": message["type"], "body": body[start : start + size], "more_body": True})
            await asyncio.sleep(seconds / DRIPS)
        if message["type"] == "http.response.body":
            message = {**message, "body": body[(max(len(body) - 1, 0) // size) * size :]}
        await send(message)

    return drip


def half(send: Send) -> Send:
    """Send the first half of the body, and no end."""

    async def halve(message: Message) -> None:
        if body := message.get("body", b""):
            message = {**message, "body": body[: len(body) // 2], "more_body": True}
        await send(message)

    return halve


def altered(send: Send, names: Mapping[str, str | None], headers: list[tuple[bytes, bytes]]) -> Send:
    """Send it with these headers in place of its own, and its fields under these names; under None not at all."""
    return _rewritten(send, lambda value: _renamed(value, names), headers)


def reordered(send: Send) -> Send:
    """Send it with every list turned round."""
    return _rewritten(send, _turned, [])


def _rewritten(send: Send, change: Callable[[Any], Any], headers: list[tuple[bytes, bytes]]) -> Send:
    begun: list[Message] = []
    own = {name for name, _ in headers} | {b"content-length"}

    async def rewrite(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.append(message)
            return
        body = json.dumps(change(json.loads(message.get("body") or b"null"))).encode()
        kept = [(name, value) for name, value in begun[0]["headers"] if name not in own]
        await send({**begun[0], "headers": [*kept, *headers, (b"content-length", str(len(body)).encode())]})
        await send({**message, "body": body})

    return rewrite


def _turned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _turned(inner) for key, inner in value.items()}
    return [_turned(inner) for inner in reversed(value)] if isinstance(value, list) else value


def _renamed(value: Any, names: Mapping[str, str | None]) -> Any:
    if isinstance(value, dict):
        kept = [(names.get(key, key), _renamed(inner, names)) for key, inner in value.items()]
        return {key: inner for key, inner in kept if key is not None}
    return [_renamed(inner, names) for inner in value] if isinstance(value, list) else value
