"""What may be said and how it is kept: the content of messages, and saying, editing and erasing them.

Shared by ``chat.*`` and response URLs. Parts that an update leaves out stay as they were.

Source: https://docs.slack.dev/reference/methods/chat.postMessage and chat.update.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Final

from twelp.sandbox.slack.arguments import Arguments
from twelp.sandbox.slack.backend import Backend
from twelp.sandbox.slack.blocks import MESSAGE_CHARACTERS, characters, completed, message_faults
from twelp.sandbox.slack.pings import pings
from twelp.sandbox.slack.shapes import message_json
from twelp.sandbox.slack.workspace import Channel, Json, Message, Refused

POST_TEXT: Final = 40_000
UPDATE_TEXT: Final = 4_000


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says; a part that was not given is None."""

    text: str | None
    blocks: list[Json] | None
    attachments: list[Json] | None
    metadata: Json | None
    bare_pings: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing at all is said."""
        return not (self.text or self.blocks or self.attachments)


def content(args: Arguments, *, most: int = POST_TEXT) -> Content:
    """Read and check a message's content.

    Raises:
        Refused: ``msg_too_long``, ``invalid_blocks_format``, ``invalid_blocks``, ``msg_blocks_too_long``,
            ``invalid_attachments`` or ``invalid_metadata_format``.
    """
    text = args.text("text")
    if text is None:
        text = args.text("markdown_text")
    if text is not None and len(text) > most:
        raise Refused("msg_too_long")
    blocks = args.structure("blocks", "invalid_blocks_format")
    if blocks is not None:
        if faults := message_faults(blocks):
            raise Refused("invalid_blocks", faults)
        if characters(blocks) > MESSAGE_CHARACTERS:
            raise Refused("msg_blocks_too_long")
        blocks = completed(blocks, lambda: secrets.token_urlsafe(4)[:5])
    attachments = args.structure("attachments", "invalid_attachments")
    if attachments is not None and not isinstance(attachments, list):
        raise Refused("invalid_attachments")
    bare = args.flag("link_names") or args.text("parse") == "full"
    return Content(text, blocks, attachments, _metadata(args), bare)


def _metadata(args: Arguments) -> Json | None:
    metadata = args.structure("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return metadata if metadata is None else {}
    right = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str)
    if not right or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    return dict(metadata)


def say(
    backend: Backend, channel: Channel, said: Content, *, thread_ts: str | None = None, only_for: str | None = None
) -> Message:
    """Let the app say something in a conversation.

    Raises:
        Refused: ``no_text``, or ``thread_not_found`` for a thread that is not there.
    """
    workspace = backend.workspace
    if said.empty:
        raise Refused("no_text")
    if thread_ts is not None:
        parent = channel.messages.get(thread_ts)
        if parent is None or parent.only_for or parent.deleted:
            raise Refused("thread_not_found")
        thread_ts = parent.thread_ts or parent.ts
    message = Message(
        ts=workspace.ids.fresh_ts(),
        channel=channel.id,
        user=workspace.bot.id,
        text=said.text or "",
        blocks=said.blocks or [],
        attachments=said.attachments or [],
        thread_ts=thread_ts,
        metadata=said.metadata or None,
        by_app=True,
        only_for=only_for,
        pings=_pinged(said.text or "", said.blocks, said.attachments, bare=said.bare_pings),
    )
    workspace.post(message)
    if only_for is None:
        event = message_json(workspace, message)
        kind = "im" if channel.im_user else "channel"
        event |= {"channel": channel.id, "event_ts": message.ts, "channel_type": kind}
        backend.emit("message.im" if channel.im_user else "message.channels", event)
    return message


def edit(backend: Backend, message: Message, said: Content) -> None:
    """Change a message. Parts that were not given stay; empty ones are removed.

    Raises:
        Refused: ``no_text`` when nothing would be left.
    """
    workspace = backend.workspace
    text = message.text if said.text is None else said.text
    blocks = message.blocks if said.blocks is None else said.blocks
    attachments = message.attachments if said.attachments is None else said.attachments
    if not (text or blocks or attachments):
        raise Refused("no_text")
    before = message_json(workspace, message)
    message.text, message.blocks, message.attachments = text, blocks, attachments
    if said.metadata is not None:
        message.metadata = said.metadata or None
    message.edited_ts = workspace.ids.fresh_ts()
    message.pings = _pinged(text, blocks, attachments, bare=said.bare_pings)
    workspace.note(message, "updated", workspace.bot.id)
    workspace.touch("edit", None, message)
    if message.only_for is None:
        after = {"message": message_json(workspace, message), "previous_message": before}
        _changed(backend, message, {"subtype": "message_changed", **after}, message.edited_ts)


def erase(backend: Backend, message: Message, by: str) -> None:
    """Delete a message for everyone."""
    workspace = backend.workspace
    before = message_json(workspace, message)
    message.deleted = True
    workspace.note(message, "deleted", by)
    workspace.touch("delete", None, message)
    if message.only_for is None:
        gone = {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before}
        _changed(backend, message, gone, workspace.ids.fresh_ts())


def _changed(backend: Backend, message: Message, what: Json, ts: str) -> None:
    channel = backend.workspace.channels[message.channel]
    kind = "im" if channel.im_user else "channel"
    event = {"type": "message", **what, "hidden": True, "channel": channel.id, "ts": ts, "event_ts": ts}
    backend.emit("message.im" if channel.im_user else "message.channels", event | {"channel_type": kind})


def _pinged(text: str, blocks: Any, attachments: Any, *, bare: bool) -> tuple[str, ...]:
    legacy = [str(a.get(k) or "") for a in attachments or [] if isinstance(a, dict) for k in ("text", "pretext")]
    return pings("\n".join([text, *legacy]), [blocks, attachments], bare=bare)
