"""What can happen in a case: each public method of `Acts` is an act, by its name and with its arguments.

`who` is a person's first name in small letters or an e-mail address; `post` and `id` are names that the case gives to
posts. Spans of time are `{minutes: 6}` or, for a post's age, `40d`, `5m`, `30s`, `2h`.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, Final

from tests.stories.conftest import Scene
from tests.stories.town import mail

BRAND: Final = "VoltHelp"
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Acts:
    """The acts of one case on one scene.

    Attributes:
        ids: the network's id of each post that the case has named.
        refused: what a person's window said when it did not take their answer.
        preview: what the last window before a confirmation showed.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.ids: dict[str, str] = {}
        self.refused: dict[str, str] = {}
        self.preview = ""

    # ------------------------------------------------------------ on X

    def post(
        self,
        text: str,
        id: str | None = None,  # noqa: A002 - the vocabulary's word
        heard: bool = True,
        unmentioned: bool = False,
        age: str | None = None,
        **more: Any,
    ) -> None:
        """Somebody posts. `as`, `reply_to`, `quotes`, `repost_of`, `name` as the local X knows them; `age` posts it in
        the past; `unmentioned` takes the others' names out of a reply; `heard: false` leaves it unread for now."""
        body = {"text": text, "as": "mia", **more}
        body |= {name: self.ids[body[name]] for name in ("reply_to", "quotes", "repost_of") if name in body}
        if unmentioned:
            body["unmentioned"] = True
        if age:
            body["created_at"] = (self._scene.clock.at - span(age)).isoformat()
        self._keep(id, self._scene.control("POST", "x/posts", body))
        if heard:
            self._hear()

    def by_hand(self, text: str, reply_to: str, id: str | None = None, **more: Any) -> None:  # noqa: A002
        """A colleague answers from the brand's account in X's own app."""
        self.post(text, id, reply_to=reply_to, **{"as": BRAND, **more})

    def edit(self, post: str, text: str, id: str | None = None, conversation: str = "same") -> None:  # noqa: A002
        """The author edits a post, which gets a new id; `conversation` is `same`, or `own` for the new id."""
        body = {"text": text, "own_conversation": conversation != "same", "beyond_limits": True}
        self._keep(id, self._scene.control("POST", f"x/posts/{self.ids[post]}/edits", body))
        self._hear()

    def delete(self, post: str) -> None:
        """The author deletes a post."""
        self._scene.delete(self.ids[post])
        self._hear()

    def rename(self, who: str, to: str) -> None:
        """An account on X takes another handle."""
        self._scene.control("POST", f"x/accounts/{who}", {"handle": to})

    def fault(self, **fault: Any) -> None:
        """Lets something go wrong on the wire, in the words of `twelp.sandbox.faults`: kind, network, method, path."""
        self._scene.fault(**fault)

    def mend(self) -> None:
        """Whatever was to go wrong on the wire goes wrong no more."""
        self._scene.control("DELETE", "faults")

    # ------------------------------------------------------------ time, and the house

    def start(self) -> None:
        """Starts the bot (again) and lets it read."""
        self._scene.open()
        self._scene.listen()
        self._settle()

    def stop(self) -> None:
        """Stops the bot."""
        self._scene.close()

    def hear(self) -> None:
        """The bot reads what is new, now."""
        self._hear()

    def wait(self, **by: float) -> None:
        """Time passes, and what comes due happens at its hour."""
        self._settle()
        if self._scene.house is None:
            self.skip(**by)
        else:
            self._scene.pass_time(**by)

    def skip(self, **by: float) -> None:
        """Time passes at once, as over a standstill: nothing that comes due is looked at meanwhile."""
        self._scene.skip(**by)

    def until(self, at: str) -> None:
        """The clock jumps to that hour (ISO 8601 with its zone); also as an act before the start."""
        self._settle()
        self._scene.skip(seconds=(datetime.fromisoformat(at) - self._scene.clock.at).total_seconds())

    # ------------------------------------------------------------ in Slack

    def press(self, who: str, label: str, post: str | None = None) -> None:
        """Presses the button on the person's newest card (about that post)."""
        self._scene.click(who, label, self._id(post))

    def menu(self, who: str, word: str, post: str) -> None:
        """Chooses from the menu of the person's card: `retract`, `correct`, `retopic`, `pass_to`, `dismiss`, …"""
        card = self._scene.card(who, self._id(post))
        self._scene.press(who, card, action_id="twelp_more", value=f"{word} x:{self._id(post)}")

    def answer(self, who: str, text: str, post: str | None = None, **_: Any) -> None:
        """Answer, write, preview, confirm. `who: '?'` is whoever was asked first. Refused without *Answer*."""
        if who == "?":
            who = self._scene.asked(self.ids[str(post)])[0]
        if "Answer" not in self._scene.buttons(who, self._id(post)):
            self.refused[who] = f"no button: {self._scene.words(who, self._id(post))}"
            return
        self._scene.click(who, "Answer", self._id(post))
        if self._submitted(who, text):
            self.preview = self._scene.window(who)
            self._scene.submit(who)
        else:
            self._scene.shut(who)

    def form(self, who: str, text: str | None = None, post: str | None = None) -> None:
        """Opens the answer window, and types that text without sending it."""
        self._scene.click(who, "Answer", self._id(post))
        if text is not None:
            view = self._scene.until(lambda: self._scene.view(who), "the window")
            block = _first_input(view)
            where = {"view_id": view["id"], "block_id": block["block_id"], "action_id": block["element"]["action_id"]}
            self._scene.control("POST", "slack/type", {"user": mail(who), "text": text, **where})
            self._settle()

    def send(self, who: str) -> None:
        """Sends the open window as it stands, and confirms."""
        view = self._scene.view(who)
        assert view is not None, f"no window is open before {who}"
        if self._submitted(who, str(_first_input(view)["element"].get("initial_value", ""))):
            self.preview = self._scene.window(who)
            self._scene.submit(who)

    def suggest(self, who: str, text: str, post: str) -> None:
        """Writes in the card's thread and picks *Suggest as answer* on it."""
        card = self._scene.card(who, self.ids[post])
        where = {"user": mail(who), "channel": card["channel"]}
        said = self._scene.control("POST", "slack/write", {**where, "text": text, "thread_ts": card["ts"]})
        self._scene.control("POST", "slack/shortcut", {**where, "callback_id": "twelp_suggest", "ts": said["ts"]})
        self._settle()

    def command(self, who: str, text: str) -> None:
        """Types `/twelp` and that text."""
        self._scene.control("POST", "slack/command", {"user": mail(who), "command": "/twelp", "text": text})
        self._settle()

    def home(self, who: str) -> None:
        """Opens the app's Home tab."""
        self._scene.control("POST", "slack/home", {"user": mail(who)})
        self._settle()

    def press_home(self, who: str, label: str) -> None:
        """Presses a button on the Home tab as the person has it before them."""
        view = self._scene.control("GET", "slack/views", user=mail(who))["home"]
        self._scene.control("POST", "slack/click", {"user": mail(who), "view_id": view["id"], "label": label})
        self._settle()

    def slack(self, who: str, **change: Any) -> None:
        """A person's Slack account changes: email, deleted, tz, …"""
        self._scene.control("PATCH", f"slack/users/{mail(who)}", change)
        self._settle()

    # ------------------------------------------------------------

    def _id(self, post: str | None) -> str | None:
        return None if post is None else self.ids[post]

    def _keep(self, name: str | None, made: dict[str, Any]) -> None:
        if name:
            self.ids[name] = str(made["id"])

    def _hear(self) -> None:
        if self._scene.house is not None:
            self._scene.listen()

    def _submitted(self, who: str, text: str) -> bool:
        act = self._scene.submit(who, text)
        if act["errors"]:
            self.refused[who] = " ".join(act["errors"].values())
        return not act["errors"]

    def _settle(self) -> None:
        """Waits until Slack's events were delivered and the house has come to rest."""
        if self._scene.house is not None:
            events = self._scene.running.sandbox.slack.delivery.events
            self._scene.until(lambda: all(event.attempts for event in list(events.values())), "the events' delivery")
            self._scene.settle()


def span(text: str) -> timedelta:
    """A span of time as cases write it.

    >>> span("40d"), span("5m")
    (datetime.timedelta(days=40), datetime.timedelta(seconds=300))
    """
    found = re.fullmatch(r"(\d+)\s*([smhd])", str(text))
    assert found, f"{text!r} is no span of time; expected one like 30s, 5m, 2h or 40d"
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _first_input(view: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(block for block in view["blocks"] if block["type"] == "input")
    return found
