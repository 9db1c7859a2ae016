"""Experts are left in peace: quiet hours and daily budgets, each by the expert's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import DrivenClock
from tests.stories.conftest import Scene
from tests.stories.town import QUESTION, ROSTER
from twelp.model import Stage

NOON = 12


@pytest.fixture
def clock() -> DrivenClock:
    """Noon in London, the next one."""
    now = datetime.now(UTC)
    noon = now.replace(hour=NOON, minute=0, second=0, microsecond=0)
    return DrivenClock(noon if noon > now else noon + timedelta(days=1))


def roster(**people: str) -> str:
    """The roster with these people's zone, hours and budget instead of their own."""
    lines = []
    for line in ROSTER.splitlines():
        name = line.partition("slack: ")[2].partition("@")[0]
        lines.append(line.replace("zone: UTC, daily_asks: 50", people.get(name, "zone: UTC, daily_asks: 50")))
    return "\n".join(lines)


def opened(scene: Scene, text: str) -> Scene:
    scene.roster = text
    scene.control("POST", "clock", {"advance_s": (scene.clock.at - datetime.now(UTC)).total_seconds()})
    scene.open()
    return scene


def test_nobody_is_asked_in_their_quiet_hours(closed_house: Scene):
    """At noon in London it is 21:00 in Tokyo and 2:00 in Honolulu; over midnight counts, and so does lunch."""
    people = {
        "ann": 'zone: UTC, quiet: "11:30-13:00", daily_asks: 50',
        "bob": 'zone: Asia/Tokyo, quiet: "21:00-07:00", daily_asks: 50',
        "cy": 'zone: Pacific/Honolulu, quiet: "22:00-06:30", daily_asks: 50',
        "ed": 'zone: Pacific/Honolulu, quiet: "03:00-06:00", daily_asks: 50',
    }
    scene = opened(closed_house, roster(**people))
    post_id = scene.post(QUESTION)
    assert scene.asked(post_id) == ["di", "ed"]
    scene.pass_time(minutes=59)
    assert not {"ann", "bob", "cy"} & set(scene.asked(post_id))


def test_a_question_that_finds_everybody_asleep_is_asked_when_the_first_wakes_up(closed_house: Scene):
    asleep = 'zone: UTC, quiet: "09:00-14:00", daily_asks: 50'
    people = dict.fromkeys(("ann", "bob", "cy", "di", "mo"), asleep) | {
        "ed": 'zone: UTC, quiet: "09:00-13:15", daily_asks: 50'
    }
    scene = opened(closed_house, roster(**people))
    post_id = scene.post(QUESTION)
    assert scene.asked(post_id) == []
    assert scene.stage(post_id) is Stage.OPEN
    assert any("nobody who could know can be asked before 13:15 UTC" in line for line in scene.trail(post_id))
    scene.pass_time(hours=1, minutes=14)
    assert scene.asked(post_id) == []
    scene.pass_time(minutes=2)
    assert scene.asked(post_id) == ["ed"]
    scene.pass_time(minutes=65)
    assert sorted(scene.asked(post_id)) == ["ann", "bob", "cy", "di", "ed", "mo"]


def test_nobody_is_asked_beyond_their_budget_until_their_own_midnight(closed_house: Scene):
    """Honolulu's day begins at 10:00 in London. Three questions wait by then, and two may be asked."""
    people = dict.fromkeys(("ann", "bob", "di", "ed", "mo"), "zone: UTC, daily_asks: 0")
    scene = opened(closed_house, roster(**people, cy="zone: Pacific/Honolulu, daily_asks: 2"))
    posts = [scene.post(f"@VoltHelp why does my tv show no picture? It is number {n}") for n in range(3)]
    assert [scene.asked(post_id) for post_id in posts] == [["cy"], ["cy"], []]
    assert "ask 2 of 2 today" in scene.words("cy", posts[1])
    late = scene.post("@VoltHelp why does the screen of my tv stay black?")
    scene.pass_time(hours=3)
    assert scene.asked(late) == []
    scene.pass_time(hours=18, minutes=55)
    early = scene.post("@VoltHelp why is the picture of my tv blue?")
    assert scene.asked(early) == []
    scene.pass_time(minutes=10)
    assert sorted(scene.asked(post_id) for post_id in (posts[2], late, early)) == [[], ["cy"], ["cy"]]


def test_a_digest_that_is_gathered_into_the_quiet_hours_is_not_sent_then(closed_house: Scene):
    """One free minute a day: what is gathered in it would go out two minutes later."""
    people = dict.fromkeys(("bob", "cy", "di", "ed", "mo"), "zone: UTC, daily_asks: 0")
    scene = opened(closed_house, roster(**people, ann='zone: UTC, quiet: "14:01-14:00", daily_asks: 50'))
    post_id = scene.post(QUESTION)
    scene.pass_time(hours=3)
    assert scene.cards("ann") == []
    assert any("did not ask Ann Lee" in line for line in scene.trail(post_id))


def test_those_who_were_asked_less_today_are_asked_first(closed_house: Scene):
    scene = opened(closed_house, roster(ann="zone: UTC, daily_asks: 2"))
    first = scene.post(QUESTION)
    assert scene.asked(first) == ["ann", "bob", "cy"]
    second = scene.post("@VoltHelp why does the screen of my tv stay black?")
    assert "ann" not in scene.asked(second)
    assert {"di", "ed"} <= set(scene.asked(second))


def test_a_budget_holds_when_many_questions_look_for_somebody_at_the_same_moment(closed_house: Scene):
    """Eight questions waited for one person to wake up, and several workers ask at once."""
    people = dict.fromkeys(("ann", "bob", "di", "ed", "mo"), "zone: UTC, daily_asks: 0")
    scene = opened(closed_house, roster(**people, cy='zone: UTC, quiet: "09:00-14:00", daily_asks: 2'))
    posts = [scene.post(f"@VoltHelp why does my tv show no picture? It is number {n}") for n in range(8)]
    assert [scene.asked(post_id) for post_id in posts] == [[]] * 8
    scene.pass_time(hours=2, minutes=10)
    assert sum(scene.asked(post_id) == ["cy"] for post_id in posts) == 2
    assert len(scene.cards("cy")) <= 2


def test_who_leaves_and_comes_back_has_no_second_budget_that_day(closed_house: Scene):
    people = dict.fromkeys(("ann", "bob", "di", "ed", "mo"), "zone: UTC, daily_asks: 0")
    scene = opened(closed_house, roster(**people, cy="zone: UTC, daily_asks: 1"))
    scene.post(QUESTION)
    assert len(scene.cards("cy")) == 1
    scene.running_house.desk.leave("cy@volt.example")
    scene.running_house.desk.join("cy@volt.example", "")
    scene.settle()
    second = scene.post("@VoltHelp why does the screen of my tv stay black?")
    scene.pass_time(minutes=30)
    assert scene.asked(second) == []
    assert len(scene.cards("cy")) == 1
