"""How the workspace's things look in JSON, in Slack's shapes.

Source: https://docs.slack.dev/reference/objects and the examples of each Web API method.
"""

from __future__ import annotations

from typing import Any

from twelp.sandbox.slack.workspace import Channel, Json, Message, Workspace


def message_json(workspace: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """A message as history, events and interactions carry it; `metadata` only where it was asked for."""
    shown: Json = {"user": message.user, "type": "message", "ts": message.ts, "text": message.text}
    if message.client_msg_id:
        shown["client_msg_id"] = message.client_msg_id
    shown["team"] = workspace.team["id"]
    if message.by_app:
        shown |= {"bot_id": workspace.bot.bot_id, "app_id": workspace.app_id, "bot_profile": _bot_profile(workspace)}
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.only_for:
        shown["is_ephemeral"] = True
    if message.edited_ts:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.reactions:
        shown["reactions"] = [{"name": n, "users": u, "count": len(u)} for n, u in message.reactions.items()]
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    shown |= _thread_fields(workspace, message)
    return shown


def _thread_fields(workspace: Workspace, message: Message) -> Json:
    channel = workspace.channels[message.channel]
    if message.thread_ts and message.thread_ts != message.ts:
        parent = channel.messages.get(message.thread_ts)
        return {"thread_ts": message.thread_ts, **({"parent_user_id": parent.user} if parent else {})}
    replies = [m for m in channel.messages.values() if m.thread_ts == message.ts and not m.only_for and not m.deleted]
    if not replies:
        return {}
    users = list(dict.fromkeys(m.user for m in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "reply_users": users,
        "is_locked": False,
        "subscribed": True,
    }


def _bot_profile(workspace: Workspace) -> Json:
    return {
        "id": workspace.bot.bot_id,
        "app_id": workspace.app_id,
        "user_id": workspace.bot.id,
        "name": workspace.bot.name,
        "icons": {},
        "deleted": False,
        "updated": 0,
        "team_id": workspace.team["id"],
    }


def members_json(workspace: Workspace) -> list[Json]:
    """Every member of the workspace as a user object."""
    now = workspace.clock.now()
    return [person.as_json(workspace.team["id"], now) for person in workspace.people.values()]


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    """A conversation object."""
    shared: dict[str, Any] = {
        "id": channel.id,
        "created": 1_700_000_000,
        "is_archived": False,
        "is_im": channel.im_user is not None,
        "is_org_shared": False,
        "context_team_id": workspace.team["id"],
        "updated": 1_700_000_000_000,
    }
    if channel.im_user is not None:
        deleted = workspace.people[channel.im_user].deleted
        return shared | {"user": channel.im_user, "is_user_deleted": deleted, "priority": 0}
    return shared | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_mpim,
        "is_group": False,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_mpim,
        "is_member": workspace.bot.id in channel.members,
        "is_general": channel.name == "general",
        "creator": "USLACKBOT",
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def seen_json(workspace: Workspace, message: Message) -> Json:
    """A message as the control plane shows it: what a person sees, with its history, state, metadata and pings."""
    shown = message_json(workspace, message, metadata=True)
    channel = workspace.channels[message.channel]
    return shown | {
        "channel": message.channel,
        "with": workspace.people[channel.im_user].real_name if channel.im_user else channel.name,
        "deleted": message.deleted,
        "only_for": message.only_for,
        "pings": list(message.pings),
        "history": message.history,
    }
