"""The Web API's ``views.*`` methods.

Source: https://docs.slack.dev/reference/methods, one page a method.
"""

from __future__ import annotations

from typing import Any

from twelp.sandbox.slack.arguments import Arguments
from twelp.sandbox.slack.backend import Backend
from twelp.sandbox.slack.views import shown
from twelp.sandbox.slack.workspace import Json, Refused


def open_view(backend: Backend, args: Arguments) -> Json:
    """views.open."""
    view = backend.views.open(args.required("trigger_id"), _view(args))
    return {"view": shown(view, backend.workspace)}


def push(backend: Backend, args: Arguments) -> Json:
    """views.push."""
    view = backend.views.push(args.required("trigger_id"), _view(args))
    return {"view": shown(view, backend.workspace)}


def update(backend: Backend, args: Arguments) -> Json:
    """views.update, by view id or external id."""
    view_id, external_id = args.text("view_id"), args.text("external_id")
    if view_id is None and external_id is None:
        raise Refused("invalid_arguments", ["missing required field: view_id or external_id"])
    given = _view(args)
    view = backend.views.find(view_id, external_id)
    if view is None:
        raise Refused("not_found")
    return {"view": shown(backend.views.update(view, given, args.text("hash")), backend.workspace)}


def publish(backend: Backend, args: Arguments) -> Json:
    """views.publish."""
    user = args.required("user_id")
    given = _view(args)
    if user not in backend.workspace.people or backend.workspace.people[user].deleted:
        raise Refused("invalid_arguments", ["user_id is not a member of this workspace"])
    view = backend.views.publish(user, given, args.text("hash"))
    return {"view": shown(view, backend.workspace)}


def _view(args: Arguments) -> Any:
    view = args.structure("view", "invalid_arguments")
    if view is None:
        raise Refused("invalid_arguments", ["missing required field: view"])
    return view
