"""A post that asks two things: both are answered, by one text or by two, and what is left stays open and visible."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_by_hand import by_hand
from tests.stories.test_edits import edit, noted
from tests.stories.test_learning import menu
from tests.stories.test_volunteers import open_home
from tests.stories.town import ROSTER, mail
from twelp.model import Stage

ASKED = "@VoltHelp why does my tv show no picture? And why no sound from the soundbar?"
TV = "Hold the power button for ten seconds."
AUDIO = "Pair the soundbar once more."
BOTH = "Hold the power button of the tv. For sound, pair the soundbar once more."


@pytest.fixture
def two(closed_house: Scene) -> Scene:
    closed_house.roster = ROSTER.replace("level: trainee, ", "")
    closed_house.open()
    return closed_house


def open_points(scene: Scene, post_id: str) -> list[str]:
    return [point.words for point in scene.question(post_id).points if point.answer is None]


def test_an_answer_to_one_half_leaves_the_other_open_until_that_is_answered_too(two: Scene):
    post_id = two.post(ASKED)
    assert {"ann", "tia"} <= {*two.asked(post_id)}, "people for both are asked"
    assert "no sound from the soundbar?” (Audio): you are asked about this" in two.words("tia", post_id)
    assert "no picture?” (TV): you are asked about this" in two.words("ann", post_id)
    assert any("asks several things" in line for line in two.trail(post_id))
    two.answer("ann", TV, post_id)
    two.pass_time(minutes=1, seconds=1)
    assert two.replies(post_id) == [f"{TV} ^AL"]
    # the rest is open: for Tia, who is told; Ann's part is done
    assert two.stage(post_id) is Stage.ASKED
    assert open_points(two, post_id) == ["why no sound from the soundbar?"]
    assert "Ann Lee answered a part of this" in noted(two, "tia")
    assert two.buttons("tia", post_id) == ["Answer", "Claim", "Not me"]
    assert "(TV): answered" in two.words("tia", post_id)
    assert "Your part is answered" in two.words("ann", post_id)
    assert "(Audio): you are asked about this" in open_home(two, "tia")
    assert "(TV): answered" in open_home(two, "mo").partition("The queue")[2]
    assert any("still open" in line and "soundbar" in line for line in two.trail(post_id))
    # thanks for the first half settle nothing of the other
    two.post("@VoltHelp that worked, thanks!", reply_to=str(two.ours()[0]["id"]))
    assert two.stage(post_id) is Stage.ASKED
    # the other half gets its own reply, once
    two.answer("tia", AUDIO, post_id)
    two.pass_time(minutes=2)
    assert sorted(two.replies(post_id)) == sorted([f"{TV} ^AL", f"{AUDIO} ^TN"])
    assert two.stage(post_id) is Stage.PUBLISHED
    assert open_points(two, post_id) == []
    two.pass_time(hours=3)
    assert len(two.ours()) == 2
    assert two.requests("POST", "/2/tweets") == 2


def test_one_text_to_both_closes_both(two: Scene):
    post_id = two.post(ASKED)
    two.click("ann", "Answer", post_id)
    two.submit("ann", BOTH)
    assert "Which of it does this answer?" in two.window("ann")
    two.submit("ann")
    two.pass_time(minutes=2)
    assert two.stage(post_id) is Stage.PUBLISHED
    assert two.replies(post_id) == [f"{BOTH} ^AL"]
    for person in ("ann", "tia"):
        assert "Answered by Ann Lee" in two.words(person, post_id)


def test_an_author_says_which_of_it_they_answer(two: Scene):
    """What they choose counts, whatever the words seem to say."""
    post_id = two.post(ASKED)
    two.click("tia", "Answer", post_id)
    two.submit("tia", AUDIO)
    view = two.until(lambda: two.view("tia"), "the window")
    chosen = {"covers": {"twelp_covers": ["0", "1"]}}
    two.control("POST", "slack/submit", {"user": mail("tia"), "view_id": view["id"], "values": chosen})
    two.settle()
    two.pass_time(minutes=2)
    assert two.stage(post_id) is Stage.PUBLISHED
    other = two.post(ASKED, "leo")
    person = next(one for one in two.asked(other) if one != "tia")
    two.click(person, "Answer", other)
    two.submit(person, BOTH)
    view = two.until(lambda: two.view(person), "the window")
    chosen = {"covers": {"twelp_covers": ["0"]}}
    two.control("POST", "slack/submit", {"user": mail(person), "view_id": view["id"], "values": chosen})
    two.settle()
    two.pass_time(minutes=2)
    assert two.stage(other) is Stage.ASKED
    assert open_points(two, other) == ["why no sound from the soundbar?"]


def test_an_answer_to_one_half_that_did_not_help_opens_that_half_again(two: Scene):
    post_id = two.post(ASKED)
    two.answer("ann", TV, post_id)
    two.pass_time(minutes=1, seconds=1)
    two.post("@VoltHelp did not work", reply_to=str(two.ours()[0]["id"]))
    assert len(open_points(two, post_id)) == 2
    assert "came back after your answer" in noted(two, "ann")
    assert two.buttons("ann", post_id) == ["Answer", "Claim", "Not me"]
    two.answer("ann", "Then unplug the tv for a minute. For sound, pair the soundbar once more.", post_id)
    two.pass_time(minutes=2)
    assert two.stage(post_id) is Stage.PUBLISHED
    assert len(two.ours()) == 2


def test_a_colleague_answers_one_half_by_hand_while_somebody_writes_the_other(two: Scene):
    post_id = two.post(ASKED)
    two.click("tia", "Answer", post_id)
    by_hand(two, "Hold the power button of the tv for ten seconds. ^KM", post_id)
    two.listen()
    assert two.stage(post_id) is Stage.CLAIMED
    assert open_points(two, post_id) == ["why no sound from the soundbar?"]
    assert "You have the rest" in noted(two, "tia")
    two.shut("tia")
    two.answer("tia", AUDIO, post_id)
    two.pass_time(minutes=2)
    assert two.stage(post_id) is Stage.PUBLISHED
    assert len(two.replies(post_id)) == 2


def test_what_is_left_outlives_restart_edit_and_retraction_and_goes_with_the_post(two: Scene):
    post_id = two.post(ASKED)
    two.answer("ann", TV, post_id)
    two.pass_time(minutes=1, seconds=1)
    two.close()
    two.open()
    newer = edit(two, post_id, ASKED.replace("soundbar", "speaker"))
    assert open_points(two, post_id) == ["why no sound from the speaker?"]
    assert two.stage(post_id) is Stage.ASKED
    two.answer("tia", AUDIO, post_id)
    two.pass_time(minutes=2)
    assert two.stage(post_id) is Stage.PUBLISHED
    assert len(two.replies(post_id) + two.replies(newer)) == 2
    menu(two, "tia", "retract", post_id)
    two.submit("tia")
    two.pass_time(minutes=1)
    assert two.stage(post_id) is Stage.RETRACTED
    assert open_points(two, post_id) == ["why no sound from the speaker?"]
    assert [one["text"] for one in two.ours()] == [f"{TV} ^AL"]
    two.delete(newer)
    two.pass_time(days=2)
    assert two.question(post_id).points == ()


def test_what_asks_something_else_besides_joins_no_matter_however_many_ask_it(closed_house: Scene):
    closed_house.roster = ROSTER.replace("level: trainee, ", "")
    closed_house.open(grouping=True)
    for n in range(6):
        closed_house.post("@VoltHelp why does my tv show no picture?", f"c{n}")
    post_id = closed_house.post(ASKED, "noor")
    assert closed_house.stage(post_id) is not Stage.JOINED
    assert "no sound from the soundbar" in closed_house.words("tia", post_id)
