"""A trainee's answer waits for a moderator, and nobody else can wave it through."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, ROSTER, mail, words
from twelp.model import AnswerState, Stage
from twelp.sandbox.slack.sockets import Outcome

SOUND = "@VoltHelp why is there no sound from my soundbar?"
TEXT = "Press the mute key on the remote once more."


def held(scene: Scene) -> str:
    """An audio question with a trainee's answer that waits."""
    post_id = scene.post(SOUND)
    scene.answer("tia", TEXT, post_id)
    assert scene.stage(post_id) is Stage.REVIEW
    assert scene.state(post_id, "tia") is AnswerState.HELD
    return post_id


class Forger:
    """Keeps what Slack would send for a click, and sends it in somebody else's name."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.slack = scene.running.sandbox.slack
        self.people = {u["name"]: u["id"] for u in scene.control("GET", "slack/users")["users"]}

    def capture(self, patch: pytest.MonkeyPatch, person: str, label: str, post_id: str) -> dict[str, Any]:
        """The payload of that click, which does not arrive."""
        kept: list[dict[str, Any]] = []
        send = self.slack.delivery.send

        async def keep(kind: str, payload: dict[str, Any], **more: Any) -> Any:
            if kind != "interactive":
                return await send(kind, payload, **more)
            kept.append(payload)
            return Outcome(True, None, 0.0)

        patch.setattr(self.slack.delivery, "send", keep)
        self.scene.press(person, self.scene.card(person, post_id), label=label)
        patch.setattr(self.slack.delivery, "send", send)
        return kept[0]

    def send(self, payload: dict[str, Any], user_id: str) -> None:
        forged = {**payload, "user": {**payload["user"], "id": user_id}}
        self.slack.do(self.slack.delivery.send("interactive", forged))
        self.scene.settle()


def test_a_moderator_approves_and_only_then_it_is_published(quick_scene: Scene):
    post_id = held(quick_scene)
    quick_scene.pass_time(hours=1)
    assert quick_scene.replies(post_id) == []
    assert "Waiting for a second pair of eyes" in quick_scene.words("tia", post_id)
    assert f"Tia New wrote: {TEXT} ^TN" in quick_scene.words("mo", post_id)
    quick_scene.click("mo", "Approve and post", post_id)
    assert quick_scene.replies(post_id) == [f"{TEXT} ^TN"]
    assert quick_scene.stage(post_id) is Stage.PUBLISHED
    for person in ("tia", "mo"):
        assert "Answered by Tia New" in quick_scene.words(person, post_id)
        assert quick_scene.buttons(person, post_id) == []


def lines(scene: Scene, person: str) -> list[str]:
    """Lines about held answers that the person was sent, newest first."""
    return [words(card["blocks"]) for card in scene.cards(person) if "note:held" in str(card["metadata"])]


def test_what_a_moderator_sends_back_is_changed_by_its_author_and_looked_at_again(quick_scene: Scene):
    """Their card changes in its place, which nobody would notice: a line of its own says so, once."""
    post_id = held(quick_scene)
    quick_scene.click("mo", "Send back", post_id)
    quick_scene.submit("mo", "Which key? Say where it is. <!channel>")
    assert quick_scene.stage(post_id) is Stage.CLAIMED
    assert "Mo Dee sent it back: Which key? Say where it is." in quick_scene.words("tia", post_id)
    assert quick_scene.buttons("mo", post_id) == []
    quick_scene.click("tia", "Answer", post_id)
    assert TEXT in str(quick_scene.view("tia"))
    assert lines(quick_scene, "mo") == []
    quick_scene.submit("tia", "Press mute, top left on the remote.")
    quick_scene.submit("tia")
    [line] = lines(quick_scene, "mo")
    assert line.startswith("An answer by Tia New is waiting for you again: https://x.com/")
    assert "Press mute, top left" in quick_scene.words("mo", post_id)
    quick_scene.click("mo", "Approve and post", post_id)
    assert quick_scene.replies(post_id) == ["Press mute, top left on the remote. ^TN"]
    assert quick_scene.pings() == []


def test_only_a_moderator_can_approve_however_the_click_was_made(quick_scene: Scene, monkeypatch: pytest.MonkeyPatch):
    """A colleague, the author, somebody off the roster and a stranger send the moderator's own click in their name."""
    scene = quick_scene
    post_id = held(scene)
    forger = Forger(scene)
    eve = scene.control("POST", "slack/users", {"name": "eve", "email": "eve@volt.example"})["user"]["id"]
    click = forger.capture(monkeypatch, "mo", "Approve and post", post_id)
    for user_id in (forger.people["bob"], forger.people["tia"], eve, "UNOBODY00"):
        forger.send(click, user_id)
        assert scene.stage(post_id) is Stage.REVIEW
    assert scene.ours() == []
    forger.send(click, forger.people["mo"])
    assert scene.replies(post_id) == [f"{TEXT} ^TN"]


