"""An answer too long for one post goes out as a thread: each post once, in order, all of them or none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_writing import press, typed, write
from tests.stories.town import QUESTION, Town, mail
from twelp.adapters.x.rules import RULES
from twelp.flow import publish
from twelp.model import AnswerState, Stage

STEPS = (
    "First switch the soundbar and the TV off at the wall, and leave them without power for a full minute.",
    "Then plug the HDMI cable into the socket that is marked ARC or eARC, on both sides, until it clicks.",
    "Switch the TV on first, wait for the picture, and only then the soundbar; it may take half a minute.",
    "In the TV's sound menu choose the HDMI receiver, and set the digital output to passthrough, please.",
    "If it stays silent, another HDMI cable is the next thing to try: the old ones do not know of eARC.",
    "Should none of it help, bring both remotes to any of our stores, and we look at it on the spot.",
)
TEXT = " ".join(STEPS)
POSTS = [" ".join(STEPS[:2]), " ".join(STEPS[2:4]), f"{' '.join(STEPS[4:])} ^AL"]
POST = {"network": "x", "method": "POST", "path": "/2/tweets"}
LIMIT = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "now+900"}
DELETE = {"network": "x", "method": "DELETE", "path": "/2/tweets/*"}


def refusal(detail: str) -> dict[str, Any]:
    body = {"title": "Forbidden", "detail": detail, "type": "about:blank", "status": 403}
    return {"kind": "status", "status": 403, "body": body}


def confirmed(scene: Scene, text: str = TEXT) -> str:
    """A question that Ann answered as a thread, which is held."""
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    write(scene, "ann", text)
    press(scene, "ann", f"Post as a thread of {len(publish.split(text, 'AL', RULES))}")
    scene.submit("ann", text)
    scene.submit("ann")
    assert scene.stage(post_id) is Stage.HELD
    return post_id


def thread(scene: Town, post_id: str) -> list[str]:
    """What stands under that post, each under the one before."""
    found: list[str] = []
    ours = {p["in_reply_to"]: p for p in scene.ours()}
    assert len(ours) == len(scene.ours()), "two of our posts stand under the same one"
    while post_id in ours:
        found.append(ours[post_id]["text"])
        post_id = ours[post_id]["id"]
    assert len(found) == len(ours), "something of ours stands elsewhere"
    return found


def test_a_long_answer_is_seen_confirmed_and_published_post_by_post(quick_scene: Scene):
    """Offered beside the shorter text; every window and card shows each post, numbered; it counts as one answer."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    write(scene, "ann", TEXT)
    shown = scene.window("ann")
    assert "too many" in shown
    assert "Propose a shorter text Post as a thread of 3" in shown
    assert scene.submit("ann", TEXT)["errors"], "nothing becomes a thread by itself"
    press(scene, "ann", "Post as a thread of 3")
    assert typed(scene, "ann") == TEXT
    write(scene, "ann", f"{TEXT} Good luck!")
    shown = scene.window("ann")
    assert f"Post 1 of 3: {POSTS[0]} Post 2 of 3: {POSTS[1]} Post 3 of 3: " in shown
    assert f"3 posts, {publish.left(POSTS[2], RULES) - len(' Good luck!')} left in the last" in shown
    scene.submit("ann", TEXT)
    shown = scene.window("ann")
    assert "Exactly these 3 posts will be public" in shown
    assert f"Post 1 of 3: {POSTS[0]} Post 2 of 3: {POSTS[1]} Post 3 of 3: {POSTS[2]}" in shown
    scene.submit("ann")
    assert f"Post 3 of 3: {POSTS[2]}" in scene.words("ann")
    scene.pass_time(seconds=61)
    assert thread(scene, post_id) == POSTS
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.requests("POST", "/2/tweets") == 3
    first = next(p["id"] for p in scene.ours() if p["in_reply_to"] == post_id)
    assert scene.question(post_id).reply_url.endswith(f"/status/{first}")
    assert scene.question(post_id).reply_url in str(scene.card("bob")["blocks"])
    answer = scene.answers(post_id)["ann"]
    assert (answer.posts, answer.text, answer.post_ids[0]) == (tuple(POSTS), TEXT, first)
    steps = [line.split(": ")[1] for line in scene.trail(post_id) if line.startswith("publish")]
    assert steps == ["into the outbox", "1 of 3 stands", "2 of 3 stands", "published"]
    assert scene.look(lambda tx: tx.counts())["answers"] == {"published": 1}
    again = scene.post("@VoltHelp and why does my new tv show no picture?", "eve")
    assert scene.look(lambda tx: [found.text for found in tx.answered(["tv"])]) == [TEXT]
    assert "Ann Lee" in scene.words(scene.asked(again)[0], again)


