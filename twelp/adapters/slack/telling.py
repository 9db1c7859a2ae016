"""What a person hears back: a line only they see, a window, or nothing where the card itself tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from twelp.adapters.slack.blocks import escape, legible
from twelp.adapters.slack.buttons import pressed
from twelp.adapters.slack.failures import code_of, over_limit_for_s
from twelp.adapters.slack.modal import View, failed_view
from twelp.adapters.slack.sdk import webhook
from twelp.adapters.slack.window_state import seen_in
from twelp.model import Done, Press
from twelp.texts import slack as texts

Body = Mapping[str, Any]

_STALE_TRIGGER: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired"})
_shut: Final[dict[tuple[str, str], float]] = {}
"""By address and method: until when, on the monotonic clock, Slack wants no such call. A click waits for nobody."""


def tell(body: Body, text: str, client: WebClient | None = None, *, title: str = texts.NOT_DONE) -> None:
    """Says something to the person who clicked, and to nobody else; the card stays as it is.

    Where Slack gives no address to answer at (a click on a person's own tab), a window says it.
    """
    if not body.get("response_url"):
        if client is not None and body.get("trigger_id"):
            open_window(client, body, failed_view(text, title=title))
        return
    told = webhook(body["response_url"])
    told.send(text=escape(legible(text)), response_type="ephemeral", replace_original=False)


def open_window(client: WebClient, body: Body, view: View) -> None:
    """Opens a window before the person, or says that it took too long; while over Slack's limit, without asking it."""
    here = (client.base_url, "views.open")
    if monotonic() < _shut.get(here, 0.0):
        tell(body, texts.TOO_SLOW)
        return
    try:
        client.views_open(trigger_id=body["trigger_id"], view=view)
    except SlackApiError as error:
        _note_limit(here, error)
        if code_of(error) not in _STALE_TRIGGER:
            raise
        tell(body, texts.TOO_SLOW)


def update_window(client: WebClient, view_id: str, view: View) -> None:
    """Changes an open window; one that was closed meanwhile stays so, as does any while over Slack's limit."""
    here = (client.base_url, "views.update")
    if monotonic() < _shut.get(here, 0.0):
        return
    try:
        client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        _note_limit(here, error)
        if code_of(error) not in (
            "not_found",
            "view_not_found",
            "expired_trigger_id",
        ):  # closed meanwhile
            raise


def _note_limit(here: tuple[str, str], error: SlackApiError) -> None:
    wait_s = over_limit_for_s(error)
    if wait_s is not None:
        _shut[here] = monotonic() + wait_s


def clicked(body: Body, seen: str) -> Press:
    """The button or menu that was pressed on what showed `seen`."""
    action: Mapping[str, Any] = (body.get("actions") or [{}])[0]
    said_at, who = action.get("action_ts"), (body.get("user") or {}).get("id")
    return Press(seen, click=f"{who}:{said_at}" if said_at and who else "")


def sent(view: Body) -> Press:
    """The window that was sent."""
    return Press(seen_in(view["private_metadata"]), window=view["id"])


def do(
    act: Callable[[str, str, Press], Done], value: str, person: str | None, body: Body, client: WebClient | None = None
) -> bool:
    """One step, by a button of that value; only a refusal is said. False for a refusal."""
    if person is None:
        tell(body, texts.NOT_ROSTERED, client)
        return False
    question, seen = pressed(value)
    done = act(question, person, clicked(body, seen))
    if not done.ok:
        tell(body, done.message, client)
    return done.ok
