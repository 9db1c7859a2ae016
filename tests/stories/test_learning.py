"""What people do teaches at once, survives a restart, can be undone, and can be explained afterwards."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION, ROSTER
from twelp.model import AnswerState, JournalStep, Stage


def test_a_card_names_who_answered_a_similar_question(quick_scene: Scene):
    scene = quick_scene
    first = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    second = scene.post("@VoltHelp there is no picture on my tv, why?", who="noa")
    reason = "Ann Lee answered one like it: “@VoltHelp why does my tv show no picture?”"
    assert reason in scene.words(scene.asked(second)[0], second)
    assert any(reason in line for line in scene.trail(second) if line.startswith("match"))
    assert not any(reason in line for line in scene.trail(first))


def test_a_decision_can_be_made_again_from_the_journal(quick_scene: Scene):
    """The topics with their scores, each person asked with what their score was made of, and who was not asked."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    entries = {entry.told()[0]: entry for entry in scene.look(lambda tx: tx.trail(f"x:{post_id}"))}
    topics = entries["topics"].detail["topics"]
    assert topics[0]["topic"] == "tv"
    assert entries["topics"].detail["nobody"] is False
    ann = entries["ask Ann Lee"].detail
    product = 1.0
    for part in ann["parts"].values():
        product *= part
    assert abs(product - ann["score"]) < 0.001
    others = entries["not asked now"]
    assert [c["expert"] for c in others.detail["candidates"]] == ["di@volt.example", "ed@volt.example"]
    assert 0 <= others.detail["dice"] < 1


def menu(scene: Scene, person: str, word: str, post_id: str) -> None:
    scene.press(person, scene.card(person, post_id), action_id="twelp_more", value=f"{word} x:{post_id}")


def choose(scene: Scene, person: str, what: str) -> None:
    view = scene.until(lambda: scene.view(person), "the window")
    body = {"user": f"{person}@volt.example", "view_id": view["id"], "values": {"choice": {"twelp_choice": what}}}
    scene.control("POST", "slack/submit", body)
    scene.settle()


def best(scene: Scene, text: str) -> str:
    found = scene.running_house.desk.matcher.rank(text).topics[0].topic
    assert isinstance(found, str)
    return found


def test_a_wrong_topic_is_put_right_and_its_people_are_asked(scene: Scene):
    """The right people get it at once with the reason, the next such question goes to them, restart or not."""
    text = "@VoltHelp why does my tv screen hum so low?"
    post_id = scene.post(text)
    first = scene.asked(post_id)[0]
    menu(scene, first, "wrong_topic", post_id)
    choose(scene, first, "audio")
    assert scene.asked(post_id)[-1] == "tia"
    assert "says it is about Audio" in scene.words("tia", post_id)
    assert "Passed on" in scene.words(first, post_id)
    assert scene.look(lambda tx: tx.lesson(f"x:{post_id}")) == (text, "audio")
    assert best(scene, "it hums so low") == "audio"
    scene.close()
    scene.open()
    assert best(scene, "it hums so low") == "audio"


