"""The Web API's ``conversations.*`` methods.

Source: https://docs.slack.dev/reference/methods, one page a method.
"""

from __future__ import annotations

from twelp.sandbox.slack.arguments import Arguments
from twelp.sandbox.slack.backend import Backend
from twelp.sandbox.slack.chat_methods import joined
from twelp.sandbox.slack.paging import page
from twelp.sandbox.slack.shapes import channel_json, message_json
from twelp.sandbox.slack.workspace import Channel, Json, Message, Refused


def open_conversation(backend: Backend, args: Arguments) -> Json:
    """conversations.open, with one person (a direct message) or up to eight (a group)."""
    workspace = backend.workspace
    if channel_id := args.text("channel"):
        return _opened(backend, workspace.channel(channel_id), args, already=True)
    users = [u.strip() for u in (args.text("users") or "").split(",") if u.strip()]
    if not users:
        raise Refused("users_list_not_supplied")
    if len(users) > 8:
        raise Refused("too_many_users")
    for user in users:
        person = workspace.people.get(user)
        if person is None:
            raise Refused("user_not_found")
        if person.deleted:
            raise Refused("user_disabled")
        if person.is_bot:
            raise Refused("cannot_dm_bot")
    if len(users) == 1:
        already = workspace.has_im(users[0])
        return _opened(backend, workspace.im(users[0]), args, already=already)
    members = sorted({*users, workspace.bot.id})
    for channel in workspace.channels.values():
        if channel.is_mpim and channel.members == members:
            return _opened(backend, channel, args, already=True)
    name = "mpdm-" + "--".join(workspace.people[m].name for m in members) + "-1"
    group = Channel(workspace.ids.fresh("C"), name, members, is_mpim=True)
    workspace.channels[group.id] = group
    return _opened(backend, group, args, already=False)


def _opened(backend: Backend, channel: Channel, args: Arguments, *, already: bool) -> Json:
    shown = channel_json(backend.workspace, channel) if args.flag("return_im") else {"id": channel.id}
    return {"channel": shown, **({"no_op": True, "already_open": True} if already else {})}


def history(backend: Backend, args: Arguments) -> Json:
    """conversations.history: newest first, without thread replies."""
    channel = joined(backend, args.required("channel"))
    said = [m for m in channel.messages.values() if m.thread_ts in (None, m.ts) and not m.only_for and not m.deleted]
    return _paged(backend, said[::-1], args, default=100)


def replies(backend: Backend, args: Arguments) -> Json:
    """conversations.replies: a thread with its parent, oldest first."""
    channel = joined(backend, args.required("channel"))
    thread = backend.workspace.thread(channel, args.required("ts"))
    if not thread:
        raise Refused("thread_not_found")
    return _paged(backend, thread, args, default=1000)


def _paged(backend: Backend, messages: list[Message], args: Arguments, *, default: int) -> Json:
    oldest, latest, inclusive = args.text("oldest"), args.text("latest"), args.flag("inclusive")
    kept = [m for m in messages if _within(m.ts, oldest, latest, inclusive=inclusive)]
    limit = args.number("limit", default, most=999 if default < 1000 else 1000)
    shown, cursor = page(kept, lambda m: m.ts, args.text("cursor"), limit)
    metadata = args.flag("include_all_metadata")
    answer: Json = {
        "messages": [message_json(backend.workspace, m, metadata=metadata) for m in shown],
        "has_more": bool(cursor),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _within(ts: str, oldest: str | None, latest: str | None, *, inclusive: bool) -> bool:
    try:
        at, low, high = float(ts), float(oldest or 0), float(latest or "inf")
    except ValueError:
        raise Refused("invalid_ts_oldest" if oldest else "invalid_ts_latest") from None
    return low < at < high or (inclusive and at in (low, high))


def info(backend: Backend, args: Arguments) -> Json:
    """conversations.info."""
    return {"channel": channel_json(backend.workspace, backend.workspace.channel(args.required("channel")))}


def list_conversations(backend: Backend, args: Arguments) -> Json:
    """conversations.list; public channels unless `types` says otherwise."""
    types = {t.strip() for t in (args.text("types") or "public_channel").split(",")}
    if unknown := types - {"public_channel", "private_channel", "mpim", "im"}:
        raise Refused("invalid_types", [f"unknown type: {sorted(unknown)[0]}"])

    def kind(channel: Channel) -> str:
        return "im" if channel.im_user else "mpim" if channel.is_mpim else "public_channel"

    wanted = [c for c in backend.workspace.channels.values() if kind(c) in types]
    shown, cursor = page(wanted, lambda c: c.id, args.text("cursor"), args.number("limit", 100, most=1000))
    channels = [channel_json(backend.workspace, c) for c in shown]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def members(backend: Backend, args: Arguments) -> Json:
    """conversations.members."""
    channel = joined(backend, args.required("channel"))
    limit = args.number("limit", 100, most=1000)
    shown, cursor = page(channel.members, str, args.text("cursor"), limit)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}
