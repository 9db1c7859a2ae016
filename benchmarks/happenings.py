"""What people do beside asking and answering, while houses are tormented.

Customers edit (`edited`), add (`added`), settle (`settled`), delete (`deleted`) and post anew (`anew`); a colleague
answers in the network's own app (`by_hand`) or deletes an answer of ours there (`taken_down`); an answer is corrected
(`corrected`); the network takes an answer from no program, and a moderator posts it by hand, presses *I posted it*,
now and then twice, or gives up (`lane`). To each post at most one of these happens. What stands at the end is counted
from the sandbox's record and the bot's database: `count`.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx

from benchmarks.experiment import MODERATOR, Crowd
from twelp.adapters.store import SqlStore
from twelp.model import Question, Stage

KINDS: Final = ("edited", "added", "settled", "deleted", "anew", "by_hand", "taken_down", "corrected", "lane")
_ENDS: Final[Mapping[str, frozenset[Stage]]] = {
    "plain": frozenset({Stage.PUBLISHED, Stage.REFUSED}),
    "edited": frozenset({Stage.PUBLISHED}),
    "added": frozenset({Stage.PUBLISHED}),
    "settled": frozenset({Stage.PUBLISHED, Stage.SETTLED}),
    "deleted": frozenset({Stage.PUBLISHED, Stage.WITHDRAWN}),
    "anew": frozenset({Stage.PUBLISHED, Stage.WITHDRAWN}),
    "by_hand": frozenset({Stage.BY_HAND, Stage.PUBLISHED}),
    "taken_down": frozenset({Stage.PUBLISHED, Stage.RETRACTED}),
    "corrected": frozenset({Stage.PUBLISHED}),
}
"""How a question may end to which this happened."""

_ONE_REPLY: Final = ("plain", "edited", "added", "anew", "corrected")
"""Exactly one reply of ours must stand."""

_LEARNED: Final = ("plain", "edited", "added", "corrected")
_TAKES_NONE: Final = {
    "kind": "status",
    "status": 403,
    "network": "x",
    "method": "POST",
    "path": "/2/tweets",
    "times": 1,
}


class Happenings:
    """Makes them happen, and counts what stands at the end."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self.kinds: dict[str, str] = {}
        self.done: Counter[str] = Counter()
        self._later: dict[str, list[str]] = {}
        self._hand: set[str] = set()
        self._given_up: set[str] = set()

    def happen(self, dice: random.Random, many: int = 3) -> None:
        """Some of them, to posts drawn from the latest and from all."""
        for _ in range(many):
            untouched = [post for post in self._crowd.asked if post not in self.kinds]
            if untouched:
                kind = dice.choice(KINDS)
                post = dice.choice(untouched[-15:] if dice.random() < 0.7 else untouched)
                self._try(kind, post)
        self.work_off(dice)

    def _try(self, kind: str, post: str) -> None:
        try:
            happened = self._happened(kind, post)
        except httpx.HTTPError:
            happened = False  # somebody was quicker
        if happened:
            self.done[kind] += 1
            if kind != "lane":  # of that, nobody knows whom it meets
                self.kinds[post] = kind

    def _happened(self, kind: str, post: str) -> bool:
        number = self._crowd.asked.index(post)
        customer = f"c{number}"
        match kind:
            case "edited":
                words = {"text": f"@VoltHelp why does my tv show no picture on hdmi? ({number})", "beyond_limits": True}
                self._keep(post, self._crowd.control("POST", f"x/posts/{post}/edits", words))
            case "added" | "settled":
                text = "it is the 55 inch one" if kind == "added" else "never mind, sorted it myself"
                body = {"text": f"@VoltHelp {text}", "as": customer, "reply_to": post}
                self._keep(post, self._crowd.control("POST", "x/posts", body))
            case "deleted" | "anew":
                self._crowd.control("DELETE", f"x/posts/{post}")
                self.kinds[post] = kind
                if kind == "anew":
                    body = {"text": f"@VoltHelp why does my tv show no picture? ({number})", "as": customer}
                    self._keep(post, self._crowd.control("POST", "x/posts", body))
            case "by_hand":
                self._answer_by_hand(post, f"A colleague: hold the power button of it ({number}).")
            case "taken_down":
                ours = [one["id"] for one in self._crowd.ours() if one["in_reply_to"] == post]
                if not ours:
                    return False
                self._crowd.control("DELETE", f"x/posts/{ours[0]}")
            case "corrected":
                return self._correct(post)
            case "lane":
                self._crowd.control("POST", "faults", _TAKES_NONE)
        return True

    def _keep(self, post: str, made: Mapping[str, Any]) -> None:
        self._later.setdefault(post, []).append(str(made["id"]))

    def _answer_by_hand(self, post: str, text: str) -> None:
        body = {"text": text, "as": "VoltHelp", "reply_to": post}
        self._hand.add(str(self._crowd.control("POST", "x/posts", body)["id"]))

    def _correct(self, post: str) -> bool:
        """Whoever answered wants it corrected; the town's people write the new one, as the card asks them to."""
        for person in self._crowd.people:
            for message in self._crowd.messages(person):
                shown = json.dumps(message["blocks"])
                if f"status/{post}" in shown and f'"correct x:{post}' in shown:
                    where = {"user": person, "channel": message["channel"], "ts": message["ts"]}
                    press = {**where, "action_id": "twelp_more", "value": f"correct x:{post}"}
                    self._crowd.control("POST", "slack/click", press)
                    stack = self._crowd.control("GET", "slack/views", user=person)["stack"]
                    window = next((one for one in stack if one["callback_id"] == "twelp_correct"), None)
                    if window is None:
                        return False
                    self._crowd.control("POST", "slack/submit", {"user": person, "view_id": window["id"]})
                    return True
        return False

    def work_off(self, dice: random.Random) -> None:
        """The moderator posts by hand what is in the lane, or gives up."""
        for message in self._crowd.messages(MODERATOR):
            shown = json.dumps(message["blocks"])
            found = re.search(r"status/(\d+)", shown)
            if found is not None and '"twelp_posted"' in shown and found[1] in self._crowd.asked:
                try:
                    self._decide(found[1], message, dice)
                except httpx.HTTPError:
                    continue

    def _decide(self, post: str, message: Mapping[str, Any], dice: random.Random) -> None:
        where = {"user": MODERATOR, "channel": message["channel"], "ts": message["ts"]}
        if dice.random() < 0.2:
            self._crowd.control("POST", "slack/click", {**where, "action_id": "twelp_drop"})
            stack = self._crowd.control("GET", "slack/views", user=MODERATOR)["stack"]
            for window in stack[-1:]:
                self._crowd.control("POST", "slack/submit", {"user": MODERATOR, "view_id": window["id"]})
                self._given_up.add(post)
            return
        if not any(one["in_reply_to"] == post for one in self._crowd.ours()):
            quotes = [block for block in _walk(message["blocks"]) if block.get("type") == "rich_text_quote"]
            words = "".join(run.get("text", "") for run in quotes[-1]["elements"])
            self._answer_by_hand(post, words)
        for _ in range(dice.randint(0, 2)):
            self._crowd.control("POST", "slack/click", {**where, "action_id": "twelp_posted"})

    # ------------------------------------------------------------ what stands

    def unheard(self, database: str) -> int:
        """How many posts that stand the house has not heard yet."""
        stand = {f"x:{post}" for post in self._crowd.asked if self.kinds.get(post, "plain") not in ("deleted", "anew")}
        stand |= {f"x:{post}" for posts in self._later.values() for post in posts}
        store = SqlStore(database, reading=True)
        try:
            with store.read() as tx:
                return len(stand - tx.known_posts(stand))
        finally:
            store.close()

    def count(self, database: str) -> dict[str, Any]:
        """What must be 0, under the names that the experiment gives it, and `words_kept`: words of posts that are gone.

        To be called once everything came to rest.
        """
        replies: Counter[str] = Counter()
        hand: Counter[str] = Counter()
        for one in self._crowd.ours():
            counts = hand if one["id"] in self._hand else replies
            counts[one["in_reply_to"]] += 1
        store = SqlStore(database, reading=True)
        found: Counter[str] = Counter(dict.fromkeys(("lost", "double_posts", "stuck", "lessons_lost", "words_kept"), 0))
        stages: Counter[str] = Counter()
        try:
            with store.read() as tx:
                for post in self._crowd.asked:
                    kind, family = self.kinds.get(post, "plain"), (post, *self._later.get(post, ()))
                    question = self._question(tx, family)
                    ours, theirs = (sum(counted[one] for one in family) for counted in (replies, hand))
                    stages[f"{kind} {question.stage if question else 'unheard'}"] += 1
                    found["lost"] += kind in _ONE_REPLY and not (ours or theirs or post in self._given_up)
                    found["double_posts"] += max(0, ours + (theirs if kind == "plain" else 0) - 1)
                    unheard = kind in ("deleted", "by_hand")  # it was over before the house heard of it
                    ends = unheard if question is None else question.stage in _ENDS[kind]
                    found["stuck"] += not ends
                    if question is not None:
                        taught = kind in _LEARNED and question.stage is Stage.PUBLISHED and question.matter is None
                        found["lessons_lost"] += taught and tx.lesson(question.id) is None
                        found["words_kept"] += question.stage is Stage.WITHDRAWN and question.post.text != ""
        finally:
            store.close()
        return {**found, "happened": dict(self.done), "ends": dict(sorted(stages.items()))}

    def _question(self, tx: Any, family: tuple[str, ...]) -> Question | None:
        """The question of a post, or of what its customer posted in its place."""
        known = [question for post in family if (question := tx.question(f"x:{post}")) is not None]
        return next((one for one in known if one.stage is not Stage.WITHDRAWN), known[0] if known else None)


def _walk(part: Any) -> Iterator[Any]:
    if isinstance(part, dict):
        yield part
        for inner in part.values():
            yield from _walk(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _walk(inner)
