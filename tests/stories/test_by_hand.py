"""People post from the brand's account, too: what they wrote is never taken for ours, and ours never goes out twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_learning import menu
from tests.stories.test_threads import POSTS, confirmed
from tests.stories.town import ANSWER, QUESTION
from twelp.model import AnswerState, Stage

REPLY = {"network": "x", "method": "POST", "path": "/2/tweets"}
OWN = {"network": "x", "method": "GET", "path": "/2/users/*/tweets"}
OURS = f"{ANSWER} ^AL"
THEIRS = "Please hold the button for a while. ^KM"
LINKED = "Hold the button & see https://www.voltelectronics.com/help/tv?a=1&b=2 <here>. Good luck!"


def by_hand(scene: Scene, text: str, to: str, **more: Any) -> str:
    """Somebody posts from the brand's account in X's own app."""
    return str(scene.control("POST", "x/posts", {"text": text, "as": "VoltHelp", "reply_to": to, **more})["id"])


def untold(scene: Scene, *fields: str) -> None:
    """X goes on to show our own posts, without these fields."""
    scene.fault(kind="altered", fields=dict.fromkeys(fields), times=None, **OWN)


def tried(scene: Scene, kind: str, text: str = ANSWER) -> str:
    """A question whose answer X did not take, or took without a word."""
    scene.fault(kind=kind, **REPLY)
    post_id = scene.post(QUESTION)
    scene.answer("ann", text)
    scene.pass_time(seconds=61)
    assert scene.stage(post_id) is Stage.PUBLISHING
    return post_id


@pytest.mark.parametrize("kind", ["html", "close", "hang"])
@pytest.mark.others_on_sqlite(reason="failures differ, rows do not")
def test_ours_goes_out_no_more_where_a_colleague_wrote_meanwhile(closed_house: Scene, kind: str):
    scene = closed_house
    scene.open(x_timeout_s=1.5 if kind == "hang" else scene.settings.x_timeout_s)
    post_id = tried(scene, kind)
    by_hand(scene, THEIRS, post_id)
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [THEIRS]
    assert scene.stage(post_id) is Stage.BY_HAND
    assert scene.state(post_id, "ann") is AnswerState.ALTERNATIVE


def test_ours_goes_out_once_beside_what_a_colleague_wrote_meanwhile(scene: Scene):
    """It stood already, and its answer was lost."""
    post_id = tried(scene, "lost_response")
    by_hand(scene, THEIRS, post_id)
    scene.pass_time(minutes=2)
    assert sorted(scene.replies(post_id)) == [OURS, THEIRS]
    assert scene.stage(post_id) is Stage.PUBLISHED
    menu(scene, "ann", "retract", post_id)
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [THEIRS]
    assert scene.stage(post_id) is Stage.RETRACTED


def test_what_a_colleague_wrote_below_our_answer_stays_when_it_is_taken_back(scene: Scene):
    scene.fault(kind="lost_response", **REPLY)
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(seconds=61)
    by_hand(scene, THEIRS, post_id)
    below = f"And again: {ANSWER}"
    by_hand(scene, below, _id_of(scene, OURS))
    scene.pass_time(minutes=2)
    menu(scene, "ann", "retract", post_id)
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert sorted(post["text"] for post in scene.ours()) == sorted([THEIRS, below])


def test_a_colleague_who_wrote_before_the_try_is_not_taken_for_us(quick_scene: Scene):
    scene = quick_scene
    scene.fault(kind="lost_response", **REPLY)
    post_id = scene.post(QUESTION)
    by_hand(scene, f"{ANSWER} ^KM", post_id)
    scene.answer("ann")
    scene.pass_time(minutes=3)
    assert scene.replies(post_id) == [f"{ANSWER} ^KM"]
    assert scene.requests("POST", "/2/tweets") == 0
    assert scene.stage(post_id) is Stage.BY_HAND
    assert scene.answers(post_id)["ann"].post_ids == ()


def test_the_very_words_by_a_colleague_under_the_question_are_the_answer(quick_scene: Scene):
    """Copied from the card, while X was away: the customer has it, and X would take it no second time."""
    scene = quick_scene
    post_id = tried(scene, "html")
    copied = by_hand(scene, OURS, post_id)
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [OURS]
    assert scene.answers(post_id)["ann"].post_ids == (copied,)


@pytest.mark.parametrize("untold_too", [(), ("entities",)], ids=["told", "untold"])
@pytest.mark.others_on_sqlite(reason="what X tells differs, rows do not")
def test_an_answer_with_a_link_is_known_again(quick_scene: Scene, untold_too: tuple[str, ...]):
    scene = quick_scene
    if untold_too:
        untold(scene, *untold_too)
    post_id = tried(scene, "lost_response", LINKED)
    scene.pass_time(minutes=2)
    assert len(scene.replies(post_id)) == 1
    assert scene.requests("POST", "/2/tweets") == 1
    assert scene.stage(post_id) is Stage.PUBLISHED


def test_each_post_of_a_thread_is_told_from_what_people_wrote_under_it(scene: Scene):
    scene.fault(kind="lost_response", after=1, **REPLY)
    post_id = confirmed(scene)
    scene.pass_time(seconds=60)
    scene.pass_time(seconds=1)
    first = _id_of(scene, POSTS[0])
    by_hand(scene, THEIRS, first)
    scene.pass_time(minutes=3)
    ours = [p for p in scene.ours() if p["text"] != THEIRS]
    assert [p["text"] for p in ours] == POSTS
    assert [p["in_reply_to"] for p in ours] == [post_id, *[p["id"] for p in ours[:-1]]]
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.requests("POST", "/2/tweets") == 3


def test_own_words_of_which_x_does_not_tell_where_they_stand_are_doubt(quick_scene: Scene):
    """It is looked at again, and found when X tells more."""
    scene = quick_scene
    untold(scene, "referenced_tweets")
    post_id = tried(scene, "lost_response")
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.PUBLISHING
    scene.control("DELETE", "faults")
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [OURS]
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.requests("POST", "/2/tweets") == 1


@pytest.mark.parametrize("fields", [("referenced_tweets",), ("referenced_tweets", "conversation_id"), ("text",)])
@pytest.mark.others_on_sqlite(reason="what X tells differs, rows do not")
def test_what_stays_in_doubt_comes_before_people(scene: Scene, fields: tuple[str, ...]):
    untold(scene, *fields)
    post_id = tried(scene, "lost_response")
    scene.pass_time(minutes=15)
    assert scene.replies(post_id) == [OURS]
    assert scene.requests("POST", "/2/tweets") == 1
    assert scene.stage(post_id) is Stage.REFUSED
    assert "Nobody can tell whether the answer stands" in scene.words("ann", post_id)
    assert _id_of(scene, OURS) in scene.words("ann", post_id), "the post that may be it is named"
    assert "Nobody can tell" in str(scene.cards("mo"))


def test_without_references_other_words_are_no_doubt(quick_scene: Scene):
    scene = quick_scene
    untold(scene, "referenced_tweets", "conversation_id")
    post_id = tried(scene, "html")
    by_hand(scene, THEIRS, post_id)
    scene.pass_time(minutes=2)
    assert sorted(scene.replies(post_id)) == [OURS, THEIRS], "X does not tell that theirs answers it"
    assert scene.stage(post_id) is Stage.PUBLISHED


@pytest.mark.parametrize("status", [400, 403, 404])
@pytest.mark.others_on_sqlite(reason="refusals differ, rows do not")
def test_a_look_that_x_refuses_says_nothing_of_the_answer(quick_scene: Scene, status: int):
    """It was published, and the refusal was of reading: never "could not be posted" at once, never twice."""
    scene = quick_scene
    scene.fault(kind="status", status=status, body={"title": "No"}, times=None, **OWN)
    post_id = tried(scene, "lost_response")
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.PUBLISHING
    scene.control("DELETE", "faults")
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [OURS]
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.requests("POST", "/2/tweets") == 1


def test_ours_is_found_behind_a_page_of_what_people_wrote_since(quick_scene: Scene):
    scene = quick_scene
    post_id = tried(scene, "lost_response")
    others = [{"text": f"Good morning, number {n}", "as": "VoltHelp"} for n in range(130)]
    scene.control("POST", "x/posts", {"posts": others})
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [OURS]
    assert scene.requests("POST", "/2/tweets") == 1
    assert scene.stage(post_id) is Stage.PUBLISHED


def test_a_post_that_the_ledger_does_not_know_is_never_deleted(quick_scene: Scene):
    """Whatever an answer is said to stand as: the moderators are asked to look."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    theirs, answer = by_hand(scene, THEIRS, post_id), scene.answers(post_id)["ann"]
    with scene.running_house.store.transaction() as tx:
        tx.set_answer(answer.id, AnswerState.PUBLISHED, scene.clock.now(), post_ids=(theirs,))
    menu(scene, "ann", "retract", post_id)
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert sorted(scene.replies(post_id)) == [OURS, THEIRS]
    assert scene.requests("DELETE", f"/2/tweets/{theirs}") == 0
    assert "look at it by hand" in str(scene.cards("mo"))


