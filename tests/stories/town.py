"""The world around a house: a small roster, customers on the local X, people in the local Slack, and what they see."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import urllib3

from twelp.model import Roster
from twelp.roster import check
from twelp.sandbox.server import Running

ROSTER = """
version: 1
brand: {name: Volt, handles: {x: VoltHelp}}
topics:
  - {id: tv, name: TV, keywords: [tv, picture, hdmi, screen], examples: [my tv shows no picture]}
  - {id: audio, name: Audio, keywords: [sound, speaker, soundbar, headphones], examples: [no sound from the speaker]}
experts:
  - {slack: ann@volt.example, name: Ann Lee, initials: AL, topics: [tv], zone: UTC, daily_asks: 50}
  - {slack: bob@volt.example, name: Bob Roe, initials: BR, topics: [tv], zone: UTC, daily_asks: 50}
  - {slack: cy@volt.example, name: Cy Moss, initials: CM, topics: [tv], zone: UTC, daily_asks: 50}
  - {slack: di@volt.example, name: Di Fox, initials: DF, topics: [tv], zone: UTC, daily_asks: 50}
  - {slack: ed@volt.example, name: Ed Poe, initials: EP, topics: [tv], zone: UTC, daily_asks: 50}
  - {slack: tia@volt.example, name: Tia New, initials: TN, topics: [audio], level: trainee, zone: UTC, daily_asks: 50}
  - {slack: mo@volt.example, name: Mo Dee, initials: MD, topics: [], level: moderator, zone: UTC, daily_asks: 50}
