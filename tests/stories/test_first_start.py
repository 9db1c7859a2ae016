"""The past is not the present: where reading begins, how old a question may be, and what was answered by hand."""

from __future__ import annotations

import logging
import shutil
from datetime import timedelta

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.model import Kind


@pytest.fixture(autouse=True)
def _heard(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="twelp")


def posted(scene: Scene, text: str = QUESTION, *, who: str = "mia", reply_to: str | None = None, **ago: float) -> str:
    """A post of so long ago, which nobody has read yet."""
    at = scene.clock.at - timedelta(**ago)
    return super(Scene, scene).post(text, who, created_at=at.isoformat(), reply_to=reply_to)


def by_hand(scene: Scene, post_id: str, **ago: float) -> None:
    """The brand's account replied, and not through us."""
    at = scene.clock.at - timedelta(**ago)
    super(Scene, scene).post("Try HDMI 2.", "VoltHelp", reply_to=post_id, created_at=at.isoformat())


def taken_for(scene: Scene, post_id: str) -> Kind | None:
    found = scene.look(lambda tx: tx.post(f"x:{post_id}"))
    return found[1].kind if found else None


def summary(scene: Scene) -> str:
    return scene.running_house.networks["x"].listener.catchup.summary()


def test_the_first_start_begins_now_and_says_what_it_left(closed_house: Scene, caplog: pytest.LogCaptureFixture):
    scene = closed_house
    old = [posted(scene, days=40), posted(scene, days=3, who="lea"), posted(scene, minutes=16, who="kai")]
    fresh = posted(scene, minutes=5)
    scene.open()
    scene.listen()
    assert scene.asked(fresh) != []
    assert [taken_for(scene, post_id) for post_id in old] == [None, None, None], "what was not ours is not kept"
    assert "3 older mentions left" in caplog.text
    assert "TWELP_BACKLOG" in caplog.text
    assert "3 older mentions left" in summary(scene)
    scene.pass_time(minutes=1)
    scene.listen()
    assert caplog.text.count("older mentions left") == 1, "counted once"


def test_a_backlog_that_was_asked_for_is_asked_however_old(closed_house: Scene):
    scene = closed_house
    older, wanted = posted(scene, days=6), posted(scene, days=3, who="lea")
    scene.open(backlog="5d")
    scene.listen()
    assert scene.asked(wanted) != []
    assert taken_for(scene, older) is None


def test_what_the_brand_answered_by_hand_is_left_and_what_comes_after_it_is_not(
    closed_house: Scene, caplog: pytest.LogCaptureFixture
):
    scene = closed_house
    first = posted(scene, minutes=14)
    detail = posted(scene, "@VoltHelp which hdmi port is it on my tv?", minutes=13, reply_to=first)
    by_hand(scene, detail, minutes=12)
    again = posted(scene, "@VoltHelp why is my tv screen still black?", minutes=11, reply_to=detail)
    other = posted(scene, minutes=10, who="kai")
    scene.open()
    scene.listen()
    assert [taken_for(scene, post_id) for post_id in (first, detail)] == [Kind.ANSWERED, Kind.ANSWERED]
    assert scene.asked(again) != []
    assert scene.asked(other) != []
    assert "2 questions that our account has answered itself" in caplog.text
    assert "2 questions that our account has answered itself" in summary(scene)


def test_what_is_posted_after_a_start_that_crashed_before_the_first_look_is_not_lost(closed_house: Scene):
    scene = closed_house
    scene.open()
    scene.close()
    scene._move_to(scene.clock.at + timedelta(minutes=1))
    after = posted(scene)
    scene._move_to(scene.clock.at + timedelta(hours=3))
    for _ in range(2):  # and once more
        scene.open()
        scene.close()
    scene.open()
    scene.listen()
    assert scene.asked(after) != []


def test_a_clock_that_is_ahead_of_xs_loses_nothing_at_the_start(closed_house: Scene):
    scene = closed_house
    scene.clock.at += timedelta(minutes=4)
    before = super(Scene, scene).post(QUESTION, "lea")
    scene._move_to(scene.clock.at + timedelta(minutes=10))
    scene.open(backlog="now")
    scene._move_to(scene.clock.at + timedelta(seconds=2))
    after = super(Scene, scene).post(QUESTION, "mia")
    scene.listen()
    assert scene.asked(after) != []
    assert taken_for(scene, before) is None


def test_a_question_from_before_the_start_that_is_asked_again_is_asked(closed_house: Scene):
    scene = closed_house
    old = posted(scene, days=2)
    scene.open()
    scene.listen()
    again = scene.post("@VoltHelp why does my tv still show no picture?", reply_to=old)
    assert scene.asked(again) != []


def test_after_a_standstill_questions_have_an_age_limit(closed_house: Scene, caplog: pytest.LogCaptureFixture):
    scene = closed_house
    scene.open()
    scene.post(QUESTION, "di")
    scene.close()
    scene._move_to(scene.clock.at + timedelta(hours=30))
    old = posted(scene, hours=24, minutes=1)
    thanks = posted(scene, "@VoltHelp thank you, that helped!", hours=25)
    just = posted(scene, hours=23, minutes=59, who="kai")
    scene.open()
    scene.listen()
    assert taken_for(scene, old) is Kind.OLD
    assert taken_for(scene, thanks) is Kind.THANKS, "what asks nobody is taken as ever"
    assert scene.asked(just) != []
    assert "1 question older than 24 hours (TWELP_MAX_AGE_HOURS)" in caplog.text
    assert "1 question older than 24 hours" in summary(scene)


@pytest.mark.only_on("sqlite", reason="twelp db backup is for SQLite: Postgres has its own")
def test_what_was_answered_after_a_backup_is_not_asked_when_it_is_put_back(closed_scene: Scene, tmp_path):
    scene = closed_scene
    scene.open()
    scene.post("@VoltHelp how do I wake my tv?", "lea")
    scene.close()
    shutil.copy(tmp_path / "story.db", tmp_path / "backup.db")
    scene.open()
    post_id = scene.post(QUESTION)
    scene.answer("ann", ANSWER, post_id)
    scene.pass_time(minutes=2)
    assert len(scene.replies(post_id)) == 1
    scene.close()
    scene._move_to(scene.clock.at + timedelta(minutes=5))
    shutil.copy(tmp_path / "backup.db", tmp_path / "story.db")
    scene.open()
    scene.listen()
    assert taken_for(scene, post_id) is Kind.ANSWERED
    assert len(scene.replies(post_id)) == 1


def test_reading_waits_while_x_cannot_say_what_was_answered_by_hand(closed_scene: Scene):
    scene = closed_scene
    post_id = posted(scene, minutes=10)
    by_hand(scene, post_id, minutes=9)
    scene.open()
    scene.fault(kind="html", network="x", method="GET", path="/2/users/*/tweets", times=2)
    house = scene.running_house
    assert house.networks["x"].listener._once() > 0
    assert taken_for(scene, post_id) is None
    house.networks["x"].listener._once()
    assert taken_for(scene, post_id) is Kind.ANSWERED
