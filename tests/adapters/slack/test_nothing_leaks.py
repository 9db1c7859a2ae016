"""Every handler there is, pressed over the wire: none but the confirmation, by somebody who may, can publish."""

from __future__ import annotations

import ast
import re
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App

from tests.adapters.slack import samples
from tests.adapters.slack.samples import QUESTION
from tests.adapters.slack.town import JO, KIM, NoteDesk, Town, until
from twelp import desk
from twelp.adapters.slack import (
    buttons,
    cards,
    home,
    incoming,
    modal,
    repairs,
    reviews,
    suggesting,
    transport,
    window_parts,
    window_state,
)
from twelp.adapters.slack.listeners import register
from twelp.model import CardState, Done

PUBLISHING = {"approve_changed", "confirm", "approve"}
"""What of the desk leads to the public: the author's last word, and a moderator's for an answer that has it."""

MAY_NOT = ("guest", "single", "far", "robot", "gone")
TEXT = "Yes, both of them."


class Counted(ThreadPoolExecutor):
    """A pool that knows what it has not finished."""

    under_way: set[Future[Any]] = set()  # noqa: RUF012 - of all pools together

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(*args, **kwargs)
        self.under_way.add(future)
        future.add_done_callback(self.under_way.discard)
        return future


@pytest.fixture
def town(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The roster names guests, a bot, a stranger and somebody who left, too."""
    for module in (incoming, transport):
        monkeypatch.setattr(module, "ThreadPoolExecutor", Counted)
    addresses = [f"{who}@{'other' if who == 'far' else 'acme'}.example" for who in MAY_NOT]
    town.slack = town.adapter(JO, KIM, *addresses)
    return town


def handlers(town: Town) -> list[tuple[str, str]]:
    """Every (surface, name) that the app listens to, as it registers them."""
    found: list[tuple[str, str]] = []

    class Noting(App):
        """Notes what is registered."""

    def noting(surface: str) -> Any:
        def register_one(self: App, name: Any, *_: Any, **__: Any) -> Any:
            plain = re.sub(r"\\d$", "0", name.pattern) if isinstance(name, re.Pattern) else name
            found.append((surface, plain))
            return lambda listener: listener

        return register_one

    for surface in ("action", "view", "event", "command", "shortcut"):
        setattr(Noting, surface, noting(surface))
    app = Noting(token="xoxb-1", token_verification_enabled=False)
    register(app, NoteDesk(), town.slack.people, town.slack._disturbance)
    return [*found, *(("action", f"{buttons.MORE} {word}") for word in lines())]


def lines() -> set[str]:
    """The first word of every line that any card's menu has."""
    shown = [cards.lay_out(samples.card(state, may_retract=True, may_restore=True)).blocks for state in CardState]
    acts = [act for blocks in shown for block in blocks for act in block.get("elements", ())]
    return {option["value"].split()[0] for act in acts for option in act.get("options", ())}


def payload(surface: str, name: str, user: str) -> tuple[str, dict[str, Any]]:
    """What Slack would send for it, with everything in it that any handler reads."""
    name, _, line = name.partition(" ")
    blocks = {window_state.ANSWER_BLOCK: {window_state.TYPING: {"type": "plain_text_input", "value": TEXT}}}
    blocks |= {modal.NOTE_BLOCK: {modal.NOTE: {"type": "plain_text_input", "value": TEXT}}}
    blocks |= {b: {home.INPUT: {"type": "plain_text_input", "value": "3"}} for b in (home.QUIET_BLOCK, home.ASKS_BLOCK)}
    chosen = {"type": "static_select", "selected_option": {"value": "tv"}}
    blocks |= {"choice": {"twelp_choice": chosen}, "question": {"twelp_question": chosen}}
    form = modal.form_view(samples.FORM)
    view = {**form, "id": "V1", "callback_id": name, "state": {"values": blocks}, "hash": "1"}
    view["private_metadata"] = window_state.pack(QUESTION, TEXT)
    who = {"user": {"id": user, "name": user}, "team": {"id": "T0SANDBOX1"}, "trigger_id": "1.2.3"}
    if surface == "action":
        action = {"action_id": name, "block_id": "b", "type": "button", "value": QUESTION, "action_ts": "1.5"}
        if name.startswith(window_parts.START_FROM):
            action["value"] = "1"
        option = {"selected_option": {"value": f"{line or buttons.DISMISS} {QUESTION}"}} if name == buttons.MORE else {}
        return "interactive", {"type": "block_actions", **who, "view": view, "actions": [action | option]}
    if surface == "view":
        return "interactive", {"type": "view_submission", **who, "view": view, "response_urls": []}
    if surface == "shortcut":
        message = {"type": "message", "text": TEXT, "ts": "1.1", "thread_ts": "1.0"}
        place = {"channel": {"id": "D1"}, "message": message, "message_ts": "1.1"}
        return "interactive", {"type": "message_action", "callback_id": name, **who, **place}
    if surface == "command":
        return "slash_commands", {"command": name, "text": "status", "user_id": user, "trigger_id": "1.2.3"}
    event = {
        "type": name,
        "user": user,
        "channel": "D1",
        "channel_type": "im",
        "text": TEXT,
        "tab": "home",
        "ts": "1.1",
    }
    if name in ("user_change", "team_join"):
        event["user"] = {"id": user}  # type: ignore[assignment]
    return "events_api", {"type": "event_callback", "event_id": f"Ev{name}{user}", "team_id": "T1", "event": event}


def pressed(live: Town, surface: str, name: str, user: str) -> set[str]:
    """Which of the desk's methods one payload led to."""
    before = len(live.desk.calls)
    kind, what = payload(surface, name, user)
    retry = (0, "") if kind == "events_api" else None
    live.world.do(live.world.delivery.send(kind, what, retry=retry))
    until(lambda: not Counted.under_way)
    return {call[0] for call in live.desk.calls[before:]}


def test_no_handler_publishes_but_the_confirmation_and_the_approval_of_what_was_confirmed(live: Town) -> None:
    live.desk.says |= {"suggest": samples.FORM, "start_from": samples.FORM, "shorten": samples.FORM, "open_home": None}
    live.desk.says |= {"rules_for": Done(True, ""), "answerable": Done(True, "")}
    live.slack.people.refresh()
    found = {(surface, name): pressed(live, surface, name, "U0JO") for surface, name in handlers(live)}
    publishing = {where: calls & PUBLISHING for where, calls in found.items() if calls & PUBLISHING}
    assert publishing == {
        ("view", modal.CONFIRM): {"confirm"},
        ("action", buttons.APPROVE): {"approve"},
        ("view", reviews.APPROVED): {"approve"},
        ("view", reviews.CHANGE_APPROVED): {"approve_changed"},
    }
    silent = {where for where, calls in found.items() if not calls}
    assert ("view", repairs.TOPIC) not in silent, "the payloads reach the handlers"
    assert ("shortcut", suggesting.SHORTCUT) not in silent


@pytest.mark.parametrize("who", MAY_NOT)
def test_who_may_not_act_confirms_and_approves_nothing_whatever_the_roster_says(live: Town, who: str) -> None:
    live.slack.people.refresh()
    for surface, name in (
        ("view", modal.CONFIRM),
        ("action", buttons.APPROVE),
        ("view", reviews.APPROVED),
        ("view", reviews.CHANGE_APPROVED),
        ("view", suggesting.CHOOSE),
    ):
        assert pressed(live, surface, name, f"U0{who.upper()}") == set()


def callers(name: str) -> set[str]:
    """Which functions of the desk name this."""
    found = set()
    for path in (Path(desk.__file__).parent).glob("*.py"):
        for made in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(made, ast.FunctionDef):
                inner = list(ast.walk(made))
                named = {part.attr for part in inner if isinstance(part, ast.Attribute)}
                found |= {made.name} if name in named else set()
    return found


def test_one_way_leads_into_the_public_outbox() -> None:
    """The desk above is a stub. This is the real one's: who puts a reply into the outbox, and who leads there."""
    ways = {"send_out", "_send_wording", "_into_ledger"}
    assert callers("REPLY") | callers("THREAD") == ways, "or writes down what a person posted"
    assert callers("_send_wording") == {"_share", "another_wording"}, "in words that were confirmed with an answer"
    assert callers("_share") == callers("_follow") == {"look"}, "of an answer that stands"
    assert callers("another_wording") == {"_back_to_author"}
    assert callers("send_out") == {"_hold", "publish", "approve", "post_anew"}
    assert callers("_hold") == {"confirm"}
    assert callers("_publish_later") == {"_hold"}