def test_a_thread_undone_within_the_hold_leaves_nothing(quick_scene: Scene):
    post_id = confirmed(quick_scene)
    quick_scene.click("ann", "Undo")
    quick_scene.pass_time(minutes=5)
    assert quick_scene.ours() == []
    assert quick_scene.state(post_id, "ann") is AnswerState.DRAFT


def test_each_post_goes_out_once_through_limits_outages_and_lost_answers(quick_scene: Scene):
    """The second post's answer is lost, X cannot show it at once, and the third meets a limit until a given hour."""
    scene = quick_scene
    scene.fault(kind="lost_response", after=1, **POST)
    scene.fault(kind="html", network="x", method="GET", path="/2/users/*/tweets", times=2)
    scene.fault(kind="status", status=429, headers=LIMIT, after=1, **POST)
    post_id = confirmed(scene)
    scene.pass_time(seconds=90)
    assert thread(scene, post_id) == POSTS[:2]
    assert scene.stage(post_id) is Stage.PAUSED
    scene.pass_time(minutes=13)
    assert scene.requests("POST", "/2/tweets") == 3, "X said to stay away"
    scene.pass_time(minutes=8)
    assert thread(scene, post_id) == POSTS
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.requests("POST", "/2/tweets") == 4


def test_a_house_that_ends_between_two_posts_goes_on_with_the_next(scene: Scene):
    scene.fault(kind="html", after=1, **POST)
    post_id = confirmed(scene)
    scene.pass_time(seconds=61)
    assert thread(scene, post_id) == POSTS[:1]
    scene.close()
    scene.open()
    scene.pass_time(minutes=1)
    assert thread(scene, post_id) == POSTS
    assert scene.stage(post_id) is Stage.PUBLISHED


def test_taking_a_thread_back_deletes_all_of_it_the_last_post_first(quick_scene: Scene):
    """One deletion's answer is lost and the next meets a limit: it is repeated, and goes on."""
    scene = quick_scene
    post_id = confirmed(scene)
    scene.pass_time(seconds=61)
    ids = scene.answers(post_id)["ann"].post_ids
    scene.fault(kind="lost_response", **DELETE)
    scene.fault(kind="status", status=429, headers=LIMIT, after=1, **DELETE)
    assert scene.running_house.desk.retract(f"x:{post_id}", mail("ann")).ok
    scene.pass_time(minutes=5)
    assert thread(scene, post_id) == POSTS[:2]
    scene.pass_time(minutes=15)
    assert scene.ours() == []
    asked = [r.path.rpartition("/")[2] for r in scene.running.sandbox.record.requests() if r.method == "DELETE"]
    assert list(dict.fromkeys(asked)) == [*reversed(ids)]
    assert "Answer taken back" in scene.words("ann")
    assert scene.stage(post_id) is Stage.RETRACTED


