"""A post, a card, a form: what the tests show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from twelp.model import (
    Account,
    Brand,
    Card,
    CardState,
    CrisisShown,
    CrisisState,
    Expert,
    Form,
    Kind,
    PointShown,
    Post,
    Roster,
    Said,
    StormShown,
    Topic,
)
from twelp.texts import slack as texts

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUESTION = "x:1934000000000000001"

POST = Post(
    network="x",
    id="1934000000000000001",
    author=Account("77", "ana_99", "Ana Lopez"),
    text="@acme <!channel> does the *X5* TV do Dolby & DTS? https://a.example <@U1>",
    created_at=NOON,
    conversation="1934000000000000001",
    url="https://x.com/ana_99/status/1934000000000000001",
)

CARD = Card(
    key="ask:1",
    question=QUESTION,
    post=POST,
    topic="TV & Audio",
    reasons=("knows TV & Audio", "answered 3 like it this month"),
    state=CardState.ASKED,
    network="X",
)

_CASE = CrisisShown(
    Kind.SELF_HARM,
    CrisisState.OPEN,
    NOON,
    raised_by="Kim Poe",
    before=(Said("ana_99", "it does not work <!channel>", NOON, asker=True),),
    guidance=texts.GUIDANCE,
)
CRISES = {
    CardState.CRISIS: _CASE,
    CardState.CRISIS_TAKEN: replace(_CASE, state=CrisisState.TAKEN, taken_by="Jo Doe", taken_at=NOON),
    CardState.CRISIS_OVER: replace(
        _CASE, state=CrisisState.HANDLED, closed_by="Jo Doe", closed_at=NOON, how="Called them <!here>."
    ),
}

FORM = Form(question=QUESTION, post=POST, topic="TV & Audio", draft="", signature="^JD", limit=276, network="X")


def card(state: CardState, **changes: Any) -> Card:
    """The card as it stands in `state`, with everything that state shows filled in."""
    filled: dict[str, Any] = {
        "who": "Jo Doe",
        "until": NOON + timedelta(minutes=10),
        "posts": ("Yes, both. ^JD",),
        "note": "",
        "url": "https://x.com/acme/status/1934000000000000002" if state is CardState.PUBLISHED else "",
    }
    if state is CardState.STORM:
        filled |= {"posts": (), "askers": 31, "storm": StormShown(24, 0.4, "▁▁▁▁▁▁▁▁▁▁▃█", "Internet", held=False)}
    if state is CardState.REVIEWING:
        filled["note"] = "Jo is a trainee"
    if state in (CardState.REFUSED, CardState.TO_POST):
        filled["note"] = "X lets us reply only where we were mentioned"
        filled["intent_url"] = "https://x.com/intent/post?in_reply_to=1934000000000000001&text=Yes"
    if (case := CRISES.get(state)) is not None:
        filled |= {"crisis": case, "posts": ()}
    if state in (CardState.ASKED, CardState.UNANSWERED, CardState.PART_ANSWERED):
        filled["posts"] = ()
    if state is CardState.PART_ANSWERED:
        done = PointShown("does the *X5* TV do <!channel> Dolby?", "TV & Audio", answered=True, theirs=True)
        filled["points"] = (done, PointShown("where is my order?", "", answered=False))
    return replace(CARD, state=state, **(filled | changes))


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


def roster(*ids: str) -> Roster:
    """A roster of these people."""
    topic = Topic("tv", "TV & Audio")
    experts = {
        person: Expert(person, f"Person {number}", f"P{number}", ("tv",), ZoneInfo("UTC"))
        for number, person in enumerate(ids)
    }
    return Roster(Brand("Acme", {"x": "acme"}), {"tv": topic}, experts)
