"""Several customers ask the same: it is asked once, answered once, and each gets a reply of their own, exactly once."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_volunteers import says
from tests.stories.town import ANSWER, QUESTION
from twelp.flow import gate
from twelp.model import Stage

gate.load()  # the first answer of a process would come late: Slack waits three seconds for it

SAME = (
    "@VoltHelp my tv shows no picture, why?",
    "@VoltHelp NO PICTURE on my tv??",
    "@VoltHelp tv shows no pictrue, what can i do?",
)


@pytest.fixture
def grouping(closed_house: Scene) -> Scene:
    closed_house.open(grouping=True)
    return closed_house


def ask(scene: Scene, *texts: str) -> list[str]:
    return [scene.post(text, f"customer{number}") for number, text in enumerate(texts)]


def test_one_is_asked_and_each_gets_a_reply_of_their_own(grouping: Scene):
    scene = grouping
    lead = scene.post(QUESTION, "lea")
    others = ask(scene, *SAME)
    assert [scene.stage(post_id) for post_id in others] == [Stage.JOINED] * 3
    assert [scene.asked(post_id) for post_id in others] == [[]] * 3
    assert "4 people ask this" in scene.words("ann", lead)
    assert "NO PICTURE on my tv??" in scene.words("ann", lead)
    assert any("the same matter" in line or "joined" in line for line in scene.trail(others[0]))
    scene.click("ann", "Answer", lead)
    scene.submit("ann", ANSWER)
    shown = scene.window("ann")
    assert "3 more people ask the same" in shown
    assert f"Hi @…! {ANSWER}" in shown
    scene.submit("ann")
    scene.pass_time(minutes=2)
    replies = [scene.replies(post_id) for post_id in (lead, *others)]
    assert [len(one) for one in replies] == [1, 1, 1, 1]
    assert all(ANSWER in one[0] for one in replies)
    assert len({one[0] for one in replies}) == 4, "the network takes no text twice"
    assert all(f"@customer{number}" in replies[number + 1][0] for number in range(3))
    assert [scene.stage(post_id) for post_id in others] == [Stage.PUBLISHED] * 3


def test_who_asks_later_gets_the_answer_while_it_stands(grouping: Scene):
    scene = grouping
    lead = scene.post(QUESTION, "lea")
    ask(scene, SAME[0])
    scene.answer("ann", post_id=lead)
    scene.pass_time(minutes=2)
    late = scene.post("@VoltHelp why no picture on my tv?", "noor")
    scene.pass_time(minutes=1)
    assert scene.asked(late) == []
    assert len(scene.replies(late)) == 1
    again = scene.post("@VoltHelp why does my tv show no picture??", "noor")
    scene.pass_time(minutes=1)
    assert scene.replies(again) == [], "they have it already"
    assert scene.stage(again) is Stage.SETTLED


def test_another_matter_does_not_join(grouping: Scene):
    scene = grouping
    scene.post(QUESTION, "lea")
    for text in (
        "@VoltHelp how do i mount my tv on the wall?",
        "@VoltHelp there is no sound from my speaker",
        "@VoltHelp mi televisor no muestra imagen, ¿por qué?",
    ):
        other = scene.post(text, "noor")
        assert scene.stage(other) is not Stage.JOINED, text


def test_one_tap_splits_one_off_and_it_is_asked_by_itself(grouping: Scene):
    scene = grouping
    lead = scene.post(QUESTION, "lea")
    (other,) = ask(scene, SAME[0])
    scene.press("ann", scene.card("ann", lead), label="Not the same")
    scene.settle()
    assert scene.stage(other) is Stage.ASKED
    assert scene.asked(other) != []
    scene.answer("ann", post_id=lead)
    scene.pass_time(minutes=2)
    assert scene.replies(other) == []
    assert len(scene.replies(lead)) == 1


def test_where_the_first_is_withdrawn_or_answered_for_itself_alone_the_next_is_asked(grouping: Scene):
    scene = grouping
    lead = scene.post(QUESTION, "lea")
    others = ask(scene, *SAME)
    scene.delete(lead)
    scene.running_house.desk.post_gone(f"x:{lead}", "a look found it gone")
    scene.settle()
    assert scene.stage(lead) is Stage.WITHDRAWN
    assert scene.stage(others[0]) is Stage.ASKED
    assert [scene.stage(post_id) for post_id in others[1:]] == [Stage.JOINED] * 2
    scene.answer(scene.asked(others[0])[0], post_id=others[0])
    scene.pass_time(minutes=2)
    assert [len(scene.replies(post_id)) for post_id in others] == [1, 1, 1]


def test_who_joins_after_the_window_was_shown_gets_what_it_showed(grouping: Scene):
    scene = grouping
    lead = scene.post(QUESTION, "lea")
    scene.click("ann", "Answer", lead)
    scene.submit("ann", ANSWER)
    assert "Whoever else asks the same while it stands gets this answer, too" in scene.window("ann")
    assert "“Hi @…! …”" in scene.window("ann")
    (other,) = ask(scene, SAME[0])
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert len(scene.replies(lead)) == len(scene.replies(other)) == 1


def test_a_customer_who_leaves_or_deletes_gets_nothing(grouping: Scene):
    scene = grouping
    lead = scene.post(QUESTION, "lea")
    gone, other = ask(scene, *SAME[:2])
    scene.delete(gone)
    scene.answer("ann", post_id=lead)
    scene.pass_time(minutes=2)
    assert scene.replies(gone) == []
    assert scene.stage(gone) is Stage.WITHDRAWN
    assert len(scene.replies(other)) == 1


def test_the_others_wait_while_everything_is_paused_and_through_a_restart(grouping: Scene):
    scene = grouping
    lead = scene.post(QUESTION, "lea")
    others = ask(scene, *(f"{SAME[0]} {'!' * number}" for number in range(5)))
    scene.answer("ann", post_id=lead)
    scene.pass_time(seconds=61)
    says(scene, "mo", "pause everything because of a leak")
    sent = len(scene.ours())
    assert 1 <= sent < 6
    scene.close()
    scene.open()
    scene.pass_time(minutes=2)
    assert len(scene.ours()) == sent
    says(scene, "mo", "resume everything")
    scene.pass_time(minutes=1)
    assert sorted(post["in_reply_to"] for post in scene.ours()) == sorted([lead, *others])