def test_a_clock_that_is_ahead_hides_nothing_of_ours(quick_scene: Scene):
    """By half an hour: what we sent looks older than the try, and is ours all the same."""
    scene = quick_scene
    scene.fault(kind="lost_response", **REPLY)
    post_id = scene.post(QUESTION)
    scene.clock.at += timedelta(minutes=30)
    scene.answer("ann")
    scene.pass_time(minutes=3)
    assert scene.replies(post_id) == [OURS]
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.requests("POST", "/2/tweets") == 1


# ---------------------------------------------------------------- refused after something passing

PASSING = [
    {"kind": "html"},
    {"kind": "close"},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 429, "headers": {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "now+60"}},
    {"kind": "status", "status": 401},
]


@pytest.mark.parametrize("passing", PASSING, ids=lambda fault: str(fault.get("status", fault["kind"])))
@pytest.mark.others_on_sqlite(reason="failures differ, rows do not")
def test_a_text_that_x_has_already_comes_back_to_be_reworded_after_any_passing_failure(
    scene: Scene, passing: dict[str, Any]
):
    first = scene.post(QUESTION)
    scene.answer("ann", post_id=first)
    scene.pass_time(minutes=2)
    second = scene.post("@VoltHelp my tv shows no picture, why?", "leo")
    if "ann" not in scene.asked(second):
        scene.pass_time(minutes=10)
    scene.fault(**passing, **REPLY)
    scene.answer("ann", post_id=second)
    scene.pass_time(minutes=5)
    assert scene.stage(second) is Stage.CLAIMED
    assert scene.state(second, "ann") is AnswerState.DRAFT
    assert "takes none twice" in scene.words("ann", second)
    scene.click("ann", scene.buttons("ann", second)[0], second)
    scene.submit("ann", "In other words: hold the power button, then unplug HDMI 1.")
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert scene.stage(second) is Stage.PUBLISHED
    assert len(scene.replies(second)) == 1


