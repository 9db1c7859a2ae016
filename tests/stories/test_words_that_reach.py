"""What reaches people besides questions: thanks, a colleague's word, an alarm, a text to reword; each rarely."""

from __future__ import annotations

from dataclasses import replace

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, mail, words
from twelp.model import Stage

OTHER = "@VoltHelp how do I get the picture back on my tv?"


def notes(scene: Scene, person: str) -> list[str]:
    """The person's notes, newest first."""
    return [words(c["blocks"]) for c in scene.cards(person) if '"note' in str(c["metadata"]).replace("'", '"')]


def test_a_customers_thanks_reach_the_author_and_nobody_else(quick_scene: Scene):
    """As a note, on the Home tab, in their own numbers and in the weekly summary they asked for; likes, too."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.answer("bob")
    scene.pass_time(seconds=61)
    scene.post("@VoltHelp thank you so much, <!channel> that worked!", reply_to=post_id)
    [note] = notes(scene, "bob")
    assert note.startswith("@mia thanks you: “@VoltHelp thank you so much, <!channel> that worked!”")
    assert notes(scene, "ann") == []
    scene.control("POST", "slack/home", {"user": mail("bob")})
    home = words(scene.until(lambda: scene.control("GET", "slack/views", user=mail("bob"))["home"])["blocks"])
    assert "published 1, thanks 1" in home
    assert "that worked!" in home.partition("Thanks from customers")[2]
    scene.control("POST", "slack/command", {"user": mail("bob"), "command": "/twelp", "text": "digest on"})
    scene.control("POST", f"x/posts/{scene.ours()[0]['id']}/likes")
    scene.pass_time(hours=13)
    assert notes(scene, "bob")[0].startswith("Your answer to @mia has 1 like: https://")
    scene.pass_time(days=7)
    assert len([note for note in notes(scene, "bob") if "Your answer" in note]) == 1
    assert [note for note in notes(scene, "bob") if "Your week:" in note]
    assert [note for note in notes(scene, "ann") if "Your week:" in note] == []
    assert scene.pings() == []


def test_a_text_the_network_has_already_comes_back_to_be_reworded(quick_scene: Scene):
    """The same words under two questions: X takes no text twice; the second goes out in other words, once."""
    scene = quick_scene
    first = scene.post(QUESTION)
    scene.answer("ann", post_id=first)
    scene.pass_time(seconds=61)
    second = scene.post(OTHER, "eve")
    desk, who = scene.running_house.desk, mail("ann")
    assert desk.confirm(f"x:{second}", who, ANSWER).ok
    scene.pass_time(seconds=61)
    assert scene.stage(second) is Stage.CLAIMED
    assert "put it in other words" in scene.words("ann", second)
    assert scene.replies(second) == []
    scene.answer("ann", "Unplug HDMI 1 first.", second)
    scene.pass_time(seconds=61)
    assert scene.replies(second) == ["Unplug HDMI 1 first. ^AL"]
    assert len(scene.ours()) == 2


def test_a_colleague_gets_the_question_with_a_word_from_who_passed_it_on(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.press("bob", scene.card("bob"), action_id="twelp_more", value=f"pass_to x:{post_id}")
    view = scene.until(lambda: scene.view("bob"), "the window")
    values = {"choice": mail("ed"), "word": "You had this <!here> one last week"}
    scene.control("POST", "slack/submit", {"user": mail("bob"), "view_id": view["id"], "values": values})
    scene.settle()
    assert "Bob Roe thinks you know: “You had this <!here> one last week”" in scene.words("ed")
    assert scene.asked(post_id)[-1] == "ed"
    assert scene.pings() == []


def test_a_storm_of_private_matters_is_told_once_and_then_together(quick_scene: Scene):
    scene = quick_scene
    for number in range(4):
        scene.post("@VoltHelp sent you a dm", f"c{number}")
    assert len(notes(scene, "mo")) == 1
    scene.pass_time(minutes=11)
    latest, first = notes(scene, "mo")
    assert "needs people, not a bot" in first
    assert latest.startswith("3 more like it within ten minutes")


def test_a_colleagues_message_is_suggested_as_an_answer_and_only_a_draft(quick_scene: Scene):
    """Said in the thread under the card: it becomes the draft of who suggests it, for that question."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.post(OTHER, "eve")
    card = scene.card("ann", post_id)
    said = {"user": mail("ann"), "text": "Hold <power> & wait, see https://volt.example/hdmi"}
    where = {"channel": card["channel"], "thread_ts": card["ts"]}
    ts = scene.control("POST", "slack/write", {**said, **where})["ts"]
    shortcut = {"user": mail("ann"), "callback_id": "twelp_suggest", "channel": card["channel"]}
    scene.control("POST", "slack/shortcut", {**shortcut, "ts": ts})
    scene.settle()
    assert "Hold <power> & wait, see https://volt.example/hdmi ^AL" in scene.window("ann")
    assert scene.question(post_id).claimed_by == mail("ann")
    scene.shut("ann")
    ts = scene.control("POST", "slack/write", {**said, "text": "Unplug it."})["ts"]  # under no card: which question?
    scene.control("POST", "slack/shortcut", {**shortcut, "ts": ts})
    scene.settle()
    assert "To which question?" in scene.window("ann")
    view = scene.until(lambda: scene.view("ann"))
    body = {"user": mail("ann"), "view_id": view["id"], "values": {"question": f"x:{post_id}"}}
    scene.control("POST", "slack/submit", body)
    scene.settle()
    assert "Unplug it. ^AL" in scene.window("ann")
    scene.pass_time(hours=1)
    assert scene.ours() == []


def test_the_moderators_hear_of_a_surge_once_an_hour(quick_scene: Scene):
    """So many wait that more people are asked at once; nobody else is told."""
    scene = quick_scene
    desk = scene.running_house.desk
    desk.context.policy = replace(desk.policy, surge_from=2)
    for who in ("mia", "eve", "noa"):
        scene.post(f"{QUESTION} ({who})", who)
    assert notes(scene, "mo") == [
        "2 questions wait for somebody to take them: more people are asked at once, and sooner."
    ]
    assert notes(scene, "ann") == []
    scene.pass_time(hours=1)
    scene.post(f"{QUESTION} Anybody?", "eva")
    heard = [note.partition(" ")[0] for note in notes(scene, "mo")]
    assert heard in (["4", "2"], ["3", "2"]), "the next hour's first: for the new one, or for a timer shortly before it"
