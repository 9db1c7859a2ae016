"""Several have the same answer: what becomes of it reaches each of them, exactly once, whatever is killed."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_many_ask_the_same import SAME, ask
from tests.stories.town import ANSWER, QUESTION
from twelp.flow import gate
from twelp.model import Stage

gate.load()

NEW = "Hold the power button for twenty seconds, then unplug HDMI 2."
SIX = (
    *SAME,
    "@VoltHelp no picture on the tv, why??",
    "@VoltHelp my tv has no picture. why?",
    "@VoltHelp tv no picture",
)


@pytest.fixture
def grouping(closed_house: Scene) -> Scene:
    closed_house.open(grouping=True)
    return closed_house


def answered(scene: Scene, *texts: str) -> tuple[str, list[str]]:
    """A lead and others who have its answer."""
    lead = scene.post(QUESTION, "lea")
    others = ask(scene, *texts)
    scene.answer("ann", post_id=lead)
    scene.pass_time(minutes=2)
    assert all(len(scene.replies(post_id)) == 1 for post_id in (lead, *others))
    return lead, others


def choose(scene: Scene, person: str, line: str, post_id: str) -> None:
    """A line of the menu on that person's card."""
    card = scene.card(person, post_id)
    scene.press(person, card, action_id="twelp_more", value=_value(card, line))


def _value(card: dict, line: str) -> str:  # type: ignore[type-arg]
    menus = [e for b in card["blocks"] if b["type"] == "actions" for e in b["elements"] if e["type"] == "overflow"]
    return next(o["value"] for menu in menus for o in menu["options"] if o["value"].startswith(f"{line} "))


def correct(scene: Scene, lead: str, text: str = NEW) -> None:
    choose(scene, "ann", "correct", lead)
    assert "Whoever of them got this answer is reached by it" in scene.window("ann")
    scene.submit("ann")
    scene.answer("ann", text, post_id=lead)


def test_a_correction_reaches_each_once_though_it_is_killed_in_the_middle(grouping: Scene):
    scene = grouping
    lead, others = answered(scene, *SIX)
    gone = others[4]
    scene.delete(gone)
    scene.running_house.desk.post_gone(f"x:{gone}", "a look found it gone")
    scene.settle()
    correct(scene, lead)
    scene.pass_time(seconds=62)
    new = [post_id for post_id in others if any(NEW in text for text in scene.replies(post_id))]
    assert 0 < len(new) < 5, "they are spaced"
    scene.close()
    scene.open()
    scene.pass_time(minutes=2)
    for post_id in (lead, *others):
        replies = scene.replies(post_id)
        assert len(replies) == 1, post_id
        assert (NEW in replies[0]) is (post_id != gone), post_id
    assert len({text for post_id in others for text in scene.replies(post_id)}) == 6
    assert any("not corrected" in line for line in scene.trail(gone))
    assert sum(NEW in post["text"] for post in scene.ours()) == 6
    # and once more: each of them again
    correct(scene, lead, ANSWER)
    scene.pass_time(minutes=3)
    assert all(ANSWER in scene.replies(post_id)[0] for post_id in (lead, *others))
    assert [len(scene.replies(post_id)) for post_id in (lead, *others)] == [1] * 7


def test_what_is_taken_back_is_taken_back_from_all_and_late_ones_are_asked(grouping: Scene):
    scene = grouping
    lead, others = answered(scene, *SIX)
    choose(scene, "ann", "retract", lead)
    scene.submit("ann")
    scene.pass_time(minutes=1)
    assert scene.ours() == []
    assert [scene.stage(post_id) for post_id in (lead, *others)] == [Stage.RETRACTED] * 7
    late = scene.post("@VoltHelp why no picture on my tv?", "noor")
    assert scene.asked(late) != []


def test_where_the_first_needs_none_any_more_whoever_has_it_goes_on_for_the_others(grouping: Scene):
    scene = grouping
    lead = scene.post(QUESTION, "lea")
    others = ask(scene, *SAME)
    scene.click("ann", "Claim", lead)
    before = len(scene.cards("bob"))
    scene.delete(lead)
    scene.running_house.desk.post_gone(f"x:{lead}", "a look found it gone")
    scene.settle()
    assert scene.stage(others[0]) is Stage.CLAIMED
    assert len([c for c in scene.cards("bob") if c["blocks"]]) == before, "nobody gets a second card of the same matter"
    scene.answer("ann", post_id=others[0])
    scene.pass_time(minutes=2)
    assert [len(scene.replies(post_id)) for post_id in others] == [1, 1, 1]


def test_a_moderator_wants_to_be_asked_first_and_who_joined_before_still_gets_it(grouping: Scene):
    scene = grouping
    lead, _ = answered(scene, SAME[0])
    desk = scene.running_house.desk
    assert not desk.ask_first(f"x:{lead}", "ann@volt.example", wanted=True).ok, "experts do not decide that"
    assert desk.ask_first(f"x:{lead}", "mo@volt.example", wanted=True).ok
    assert desk.ask_first(f"x:{lead}", "mo@volt.example", wanted=True).ok, "twice is once"
    late = [scene.post(text, f"late{number}") for number, text in enumerate(SAME)]
    scene.pass_time(minutes=1)
    assert [scene.replies(post_id) for post_id in late] == [[], [], []]
    assert scene.asked(late[0]) != []
    assert [scene.stage(post_id) for post_id in late[1:]] == [Stage.JOINED] * 2, "one card for all of them"
    assert desk.ask_first(f"x:{lead}", "mo@volt.example", wanted=False).ok


def test_an_edit_or_a_detail_that_names_another_thing_splits_off_by_itself(grouping: Scene):
    scene = grouping
    lead = scene.post(QUESTION, "lea")
    one, two = ask(scene, *SAME[:2])
    newer = scene.control("POST", f"x/posts/{one}/edits", {"text": "@VoltHelp how do i hang my tv on the wall?"})["id"]
    assert newer != one
    scene.listen()
    assert scene.stage(one) is Stage.ASKED
    assert scene.stage(two) is Stage.JOINED
    assert scene.question(lead).askers == 2
    scene.answer("ann", post_id=lead)
    scene.pass_time(minutes=2)
    assert scene.replies(newer) == []
    assert len(scene.replies(two)) == 1


def test_the_network_that_knows_a_wording_already_gets_the_next_one(grouping: Scene):
    scene = grouping
    lead = scene.post(QUESTION, "lea")
    others = ask(scene, *SAME[:2])
    scene.answer("ann", post_id=lead)
    body = {"detail": "You are not allowed to create a Tweet with duplicate content.", "status": 403}
    scene.fault(kind="status", network="x", method="POST", path="/2/tweets", status=403, after=1, body=body)
    scene.pass_time(minutes=2)
    assert [len(scene.replies(post_id)) for post_id in (lead, *others)] == [1, 1, 1]