@pytest.mark.parametrize(
    "change", [{"deleted": True}, {"is_restricted": True}, {"is_stranger": True}, {"is_bot": True}]
)
@pytest.mark.others_on_sqlite(reason="what Slack says of them differs, rows do not")
def test_who_may_not_act_in_slack_any_more_can_do_nothing_here(
    quick_scene: Scene, monkeypatch: pytest.MonkeyPatch, change: dict[str, bool]
):
    """Deactivated, made a guest, of another workspace, a bot: a click that still comes does nothing."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    forger = Forger(scene)
    click = forger.capture(monkeypatch, "ann", "Claim", post_id)
    scene.control("PATCH", f"slack/users/{mail('ann')}", change)
    scene.settle()
    forger.send(click, forger.people["ann"])
    assert scene.stage(post_id) is Stage.ASKED
    assert scene.question(post_id).claimed_by is None


def test_who_is_not_on_the_roster_is_told_so_and_nothing_happens(quick_scene: Scene, monkeypatch: pytest.MonkeyPatch):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    forger = Forger(scene)
    eve = scene.control("POST", "slack/users", {"name": "eve", "email": "eve@volt.example"})["user"]["id"]
    for label in ("Answer", "Claim", "Not me"):
        forger.send(forger.capture(monkeypatch, "ann", label, post_id), eve)
    assert scene.stage(post_id) is Stage.ASKED
    assert scene.asked(post_id) == ["ann", "bob", "cy"]
    assert scene.view("eve@volt.example") is None


def test_a_held_answer_is_brought_to_mind_and_shown_to_whoever_becomes_a_moderator_later(quick_scene: Scene):
    scene = quick_scene
    post_id = held(scene)
    scene.close()
    scene.roster = ROSTER.replace("initials: AL, topics: [tv],", "initials: AL, topics: [tv], level: moderator,")
    scene.open()
    scene.settle()
    assert f"Tia New wrote: {TEXT} ^TN" in scene.words("ann", post_id)
    scene.pass_time(minutes=31)
    for moderator in ("ann", "mo"):
        [note] = lines(scene, moderator)
        assert note.startswith("An answer by Tia New has been waiting 30 min for you")
    scene.click("ann", "Approve and post", post_id)
    assert scene.replies(post_id) == [f"{TEXT} ^TN"]
    assert scene.buttons("mo", post_id) == []


def test_a_moderator_finds_the_held_answer_on_their_own_tab_and_may_approve_it_there(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post("@VoltHelp no sound from my soundbar, why?")
    scene.answer("tia", post_id=post_id)
    scene.control("POST", "slack/home", {"user": mail("mo")})
    tab = scene.until(lambda: scene.control("GET", "slack/views", user=mail("mo"))["home"], "the tab")
    shown = words(tab["blocks"])
    assert f"Tia New wrote: {ANSWER} ^TN" in shown
    assert "You are new" not in scene.words("mo")  # told of the author, not of who reads it
    scene.control("POST", "slack/click", {"user": mail("mo"), "view_id": tab["id"], "label": "Approve and post"})
    scene.settle()
    assert scene.replies(post_id) == [f"{ANSWER} ^TN"]
    assert "Nothing is waiting for you" in words(scene.control("GET", "slack/views", user=mail("mo"))["home"]["blocks"])


def test_the_card_of_who_sent_it_back_does_not_name_a_holder_where_nobody_has_it(quick_scene: Scene):
    scene = quick_scene
    post_id = held(scene)
    scene.click("mo", "Send back", post_id)
    scene.submit("mo", "Which port?")
    assert "Tia New has it." in scene.words("mo", post_id)
    scene.click("tia", "Release", post_id)
    asked, reviewed = scene.cards("mo")
    assert "Can you answer this?" in words(asked["blocks"])
    assert "Not yours any more" in words(reviewed["blocks"])
    assert "has it" not in words(reviewed["blocks"])