def test_a_refusal_in_the_middle_takes_down_what_stands_and_gives_the_text_back(quick_scene: Scene):
    """Half an answer must not stand. The author is told, may answer in one post, and that one goes out once."""
    scene = quick_scene
    scene.fault(**refusal("You are not allowed to create a Tweet with duplicate content."), after=2, **POST)
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "now+600"}
    scene.fault(kind="status", status=429, headers=headers, after=1, **DELETE)
    post_id = confirmed(scene)
    scene.pass_time(seconds=62)
    assert thread(scene, post_id) == POSTS[:1]
    assert scene.stage(post_id) is Stage.RECALLING
    shown = scene.words("ann")
    assert "The network took 2 of its 3 posts and refused the next" in shown
    assert "What stands of it is being taken down." in shown
    assert scene.buttons("ann") == []
    assert any("Please look whether anything of it stays" in m["text"] for m in scene._messages("mo"))
    scene.pass_time(minutes=14)  # the sandbox's clock also runs by itself
    assert scene.ours() == []
    assert scene.stage(post_id) is Stage.CLAIMED
    assert "Nothing of it stands any more. Please put it in other words, or into one post." in scene.words("ann")
    scene.fault(kind="lost_response", **POST)
    scene.click("ann", "Answer")
    assert typed(scene, "ann") == TEXT
    press(scene, "ann", "Propose a shorter text")
    scene.submit("ann")
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert thread(scene, post_id) == scene.replies(post_id) == [f"{' '.join(STEPS[:2])} ^AL"]


def test_what_neither_goes_on_nor_can_be_taken_down_is_put_before_the_moderators(quick_scene: Scene):
    """Then the card leads to where a person may go on by hand."""
    scene = quick_scene
    scene.fault(**refusal("You can only reply to or quote posts where you are mentioned."), after=1, **POST)
    scene.fault(**refusal("You are not allowed to do this."), times=None, **DELETE)
    post_id = confirmed(scene)
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.LANE
    [standing] = scene.ours()
    assert any("please delete it by hand" in m["text"] and standing["id"] in m["text"] for m in scene._messages("mo"))
    assert "What stands could not be taken down" in scene.words("ann", post_id)
    said = str(scene.cards("mo")).replace("&amp;", "&")
    assert f"https://x.com/intent/post?in_reply_to={standing['id']}&text=Switch%20the%20TV%20on" in said


def test_a_newcomers_thread_is_read_whole_before_it_goes_out(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post("@VoltHelp no sound from my soundbar, why?")
    done = scene.running_house.desk.confirm(f"x:{post_id}", mail("tia"), TEXT, thread=True)
    assert done.message == "A moderator looks at it first."
    scene.settle()
    assert f"Tia New wrote: Post 1 of 3: {POSTS[0]} Post 2 of 3: {POSTS[1]} Post 3 of 3:" in scene.words("mo")
    assert scene.ours() == []
    scene.fault(kind="status", status=429, headers=LIMIT, after=1, **POST)
    scene.click("mo", "Approve and post", post_id)
    assert thread(scene, post_id) == POSTS[:1]
    waits = "1 of its 3 posts stand. The next goes out when the network takes posts again."
    assert waits in scene.words("tia", post_id)
    assert "newcomer" not in scene.words("mo", post_id)
    assert "Take it back…" in scene.buttons("mo", post_id)
    scene.pass_time(minutes=20)
    assert thread(scene, post_id) == [*POSTS[:2], POSTS[2].replace("^AL", "^TN")]
    assert waits not in scene.words("tia", post_id)


def test_a_thread_that_waits_in_the_middle_can_be_taken_back(quick_scene: Scene):
    scene = quick_scene
    scene.fault(kind="status", status=429, headers=LIMIT, after=2, **POST)
    post_id = confirmed(scene)
    scene.pass_time(seconds=61)
    assert thread(scene, post_id) == POSTS[:2]
    assert scene.buttons("bob", post_id) == []
    scene.click("ann", "Take it back…")
    scene.submit("ann")
    scene.pass_time(minutes=20)
    assert scene.stage(post_id) is Stage.RETRACTED
    assert scene.ours() == []
    assert scene.requests("POST", "/2/tweets") == 3
    assert not scene.running_house.desk.retract(f"x:{post_id}", mail("ann")).ok


@pytest.mark.only_on("sqlite", reason="refused before anything is written")
def test_what_must_stay_private_is_found_however_the_text_is_cut(quick_scene: Scene):
    scene = quick_scene
    scene.post(QUESTION)
    scene.click("ann", "Answer")
    text = f"{TEXT[:200]} Write to jo.doe@gmail.com. {TEXT[200:]}"
    write(scene, "ann", text)
    press(scene, "ann", "Post as a thread of 3")
    assert "a person's own e-mail address" in str(scene.submit("ann", text)["errors"])
