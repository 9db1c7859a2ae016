"""What the read model tells of a question at each moment of its life, on both databases."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, ROSTER, mail, read_roster
from twelp import reading
from twelp.model import AnswerState, JobState, JournalStep, Kind, Stage
from twelp.reading import QuestionView

SIGNED = f"{ANSWER} ^AL"


def view(scene: Scene, post_id: str) -> QuestionView:
    house = scene.running_house
    found = scene.look(
        lambda tx: reading.read_question(tx, f"x:{post_id}", jobs=house.engine.jobs, roster=house.desk.roster)
    )
    assert isinstance(found, QuestionView)
    assert json.loads(json.dumps(reading.as_json(found)))["post"]["text"] == found.post.text
    return found


def timers(found: QuestionView) -> dict[str, timedelta]:
    """How long after it was opened each timer of a question runs."""
    assert found.question is not None
    since = found.question.opened_at
    return {timer.job: timer.run_at - since for timer in found.next if timer.run_at and timer.job != "deliver"}


def test_a_fresh_question_tells_who_was_asked_who_was_not_and_what_happens_next(scene: Scene):
    post_id = scene.post(QUESTION)
    found = view(scene, post_id)
    assert found.verdict is Kind.QUESTION
    assert found.reasons
    assert found.belongs_to == f"x:{post_id}"
    assert found.question is not None
    assert (found.question.stage, found.question.wave) == (Stage.ASKED, 1)
    assert [one.person for one in found.asked] == [mail(who) for who in ("ann", "bob", "cy")]
    assert all(one.reached and one.reasons and one.topic == "tv" for one in found.asked)
    assert {one.person for one in found.passed_over} == {mail("di"), mail("ed")}
    assert all(one.score and one.why == ("others were likelier to answer",) for one in found.passed_over)
    policy = scene.running_house.desk.policy
    assert timers(found) == {"widen": policy.wave_after, "give_up": policy.give_up_after}
    assert {timer.state for timer in found.next if timer.job != "deliver"} == {JobState.WAITING}
    assert (found.versions, found.public_answer) == ((), None)
    assert [(said.handle, said.text, said.ours) for said in found.thread] == [("mia", QUESTION, False)]
    assert found.trail[0].kind is JournalStep.QUESTION


def test_who_rests_or_wants_quiet_is_named_with_the_reason(closed_house: Scene):
    scene = closed_house
    scene.roster = ROSTER.replace("name: Di Fox,", "name: Di Fox, quiet: '00:00-23:59',")
    scene.open()
    post_id = scene.post(QUESTION)
    why = {one.person: one.why for one in view(scene, post_id).passed_over}
    assert why[mail("di")] == ("has quiet hours",)
    assert why[mail("ed")] == ("others were likelier to answer",)
    assert read_roster(scene.roster).experts[mail("di")].quiet is not None


def test_each_confirmed_text_is_a_version_with_what_was_pressed_and_drafts_are_nobodys(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.click("ann", "Undo")
    scene.click("ann", "Answer")
    scene.submit("ann", "Unplug HDMI 1, wait, and plug it in again.")
    draft = view(scene, post_id)
    assert "wait, and plug" not in json.dumps(reading.as_json(draft)), "not confirmed yet"
    assert [version.state for version in draft.versions] == [AnswerState.DRAFT]
    scene.submit("ann")
    held = view(scene, post_id)
    assert timers(held)["publish"] > timedelta(0)
    assert held.public_answer is None
    scene.pass_time(minutes=2)
    found = view(scene, post_id)
    first, second = found.versions
    assert (first.number, first.expert, first.posts, first.state) == (1, mail("ann"), (SIGNED,), None)
    assert [(act.actor, act.step) for act in first.acts] == [
        ("gate", JournalStep.GOOD),
        (mail("ann"), JournalStep.UNDO),
    ]
    assert (second.number, second.state) == (2, AnswerState.PUBLISHED)
    assert second.acts[-1].step is JournalStep.PUBLISHED
    assert found.public_answer is not None
    assert found.public_answer.posts == second.posts == ("Unplug HDMI 1, wait, and plug it in again. ^AL",)
    assert found.public_answer.url == scene.question(post_id).reply_url
    assert [said.ours for said in found.thread] == [False, True]
    scene.until(lambda: timers(view(scene, post_id)).keys() <= {"likes"}, "the end of the hold's job")


def test_an_answer_that_came_second_is_a_version_of_its_own(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("bob", "Answer")
    scene.submit("bob", "Try another cable.")
    scene.pass_time(minutes=11)  # the claim runs out over the preview
    scene.answer("ann", post_id=post_id)
    scene.submit("bob")
    found = view(scene, post_id)
    assert {(version.expert, version.state) for version in found.versions} == {
        (mail("ann"), AnswerState.ACCEPTED),
        (mail("bob"), AnswerState.ALTERNATIVE),
    }


def test_a_retracted_answer_stands_in_its_versions_and_not_in_public(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert scene.running_house.desk.retract(f"x:{post_id}", mail("ann")).ok
    scene.settle()
    found = view(scene, post_id)
    assert found.public_answer is None
    (version,) = found.versions
    assert version.posts == (SIGNED,)
    assert {act.step for act in version.acts} >= {JournalStep.PUBLISHED, JournalStep.RETRACT, JournalStep.DELETED}


def test_a_post_that_adds_to_a_question_tells_to_which_and_shows_the_same_thread(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.pass_time(seconds=5)
    added = scene.post("@VoltHelp it is the one in the kitchen", reply_to=post_id)
    found = view(scene, added)
    assert (found.question, found.belongs_to) == (None, f"x:{post_id}")
    assert [said.text for said in found.thread] == [said.text for said in view(scene, post_id).thread]
    assert len(found.thread) == 2


def test_a_post_that_was_never_heard_is_none(scene: Scene):
    jobs = scene.running_house.engine.jobs
    assert scene.look(lambda tx: reading.read_question(tx, "x:1", jobs=jobs)) is None


def test_a_question_whose_journal_was_swept_still_has_its_answer(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    with scene.running_house.store.transaction() as tx:
        tx.connection.exec_driver_sql("DELETE FROM twelp_journal")
    found = view(scene, post_id)
    assert [(version.posts, version.state) for version in found.versions] == [((SIGNED,), AnswerState.PUBLISHED)]
    assert found.public_answer is not None
    assert found.trail == ()


def test_the_overview_counts_what_is_under_way_and_what_the_queues_have_to_do(scene: Scene):
    scene.post(QUESTION)
    found = scene.look(lambda tx: reading.read_overview(tx, scene.clock.now()))
    assert found.questions == {"asked": 1}
    assert found.queues["house"].waiting >= 2
    assert (found.parked, found.lag_s) == (0, 0.0)
