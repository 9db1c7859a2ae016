"""Neighbours of what is kept to the last moment: many cards at once, doubtful notes, invitations, two restarts."""

from __future__ import annotations

import pytest

from tests.conftest import DrivenClock
from tests.stories.conftest import Scene
from tests.stories.test_peace import opened
from tests.stories.test_peace_at_the_last_moment import AWAKE, DOWN, NIGHT, POST, clock, heal, only, shown
from tests.stories.town import QUESTION, mail

pytestmark = pytest.mark.paced  # cards come late here

__all__ = ["clock"]


def test_who_lowers_their_budget_during_an_outage_gets_no_more_than_that(closed_house: Scene):
    """Three cards wait; the person then wants one a day."""
    scene = opened(closed_house, only(ann=AWAKE))
    scene.fault(**DOWN)
    for number in range(3):
        scene.post(f"@VoltHelp why does my tv show no picture? It is number {number}")
    scene.running_house.desk.set_hours(mail("ann"), None, "1")
    heal(scene)
    scene.pass_time(minutes=30)
    assert len(shown(scene, "ann")) == 1


def test_an_hour_of_slacks_own_limit_over_the_beginning_of_the_night_wakes_nobody(closed_house: Scene):
    scene = opened(closed_house, only(ann=NIGHT))
    scene.fault(**POST, kind="status", status=429, headers={"Retry-After": "3600"}, times=1)
    scene.post(QUESTION)
    scene.pass_time(hours=3)
    assert shown(scene, "ann") == []
    scene.pass_time(hours=8)
    assert len(shown(scene, "ann")) == 1


def test_two_restarts_in_the_night_with_cards_of_the_evening_wake_nobody(closed_house: Scene):
    scene = opened(closed_house, only(ann=NIGHT, bob=NIGHT))
    scene.fault(**POST, kind="close", times=None)
    scene.post(QUESTION)
    scene.close()
    scene.skip(hours=1)
    scene.open()
    scene.settle()
    scene.close()
    heal(scene)
    scene.skip(hours=4)
    scene.open()
    scene.pass_time(hours=2)
    assert shown(scene, "ann") == shown(scene, "bob") == []
    scene.pass_time(hours=4)
    assert len(shown(scene, "ann")) <= 1
    assert shown(scene, "ann") or shown(scene, "bob")


def test_doubtful_thanks_are_neither_doubled_nor_come_at_night(closed_house: Scene):
    scene = opened(closed_house, only(ann=NIGHT))
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(seconds=61)
    [reply] = scene.control("GET", "x/posts", conversation=post_id)["posts"][-1:]
    scene.fault(**POST, kind="close", times=1)
    scene.fault(network="slack", path="/api/conversations.history", kind="status", status=503, times=None)
    scene.post("thank you so much, that worked!", reply_to=reply["id"])
    scene.pass_time(minutes=30)
    heal(scene)
    scene.pass_time(hours=6)
    assert not [note for note in scene.cards("ann") if "thank you" in str(note)]
    scene.pass_time(hours=6)
    assert len([note for note in scene.cards("ann") if "thank you" in str(note)]) == 1


def test_an_invitation_that_slack_did_not_take_in_the_evening_comes_in_the_morning(closed_house: Scene):
    rules = only(ann=NIGHT) + "\nrules: {version: 1, text: Be kind.}\n"
    scene = closed_house
    scene.fault(**DOWN)
    opened(scene, rules)
    scene.pass_time(minutes=30)
    heal(scene)
    scene.pass_time(hours=3)
    assert scene.cards("ann") == []
    scene.pass_time(hours=8)
    assert len(scene.cards("ann")) == 1


def test_a_digest_with_more_asks_than_the_day_has_left_is_cut(closed_house: Scene):
    """Three waited for the morning; she sets one a day right before they come."""
    scene = opened(closed_house, only(ann=NIGHT.replace("22:00", "21:00")))
    ids = [scene.post(f"@VoltHelp why does my tv show no picture? It is number {n}") for n in range(3)]
    scene.fault(**DOWN)
    scene.pass_time(hours=10, minutes=15)
    scene.running_house.desk.set_hours(mail("ann"), None, "1")
    heal(scene)
    scene.pass_time(hours=1)
    [digest] = shown(scene, "ann")
    assert sum(f"It is number {n}" in str(digest["blocks"]) for n in range(3)) == 1  # any: they were asked at once
    assert [scene.asked(post_id) for post_id in ids] == [["ann"]] * 3


def test_the_night_that_has_its_hour_twice_wakes_nobody_twice(closed_house: Scene, clock: DrivenClock):
    """London, quiet until 01:30: a card held up by Slack over the first 01:30 until the second 01:10 waits."""
    year = clock.at.year + 1
    last = max(d for d in range(25, 32) if (clock.at.replace(year=year, month=10, day=d)).weekday() == 6)
    clock.at = clock.at.replace(year=year, month=10, day=last, hour=0, minute=40)
    scene = opened(closed_house, only(ann='zone: Europe/London, quiet: "22:00-01:30", daily_asks: 9'))
    scene.fault(**POST, kind="status", status=429, headers={"Retry-After": "1800"}, times=1)
    scene.post(QUESTION)
    scene.pass_time(minutes=32)
    assert shown(scene, "ann") == []
    scene.pass_time(minutes=17)
    assert shown(scene, "ann") == []
    scene.pass_time(minutes=12)
    assert len(shown(scene, "ann")) == 1