"""

QUESTION = "@VoltHelp why does my tv show no picture?"
ANSWER = "Hold the power button for ten seconds, then unplug HDMI 1."


def read_roster(text: str) -> Roster:
    made, mistakes = check(text, "story.yaml")
    assert made is not None, mistakes
    return made


def mail(person: str) -> str:
    return person if "@" in person else f"{person}@volt.example"


class Town:
    """X and Slack seen from outside, by people and by the sandbox's control plane."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.url = running.url
        self._http = urllib3.PoolManager(maxsize=8, timeout=20, retries=False)
        self.control("POST", "limits", {"lifted": True})

    def leave(self) -> None:
        self._http.clear()

    def settle(self) -> None:
        """Waits until a house, if the test has one in its hand, comes to rest."""

    def control(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        asked = f"{self.url}/_sandbox/{path}" + (f"?{urlencode(query)}" if query else "")
        response = self._http.request(method, asked, json=body)
        assert response.status < 400, response.data.decode()
        return response.json()

    def fault(self, **fault: Any) -> None:
        """Lets something go wrong on the wire."""
        self.control("POST", "faults", fault)

    def requests(self, method: str, path: str) -> int:
        """How often the house asked for this."""
        asked = self.running.sandbox.record.requests()
        return sum(1 for r in asked if r.method == method and r.path == path)

    def until(self, look: Callable[[], Any], what: str = "it", seconds: float = 60) -> Any:
        """Waits until `look` finds something: what comes over a socket takes its moment."""
        deadline = time.monotonic() + seconds
        while not (found := look()):
            assert time.monotonic() < deadline, f"{what} did not happen"
            time.sleep(0.01)
        return found

    # ------------------------------------------------------------ on X

    def post(self, text: str, who: str = "mia", **more: Any) -> str:
        return str(self.control("POST", "x/posts", {"text": text, "as": who, **more})["id"])

    def delete(self, post_id: str) -> None:
        self.control("DELETE", f"x/posts/{post_id}")

    def replies(self, post_id: str) -> list[str]:
        """What the brand has standing under that post."""
        found = [p for p in self.ours() if p["in_reply_to"] == post_id]
        return [p["text"] for p in found]

    def ours(self) -> list[dict[str, Any]]:
        """Everything that the brand has standing on X."""
        posts = self.control("GET", "x/posts")["posts"]
        return [p for p in posts if p["author"] == "VoltHelp" and not p["deleted"]]

    # ------------------------------------------------------------ in Slack

    def cards(self, person: str) -> list[dict[str, Any]]:
        """The person's direct messages that are cards, newest first."""
        return [m for m in self._messages(person) if m.get("blocks") and not m.get("only_for")]

    def told(self, person: str) -> str:
        """What was said to this person alone, all of it."""
        return " ".join(words(m) for m in self._messages(person) if m.get("only_for"))

    def _messages(self, person: str) -> list[dict[str, Any]]:
        return list(self.control("GET", "slack/messages", user=mail(person))["messages"])

    def card(self, person: str, post_id: str | None = None) -> dict[str, Any]:
        """The person's newest card, or their newest card about a post."""
        found = self.cards(person)
        if post_id is not None:
            found = [c for c in found if post_id in str(c["blocks"]) and '"note:' not in json.dumps(c["metadata"])]
        assert found, f"{person} has no card"
        return found[0]

    def words(self, person: str, post_id: str | None = None) -> str:
        """All that the person's newest card says, buttons included."""
        return words(self.card(person, post_id)["blocks"])

    def buttons(self, person: str, post_id: str | None = None) -> list[str]:
        """The labels of the buttons on the person's newest card."""
        rows = [b["elements"] for b in self.card(person, post_id)["blocks"] if b["type"] == "actions"]
        return [words(e) for row in rows for e in row if e["type"] == "button"]

    def click(self, person: str, label: str, post_id: str | None = None) -> dict[str, Any]:
        """Presses a button on the person's newest card (about that post)."""
        return self.press(person, self.card(person, post_id), label=label)

    def press(self, person: str, card: dict[str, Any], **what: Any) -> dict[str, Any]:
        body = {"user": mail(person), "channel": card["channel"], "ts": card["ts"], **what}
        act: dict[str, Any] = self.control("POST", "slack/click", body)
        self.settle()
        return act

    def view(self, person: str) -> dict[str, Any] | None:
        """The window that is open before the person, the topmost one."""
        views = self.control("GET", "slack/views", user=mail(person))["stack"]
        return views[-1] if views else None

    def window(self, person: str) -> str:
        """All that the open window says; nothing when none is open."""
        view = self.view(person)
        return words([view["title"], view["blocks"]]) if view else ""

    def submit(self, person: str, text: str | None = None) -> dict[str, Any]:
        """Fills the first input of the open window, if there is one and a text, and presses its button."""
        view = self.until(lambda: self.view(person), "the window")
        values = {}
        if text is not None:
            block = next(b for b in view["blocks"] if b["type"] == "input")
            values = {block["block_id"]: {block["element"]["action_id"]: text}}
        body = {"user": mail(person), "view_id": view["id"], "values": values}
        act: dict[str, Any] = self.control("POST", "slack/submit", body)
        self.settle()
        return act

    def shut(self, person: str) -> None:
        """Closes every window that is open before the person."""
        self.control("POST", "slack/close", {"user": mail(person), "clear": True})

    def answer(self, person: str, text: str = ANSWER, post_id: str | None = None) -> None:
        """Answer → write → preview → post."""
        self.click(person, "Answer", post_id)
        act = self.submit(person, text)
        assert not act["errors"], act["errors"]
        self.submit(person)

    def pings(self) -> list[Any]:
        """Everybody whom any message pinged."""
        return list(self.control("GET", "slack/pings")["pings"])


def words(part: Any) -> str:
    """Everything a person reads in a part of a message or window, with single spaces."""
    return " ".join(_read(part).split())


def _read(part: Any) -> str:
    if isinstance(part, dict):
        unread = ("history", "metadata", "private_metadata", "block_id", "action_id")
        own = part["text"] if isinstance(part.get("text"), str) else ""
        inner = [_read(v) for k, v in part.items() if k not in unread and isinstance(v, dict | list)]
        return own + " ".join(inner)
    if isinstance(part, Sequence) and not isinstance(part, str):
        running = all(isinstance(p, dict) and p.get("type") in ("text", "link", "date", "emoji") for p in part)
        return ("" if running else " ").join(map(_read, part))
    return ""
