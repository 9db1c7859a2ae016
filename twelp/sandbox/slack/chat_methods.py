"""The Web API's ``chat.*`` and ``reactions.*`` methods.

Source: https://docs.slack.dev/reference/methods, one page a method.
"""

from __future__ import annotations

import re
from typing import Final

from twelp.sandbox.slack.arguments import Arguments
from twelp.sandbox.slack.backend import Backend
from twelp.sandbox.slack.posting import UPDATE_TEXT, content, edit, erase, say
from twelp.sandbox.slack.shapes import message_json
from twelp.sandbox.slack.workspace import Channel, Json, Message, Refused

_EMOJI_NAME: Final = re.compile(r"[\w+'-]+(::skin-tone-[2-6])?")


def post_message(backend: Backend, args: Arguments) -> Json:
    """chat.postMessage."""
    channel = target(backend, args.required("channel"))
    said = content(args)
    message = say(backend, channel, said, thread_ts=args.text("thread_ts"))
    shown = message_json(backend.workspace, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(backend: Backend, args: Arguments) -> Json:
    """chat.postEphemeral."""
    channel = target(backend, args.required("channel"))
    user = args.required("user")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    message = say(backend, channel, content(args), thread_ts=args.text("thread_ts"), only_for=user)
    return {"message_ts": message.ts}


def update(backend: Backend, args: Arguments) -> Json:
    """chat.update."""
    channel = joined(backend, args.required("channel"))
    message = _own(backend, channel, args.required("ts"), "cant_update_message")
    said = content(args, most=UPDATE_TEXT)
    if said.text is None and said.blocks is None and said.attachments is None and said.metadata is None:
        raise Refused("no_text")
    edit(backend, message, said)
    shown = message_json(backend.workspace, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(backend: Backend, args: Arguments) -> Json:
    """chat.delete."""
    channel = joined(backend, args.required("channel"))
    message = _own(backend, channel, args.required("ts"), "cant_delete_message")
    erase(backend, message, backend.workspace.bot.id)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(backend: Backend, args: Arguments) -> Json:
    """chat.getPermalink."""
    channel = joined(backend, args.required("channel"))
    message = existing(channel, args.required("message_ts"))
    domain = backend.workspace.team["domain"]
    link = f"https://{domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(backend: Backend, args: Arguments) -> Json:
    """reactions.add."""
    name = (args.text("name") or "").strip(":")
    if not _EMOJI_NAME.fullmatch(name):
        raise Refused("invalid_name")
    if args.text("channel") is None or args.text("timestamp") is None:
        raise Refused("no_item_specified")
    channel = joined(backend, args.required("channel"))
    message = existing(channel, args.required("timestamp"))
    bot = backend.workspace.bot.id
    if bot in message.reactions.get(name, []):
        raise Refused("already_reacted")
    message.reactions.setdefault(name, []).append(bot)
    backend.workspace.touch("edit", None, message)
    return {}


def target(backend: Backend, key: str) -> Channel:
    """Where a message goes: a conversation the app is in, or the direct message with a user named by id.

    Raises:
        Refused: ``channel_not_found``, ``not_in_channel``, ``cannot_dm_bot`` or ``is_archived``.
    """
    workspace = backend.workspace
    if key in workspace.people:
        person = workspace.people[key]
        if person.is_bot:
            raise Refused("cannot_dm_bot")
        if person.deleted:
            raise Refused("channel_not_found")
        return workspace.im(key)
    channel = joined(backend, key)
    if channel.im_user is not None and workspace.people[channel.im_user].deleted:
        raise Refused("is_archived")
    return channel


def joined(backend: Backend, key: str) -> Channel:
    """A conversation the app is a member of.

    Raises:
        Refused: ``channel_not_found`` or ``not_in_channel``.
    """
    channel = backend.workspace.channel(key)
    if backend.workspace.bot.id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def existing(channel: Channel, ts: str) -> Message:
    """A message everyone in the conversation can see.

    Raises:
        Refused: ``message_not_found``.
    """
    message = channel.messages.get(ts)
    if message is None or message.deleted or message.only_for is not None:
        raise Refused("message_not_found")
    return message


def _own(backend: Backend, channel: Channel, ts: str, otherwise: str) -> Message:
    message = existing(channel, ts)
    if message.user != backend.workspace.bot.id:
        raise Refused(otherwise)
    return message
