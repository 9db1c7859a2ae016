"""The last stop of whatever goes wrong while somebody does something in Slack: they are told, and nothing was posted.

It writes down where it happened, what kind of thing it was and which question it was about, never a token and never
anybody's words.
"""

from __future__ import annotations

import functools
import logging
import re
import traceback
from collections.abc import Callable, Mapping
from typing import Any, Final

from slack_bolt import Ack
from slack_sdk.errors import SlackApiError, SlackClientError
from urllib3.exceptions import HTTPError

from twelp.about import about
from twelp.adapters.slack import buttons, modal, window_state
from twelp.adapters.slack.failures import code_of
from twelp.adapters.slack.telling import Body, tell
from twelp.errors import TwelpError
from twelp.texts import slack as texts

_SLACKS: Final = (SlackClientError, HTTPError, OSError)
"""Slack's own trouble, or the way to it: no place in our code tells anything about it."""

_QUESTION: Final = re.compile(r"[a-z]{1,20}:[A-Za-z0-9_-]{1,64}")
_ACT: Final = re.compile(r"[a-z0-9_/ ]{1,80}")

Listener = Callable[..., None]

_LOG = logging.getLogger(__name__)


def guarded(listener: Listener) -> Listener:
    """The listener, with the last stop of everything unexpected around it.

    Around each one, because Bolt's own error handler takes an acknowledgement back when the failure comes within a
    hundredth of a second after it (seen with 1.30), and Slack then shows a second, wrong trouble.
    """

    @functools.wraps(listener)
    def safe(**given: Any) -> None:
        question, act = _named(given["body"])
        with about(question):
            try:
                listener(**given)
            except Exception as error:  # the outermost rim: whatever it was, the person is told
                _went_wrong(error, act, given["ack"], given["body"])

    return safe


def _named(body: Body) -> tuple[str, str]:
    """The question that somebody's act is about, and the act, as far as the payload tells; never what they wrote."""
    try:
        view, event, action = body.get("view") or {}, body.get("event") or {}, (body.get("actions") or [{}])[0]
        word, chosen = buttons.chosen((action.get("selected_option") or {}).get("value") or "")
        names = (action.get("action_id"), body.get("command"), body.get("callback_id"), event.get("type"))
        act = next(filter(None, (*names, view.get("callback_id"))), "") + (f" {word}" if word else "")
        values = (window_state.unpack(view.get("private_metadata") or "")[0], action.get("value") or "", chosen)
        told = (buttons.pressed(value)[0] for value in values)
        return next(filter(_QUESTION.fullmatch, told), ""), act if _ACT.fullmatch(act) else ""
    except (AttributeError, LookupError, TypeError):
        return "", ""


def _written(body: Body) -> str:
    """What the person wrote, as far as the payload still tells."""
    try:
        view = body["view"]
        return str(window_state.unpack(view.get("private_metadata") or "")[1] or window_state.typed(view))
    except (AttributeError, LookupError, TypeError):
        return ""


def _went_wrong(error: Exception, act: str, ack: Ack, body: Body) -> None:
    """Journals where it happened and what kind it was, and tells the person that nothing was posted."""
    event = body.get("event")
    kind = str((event if isinstance(event, Mapping) else body).get("type"))[:40]
    what, told = f"{kind} ({act})" if act else kind, {"act": act or kind}
    code = code_of(error) if isinstance(error, SlackApiError) else ""
    if isinstance(error, TwelpError):
        _LOG.error("slack: a %s could not be carried out (%s: %s)", what, type(error).__name__, error, extra=told)
    elif isinstance(error, _SLACKS):
        _LOG.error("slack: a %s could not be carried out (%s %s)", what, type(error).__name__, code, extra=told)
    else:
        place = "".join(traceback.format_tb(error.__traceback__)[-3:])  # the error's own words may hold somebody's text
        _LOG.error("slack: a %s went wrong: %s %s\n%s", what, type(error).__name__, code, place, extra=told)
    if kind == "view_submission" and ack.response is None:  # the window can still say so
        ack(response_action="update", view=modal.failed_view(texts.NOTHING_POSTED, _written(body)))
        return
    if ack.response is None:
        ack()  # Bolt would wait three seconds for it
    if body.get("response_url"):
        try:
            tell(body, texts.NOTHING_POSTED)
        except OSError:
            _LOG.warning("slack: and the person could not be told")
