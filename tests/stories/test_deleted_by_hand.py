"""A colleague deletes our answer in X's own app: it is taken back, people are told, and nothing is posted again."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_by_hand import by_hand
from tests.stories.test_coming_back import notes
from tests.stories.test_correcting import RIGHT, answered, correct
from tests.stories.test_gone import sweep
from tests.stories.test_threads import confirmed, thread
from tests.stories.test_volunteers import home, open_home
from tests.stories.town import ANSWER, QUESTION, mail
from twelp.model import AnswerState, Stage

OURS = f"{ANSWER} ^AL"


def delete_ours(scene: Scene, post_id: str) -> None:
    """Somebody deletes what stands under that post from the brand's account."""
    [ours] = [post["id"] for post in scene.ours() if post["in_reply_to"] == post_id]
    scene.delete(ours)


def test_the_daily_look_sees_it_and_the_question_says_so(scene: Scene):
    asked = answered(scene)
    delete_ours(scene, asked)
    sweep(scene)
    assert scene.stage(asked) is Stage.RETRACTED
    assert scene.state(asked, "ann") is AnswerState.RETRACTED
    assert scene.look(lambda tx: tx.lesson(f"x:{asked}")) is None
    for person in ("ann", "mo"):
        assert notes(scene, person).count("it was not twelp that deleted it") == 1
    assert "Somebody deleted the answer on X" in scene.words("ann", asked)
    sweep(scene)
    assert scene.replies(asked) == []
    assert scene.requests("POST", "/2/tweets") == 1, "nothing is posted again"
    assert notes(scene, "ann").count("it was not twelp that deleted it") == 1


def test_a_moderator_opens_it_again_and_the_next_answer_goes_out(quick_scene: Scene):
    scene = quick_scene
    asked = answered(scene)
    delete_ours(scene, asked)
    sweep(scene)
    desk = scene.running_house.desk
    assert not desk.restore(f"x:{asked}", mail("bob")).ok, "only a moderator"
    assert ANSWER not in open_home(scene, "mo").partition("Answered lately")[2]
    assert "Open again" in open_home(scene, "mo")
    values = [b["value"] for row in home(scene, "mo")["blocks"] for b in row.get("elements", ()) if "value" in b]
    value = next(value for value in values if value.startswith(f"x:{asked}"))
    body = {"user": mail("mo"), "view_id": home(scene, "mo")["id"], "action_id": "twelp_restore", "value": value}
    scene.control("POST", "slack/click", body)
    scene.settle()
    assert scene.stage(asked) is Stage.ASKED
    scene.answer("ann", RIGHT, asked)
    scene.pass_time(minutes=2)
    assert scene.replies(asked) == [f"{RIGHT} ^AL"]
    assert scene.stage(asked) is Stage.PUBLISHED


def test_what_does_not_show_for_a_moment_is_not_taken_for_deleted(quick_scene: Scene):
    scene = quick_scene
    asked = answered(scene)
    [ours] = [post["id"] for post in scene.ours() if post["in_reply_to"] == asked]
    scene.fault(network="x", method="GET", path="/2/tweets", kind="status", status=200, times=1, body={
        "errors": [{"value": ours, "detail": "Could not find", "title": "Not Found Error", "resource_type": "tweet",
                    "parameter": "ids", "resource_id": ours,
                    "type": "https://api.twitter.com/2/problems/resource-not-found"}]
    })  # fmt: skip
    looks = scene.running_house._looks
    assert looks is not None
    looks.question(f"x:{asked}")
    scene.pass_time(minutes=10)
    assert scene.stage(asked) is Stage.PUBLISHED
    assert "not twelp that deleted" not in notes(scene, "ann")


def test_what_a_colleague_wrote_by_hand_and_deleted_is_seen_as_well(quick_scene: Scene):
    scene = quick_scene
    asked = scene.post(QUESTION)
    theirs = by_hand(scene, "Use HDMI 2, please. ^KM", asked)
    scene.listen()
    assert scene.stage(asked) is Stage.BY_HAND
    scene.delete(theirs)
    sweep(scene)
    assert scene.stage(asked) is Stage.RETRACTED


def test_of_a_thread_what_still_stands_is_kept_and_people_are_asked_to_look(quick_scene: Scene):
    scene = quick_scene
    asked = confirmed(scene)
    scene.pass_time(minutes=2)
    last = max(scene.ours(), key=lambda post: int(post["id"]))
    scene.delete(last["id"])
    sweep(scene)
    assert scene.stage(asked) is Stage.PUBLISHED
    assert len(thread(scene, asked)) == 2
    assert last["id"] not in scene.answers(asked)["ann"].post_ids
    assert "please look whether it should" in notes(scene, "mo")


@pytest.mark.parametrize("when", ["while it is written", "in the hold"])
def test_what_was_to_be_corrected_is_gone_and_the_new_one_goes_out(quick_scene: Scene, when: str):
    scene = quick_scene
    asked = answered(scene)
    correct(scene, "ann", asked)
    if when == "in the hold":
        scene.answer("ann", RIGHT, asked)
    delete_ours(scene, asked)
    scene.running_house.desk.ours_gone(f"x:{asked}", scene.look(lambda tx: tx.spoke_last(f"x:{asked}")).post_ids)
    scene.settle()
    if when != "in the hold":
        scene.answer("ann", RIGHT, asked)
    scene.pass_time(minutes=2)
    assert scene.replies(asked) == [f"{RIGHT} ^AL"]
    assert scene.stage(asked) is Stage.PUBLISHED