def test_an_answer_teaches_the_corrected_topic_and_only_once(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post("@VoltHelp why does my tv screen hum so low?")
    menu(scene, "ann", "wrong_topic", post_id)
    choose(scene, "ann", "audio")
    scene.answer("tia", post_id=post_id)
    scene.click("mo", "Approve and post", post_id)
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.look(lambda tx: [topic for _, _, topic in tx.learned()]) == ["audio"]
    assert [lesson.topic for lesson in scene.running_house.desk.matcher.lessons()] == ["audio"]


def test_a_colleague_who_knows_is_asked_next_and_told_by_whom(scene: Scene):
    post_id = scene.post(QUESTION)
    asked = scene.asked(post_id)
    menu(scene, "ann", "pass_to", post_id)
    choose(scene, "ann", "tia@volt.example")
    assert scene.asked(post_id) == [*asked, "tia"]
    assert "Ann Lee thinks you know" in scene.words("tia", post_id)
    assert "Passed on" in scene.words("ann", post_id)
    entry = next(e for e in scene.look(lambda tx: tx.trail(f"x:{post_id}")) if e.step is JournalStep.PASS_TO)
    assert entry.detail == {"topics": ["tv"], "to": "tia@volt.example"}


def test_who_was_asked_already_is_not_asked_again(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    asked = scene.asked(post_id)
    menu(scene, "ann", "pass_to", post_id)
    choose(scene, "ann", "bob@volt.example")
    assert "Bob Roe was asked already." in scene.window("ann")
    assert scene.asked(post_id) == asked


def test_who_has_quiet_hours_is_not_woken_by_a_colleague(quick_scene: Scene):
    scene = quick_scene
    scene.close()
    scene.roster = ROSTER.replace("initials: TN,", 'initials: TN, quiet: "00:00-23:59",')
    scene.open()
    post_id = scene.post(QUESTION)
    asked = scene.asked(post_id)
    menu(scene, "ann", "pass_to", post_id)
    choose(scene, "ann", "tia@volt.example")
    assert "Tia New has quiet hours" in scene.window("ann")
    assert scene.asked(post_id) == asked


def test_what_is_not_our_topic_is_set_aside_and_remembered(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    menu(scene, "ann", "not_ours", post_id)
    assert scene.stage(post_id) is Stage.DISMISSED
    assert "Ann Lee says it is not about anything of ours" in scene.words("bob", post_id)
    assert scene.look(lambda tx: [topic for _, _, topic in tx.learned()]) == [None]


def take_back(scene: Scene, person: str, post_id: str) -> None:
    menu(scene, person, "retract", post_id)
    assert "This cannot be undone" in scene.until(lambda: scene.window(person))
    scene.submit(person)


def answered(scene: Scene) -> str:
    post_id = scene.post("@VoltHelp why does my tv flimmer, the screen has no picture?")
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert best(scene, "it does flimmer") == "tv"
    return post_id


def test_an_answer_that_is_taken_back_is_gone_and_what_it_taught_is_forgotten(scene: Scene):
    post_id = answered(scene)
    before = len(scene.running_house.desk.matcher.lessons())
    take_back(scene, "ann", post_id)
    assert scene.stage(post_id) is Stage.RETRACTED
    assert scene.replies(post_id) == []
    for person in ("ann", "bob", "cy"):
        assert "Answer taken back" in scene.words(person, post_id)
    assert scene.state(post_id, "ann") is AnswerState.RETRACTED
    assert len(scene.running_house.desk.matcher.lessons()) == before - 1
    scene.close()
    scene.open()
    assert scene.running_house.desk.matcher.lessons() == []
    scene.pass_time(hours=5)
    assert scene.replies(post_id) == []


def test_only_the_author_and_moderators_may_take_an_answer_back(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    assert "Take it back" in scene.words("ann", post_id)
    assert "Take it back" not in scene.words("bob", post_id)
    done = scene.running_house.desk.retract(f"x:{post_id}", "bob@volt.example")
    assert not done.ok
    assert len(scene.replies(post_id)) == 1
    assert scene.running_house.desk.retract(f"x:{post_id}", "mo@volt.example").ok
    scene.settle()
    assert scene.replies(post_id) == []


def test_the_topic_of_an_answered_question_can_still_be_put_right(quick_scene: Scene):
    """Nobody is asked again; the lesson is another one."""
    scene = quick_scene
    post_id = answered(scene)
    asked = scene.asked(post_id)
    menu(scene, "ann", "wrong_topic", post_id)
    choose(scene, "ann", "audio")
    assert best(scene, "it does flimmer") == "audio"
    assert scene.look(lambda tx: [topic for _, _, topic in tx.learned()]) == ["audio"]
    assert scene.asked(post_id) == asked
    assert not scene.running_house.desk.retopic(f"x:{post_id}", "bob@volt.example", "tv").ok
    assert best(scene, "it does flimmer") == "audio"


def test_a_deletion_whose_answer_was_lost_is_made_again(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    scene.fault(kind="lost_response", network="x", method="DELETE", path="/2/tweets/*")
    take_back(scene, "ann", post_id)
    scene.pass_time(minutes=1)
    assert scene.replies(post_id) == []
    assert any("publish: deleted" in line for line in scene.trail(post_id))


def test_a_deletion_the_network_refuses_for_good_is_put_before_the_moderators(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    problem = {"title": "Forbidden", "detail": "You are not allowed to do this.", "type": "about:blank", "status": 403}
    scene.fault(kind="status", status=403, body=problem, network="x", method="DELETE", path="/2/tweets/*")
    take_back(scene, "ann", post_id)
    assert scene.stage(post_id) is Stage.RETRACTED
    assert len(scene.replies(post_id)) == 1
    assert any("still stands" in message["text"] for message in scene._messages("mo"))


def test_a_lesson_that_was_committed_is_not_lost_when_the_house_dies_before_the_matcher_heard_of_it(
    quick_scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    scene = quick_scene
    desk = scene.running_house.desk
    monkeypatch.setattr(desk, "catch_up", lambda: None)
    post_id = scene.post("@VoltHelp why does my tv flimmer, the screen has no picture?")
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert desk.matcher.lessons() == []
    scene.close()
    scene.open()
    assert [lesson.ref for lesson in scene.running_house.desk.matcher.lessons()] == [f"x:{post_id}"]


def test_what_another_house_learned_is_known_at_the_next_question(quick_scene: Scene):
    """Processes on one database hear of one another's lessons, and of their being forgotten, through the rows."""
    store, desk = quick_scene.running_house.store, quick_scene.running_house.desk
    with store.transaction() as tx:
        tx.learn("x:1", "flimmering", "audio", quick_scene.clock.now())
    quick_scene.post("@VoltHelp why does everything flimmer?")
    assert [lesson.ref for lesson in desk.matcher.lessons()] == ["x:1"]
    with store.transaction() as tx:
        tx.unlearn("x:1", quick_scene.clock.now())
    quick_scene.post("@VoltHelp why does it flimmer still?")
    assert desk.matcher.lessons() == []
