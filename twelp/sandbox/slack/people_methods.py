"""The Web API's methods about the app itself and about people: ``auth.*``, ``users.*``, ``dnd.*``, ``apps.*``.

Source: https://docs.slack.dev/reference/methods, one page a method.
"""

from __future__ import annotations

from twelp.sandbox.slack.arguments import Arguments
from twelp.sandbox.slack.backend import Backend
from twelp.sandbox.slack.paging import page
from twelp.sandbox.slack.people import Person
from twelp.sandbox.slack.workspace import Json, Refused, Workspace


def auth_test(backend: Backend, args: Arguments) -> Json:
    """auth.test."""
    team, bot = backend.workspace.team, backend.workspace.bot
    return {
        "url": f"https://{team['domain']}.slack.com/",
        "team": team["name"],
        "user": bot.name,
        "team_id": team["id"],
        "user_id": bot.id,
        "bot_id": bot.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(backend: Backend, args: Arguments) -> Json:
    """apps.connections.open."""
    base = backend.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={backend.outgoing.ticket()}&app_id={backend.workspace.app_id}"}


def list_users(backend: Backend, args: Arguments) -> Json:
    """users.list; everyone at once when no limit is given."""
    workspace = backend.workspace
    people = list(workspace.people.values())
    limit = args.number("limit", len(people), most=1000)
    shown, cursor = page(people, lambda p: p.id, args.text("cursor"), limit)
    now = workspace.clock.now()
    return {
        "members": [p.as_json(workspace.team["id"], now) for p in shown],
        "cache_ts": int(workspace.clock.time()),
        "response_metadata": {"next_cursor": cursor},
    }


def user_info(backend: Backend, args: Arguments) -> Json:
    """users.info; deactivated members are still there."""
    workspace = backend.workspace
    person = workspace.people.get(args.required("user"))
    if person is None:
        raise Refused("user_not_found")
    return {"user": person.as_json(workspace.team["id"], workspace.clock.now())}


def user_by_email(backend: Backend, args: Arguments) -> Json:
    """users.lookupByEmail; it does not find deactivated members."""
    workspace = backend.workspace
    email = args.required("email")
    try:
        person = workspace.find(email)
    except LookupError:
        raise Refused("users_not_found") from None
    if person.deleted or (person.email or "").casefold() != email.casefold():
        raise Refused("users_not_found")
    return {"user": person.as_json(workspace.team["id"], workspace.clock.now())}


def dnd_info(backend: Backend, args: Arguments) -> Json:
    """dnd.info; another person's manual snooze is not told."""
    workspace = backend.workspace
    person = workspace.people.get(args.text("user") or workspace.bot.id)
    if person is None:
        raise Refused("user_not_found")
    return dnd_status(person, workspace)


def dnd_status(person: Person, workspace: Workspace) -> Json:
    """Somebody's do-not-disturb hours, without a snooze."""
    window = person.next_dnd(workspace.clock.now())
    if window is None:
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    starts, ends = (int(each.timestamp()) for each in window)
    return {"dnd_enabled": True, "next_dnd_start_ts": starts, "next_dnd_end_ts": ends}
