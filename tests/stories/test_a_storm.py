"""Many ask the same at once: the moderators hear of it once, see how it stands, and decide."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_volunteers import says
from tests.stories.town import ANSWER, QUESTION
from twelp.flow import gate
from twelp.model import Stage, StormState

gate.load()


@pytest.fixture
def grouping(closed_house: Scene) -> Scene:
    closed_house.open(grouping=True)
    return closed_house


def rush(scene: Scene, count: int = 9) -> tuple[str, list[str]]:
    lead = scene.post(QUESTION, "lea")
    return lead, [
        scene.post(f"@VoltHelp my tv shows no picture, why{'?' * n}", f"customer{n}") for n in range(1, count)
    ]


def storm_cards(scene: Scene, person: str) -> list[str]:
    return [str(card["blocks"]) for card in scene.cards(person) if "Many ask the same just now" in str(card["blocks"])]


def test_moderators_hear_once_and_answer_for_all(grouping: Scene):
    scene = grouping
    lead, others = rush(scene)
    assert len(storm_cards(scene, "mo")) == 1
    said = scene.words("mo")
    assert "8 asked within ten minutes; 0.0 are usual in this topic" in said
    assert "▁▁▁▁▁▁▁▁▁▁▁█" in said
    assert "9 people ask this" in said
    assert scene.buttons("mo")[-3:] == ["One answer for all", "Hold this topic", "Not a storm"]
    assert storm_cards(scene, "ann") == [], "experts have the one card of the question"
    asked = scene.asked(lead)
    more = [scene.post(f"@VoltHelp no picture on my tv, why{'!' * n}", f"late{n}") for n in range(1, 4)]
    assert len(storm_cards(scene, "mo")) == 1
    assert scene.asked(lead) == asked, "nobody is asked more for it"
    scene.click("mo", "One answer for all", lead)
    scene.submit("mo", ANSWER)
    assert "11 more people ask the same" in scene.window("mo")
    scene.submit("mo")
    scene.pass_time(minutes=3)
    assert [len(scene.replies(post_id)) for post_id in (lead, *others, *more)] == [1] * 12
    scene.pass_time(hours=3)
    notes = [str(card["blocks"]) for card in scene.cards("mo") if "The rush is over" in str(card["blocks"])]
    assert any("12 people asked the same" in note for note in notes)
    assert scene.look(lambda tx: tx.storm(f"x:{lead}")).state is StormState.OVER


def test_a_storm_is_held_or_called_none_by_the_first_moderator_who_says_so(grouping: Scene):
    scene = grouping
    lead, others = rush(scene)
    stale = scene.card("mo", lead)
    scene.press("mo", stale, label="Hold this topic")
    scene.settle()
    assert "Hold this topic" not in scene.buttons("mo", lead)
    scene.answer("ann", post_id=lead)
    scene.pass_time(minutes=2)
    assert scene.ours() == [], "it is held"
    says(scene, "mo", "resume topic tv")
    scene.pass_time(minutes=2)
    assert len(scene.ours()) == 9
    scene.press("mo", scene.card("mo", lead), label="Not a storm")
    scene.settle()
    assert "A moderator says that it is no storm" in scene.words("mo", lead)
    assert not scene.running_house.desk.no_storm(f"x:{lead}", "mo@volt.example").ok, "it is decided"
    assert not scene.running_house.desk.no_storm(f"x:{lead}", "ann@volt.example").ok
    assert scene.stage(others[0]) is Stage.PUBLISHED