def test_a_text_that_x_says_it_has_and_shows_nowhere_comes_back_with_a_warning(quick_scene: Scene):
    scene = quick_scene
    detail = "You are not allowed to create a Tweet with duplicate content."
    body = {"title": "Forbidden", "detail": detail, "type": "about:blank", "status": 403}
    post_id = tried(scene, "html")
    scene.fault(kind="status", status=403, body=body, times=None, **REPLY)
    scene.pass_time(minutes=5)
    assert scene.stage(post_id) is Stage.CLAIMED
    assert "shows it nowhere" in scene.words("ann", post_id)


def _id_of(scene: Scene, text: str) -> str:
    return str(next(p["id"] for p in scene.ours() if p["text"] == text))


def test_a_thread_whose_next_post_x_has_already_is_taken_down_and_comes_back(quick_scene: Scene):
    """A passing failure before the refusal changes nothing; what people wrote under it stays."""
    scene = quick_scene
    by_hand(scene, POSTS[1], scene.post("@VoltHelp hello!", "zoe"))
    detail = "You are not allowed to create a Tweet with duplicate content."
    body = {"title": "Forbidden", "detail": detail, "type": "about:blank", "status": 403}
    scene.fault(kind="html", after=1, **REPLY)
    scene.fault(kind="status", status=403, body=body, times=None, after=1, **REPLY)
    post_id = confirmed(scene)
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == POSTS[:1]
    theirs = by_hand(scene, THEIRS, _id_of(scene, POSTS[0]))
    scene.pass_time(minutes=3)
    assert scene.stage(post_id) is Stage.CLAIMED
    assert [p["text"] for p in scene.ours()] == [POSTS[1], THEIRS]
    assert theirs in [p["id"] for p in scene.ours()]
