"""A moderator pauses everything, or a topic: nothing goes out, all that comes in is kept, and it goes on after."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_volunteers import open_home, says
from tests.stories.town import ANSWER, QUESTION, ROSTER
from twelp.cli import halt
from twelp.delivery.posts import Posts
from twelp.errors import TwelpError
from twelp.flow import gate
from twelp.model import Delivery, Stage

SOUND = "@VoltHelp there is no sound from my speaker"
gate.load()  # the first answer of a process would come late: Slack waits three seconds for it

TWO = ROSTER.replace("name: Volt,", "name: Volt, two_to_resume: true,").replace(
    "initials: EP, topics: [tv],", "initials: EP, topics: [tv], level: moderator,"
)


def test_nothing_goes_out_while_everything_is_paused_and_all_that_came_in_goes_on_after(scene: Scene):
    first = scene.post(QUESTION, "lea")
    scene.answer("ann", post_id=first)
    said = says(scene, "mo", "pause everything because our last answer is wrong")
    assert "Paused." in said
    second = scene.post("@VoltHelp my tv has no picture, why?", "noor")
    scene.pass_time(minutes=5)
    assert scene.ours() == []
    assert scene.stage(first) is Stage.HELD, "it can still be undone"
    assert scene.stage(second) is Stage.OPEN
    assert scene.asked(second) == []
    assert any("paused by Mo Dee: our last answer is wrong" in line for line in scene.trail(second))
    assert "Paused: not going out yet" in scene.words("ann", first)
    assert "Mo Dee paused everything" in scene.words("ann", first)
    assert "our last answer is wrong" in open_home(scene, "ann")
    scene.pass_time(hours=5)
    assert scene.stage(second) is Stage.OPEN, "it is not given up for our pause"
    assert "Resumed." in says(scene, "mo", "resume everything")
    scene.pass_time(seconds=2)
    assert len(scene.replies(first)) == 1
    assert scene.stage(first) is Stage.PUBLISHED
    assert scene.asked(second) != []
    assert "Mo Dee paused" not in open_home(scene, "ann")


def test_what_is_in_the_outbox_waits_through_a_restart_and_goes_out_once_oldest_question_first(closed_house: Scene):
    scene = closed_house
    scene.open()
    posts = [scene.post(f"@VoltHelp why does my tv show no picture? ({n})", f"c{n}") for n in range(3)]
    for post_id in posts:
        scene.click(scene.asked(post_id)[0], "Claim", post_id)
    says(scene, "mo", "pause everything: press is calling")
    for post_id in reversed(posts):
        scene.answer(scene.asked(post_id)[0], f"{ANSWER} ({post_id[-4:]})", post_id)
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    scene.close()
    scene.open()
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    says(scene, "mo", "resume")
    scene.pass_time(seconds=3)
    assert sorted(post["in_reply_to"] for post in scene.ours()) == sorted(posts)


def test_a_paused_topic_stops_its_own_questions_and_no_others(scene: Scene):
    says(scene, "mo", "pause topic TV because of a recall")
    picture, sound = scene.post(QUESTION, "lea"), scene.post(SOUND, "noor")
    assert scene.asked(picture) == []
    assert scene.asked(sound) == ["tia"]
    scene.answer("tia", "Please turn it off and on again, then pair it.", sound)
    scene.click("mo", "Approve and post", sound)
    scene.pass_time(minutes=2)
    assert len(scene.replies(sound)) == 1
    assert "Resumed" in says(scene, "mo", "resume topic tv")
    scene.pass_time(seconds=2)
    assert scene.asked(picture) != []


def test_only_moderators_pause_with_a_reason_and_what_cannot_be_read_pauses_nothing(scene: Scene):
    assert "Only a moderator" in says(scene, "ann", "pause everything because I say so")
    assert "Why?" in says(scene, "mo", "pause everything")
    assert "There is no topic “cars”" in says(scene, "mo", "pause topic cars because of a recall")
    assert "Nothing is paused" in says(scene, "mo", "resume everything")
    assert "You are not paused" in says(scene, "mo", "resume")
    assert "Paused until" in says(scene, "mo", "pause 2h"), "one's own pause is another thing"
    says(scene, "mo", "pause everything because of a leak")
    assert "paused already" in says(scene, "mo", "pause everything because of a leak")
    assert "Welcome back" in says(scene, "mo", "resume"), "their own first"
    assert "Only a moderator" in says(scene, "ann", "resume everything")
    assert "Resumed" in says(scene, "mo", "resume")


def test_an_answer_may_be_taken_back_while_everything_is_paused(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.answer("ann", post_id=post_id)
    scene.pass_time(minutes=2)
    assert len(scene.replies(post_id)) == 1
    says(scene, "mo", "pause everything because of a leak")
    scene.running_house.desk.retract(f"x:{post_id}", "ann@volt.example")
    scene.pass_time(seconds=5)
    assert scene.replies(post_id) == []


def test_a_pause_right_before_the_call_stops_it(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    """The row was begun and the network looked at, and meanwhile another process writes the pause."""
    post_id = scene.post(QUESTION)
    scene.answer("ann", post_id=post_id)
    desk = scene.running_house.desk

    def pauses_meanwhile(_posts: Posts, _row: Delivery) -> bool:
        assert desk.command("mo@volt.example", "pause everything because of a leak").ok
        return False

    with monkeypatch.context() as patch:
        patch.setattr(Posts, "_gives_way", pauses_meanwhile)
        scene.pass_time(minutes=2)
    assert scene.requests("POST", "/2/tweets") == 0
    assert scene.stage(post_id) is Stage.PUBLISHING
    assert "Paused: not going out yet" in scene.words("ann", post_id)
    says(scene, "mo", "resume everything")
    scene.pass_time(seconds=2)
    assert len(scene.replies(post_id)) == 1


def test_two_people_resume_where_the_roster_says_so(closed_house: Scene):
    scene = closed_house
    scene.roster = TWO
    scene.open()
    post_id = scene.post(QUESTION)
    scene.answer("ann", post_id=post_id)
    says(scene, "mo", "pause everything because of a leak")
    assert "A second person must agree" in says(scene, "mo", "resume everything")
    assert "You agreed already" in says(scene, "mo", "resume everything")
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    assert "Mo Dee wants to resume" in open_home(scene, "ed")
    assert "Resumed" in says(scene, "ed", "resume everything")
    scene.pass_time(seconds=2)
    assert len(scene.replies(post_id)) == 1


def test_an_operator_pauses_from_the_command_line_and_a_running_twelp_obeys(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    post_id = scene.post(QUESTION)
    scene.answer("ann", post_id=post_id)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "experts.yaml").write_text(ROSTER, encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", scene.settings.database_url.get_secret_value())
    halt.pause(["everything", "because", "the", "site", "is", "down"])
    assert "everything: paused by operator" in capsys.readouterr().out
    scene.running_house.desk.tell_of_pauses()
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    assert "the site is down" in scene.words("ann", post_id)
    with pytest.raises(TwelpError, match="paused already"):
        halt.pause(["everything", "because", "twice"])
    halt.resume(["everything"])
    assert "Resumed." in capsys.readouterr().out
    halt.pause([])
    assert "Nothing is paused." in capsys.readouterr().out
    scene.pass_time(seconds=10)
    assert len(scene.replies(post_id)) == 1
    with pytest.raises(TwelpError, match="nothing"):
        halt.resume([])
