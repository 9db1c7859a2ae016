"""A process that runs for long knows what one that starts now knows: the latest lessons, on both databases."""

from __future__ import annotations

import pytest

from tests.matchers import Lent
from tests.stories.conftest import Scene
from twelp import wiring
from twelp.flow.match import Matcher

ASKED = "why does the picture flicker on my screen since the update?"


def learn(scene: Scene, *numbers: int) -> None:
    for number in numbers:
        with scene.running_house.store.transaction() as tx:
            tx.learn(
                f"x:{number}", f"the screen flickers blue on channel nr{chr(96 + number)} now", "tv", scene.clock.at
            )
    scene.running_house.desk.catch_up()


def held(scene: Scene) -> Matcher:
    matcher = scene.running_house.desk.matcher
    matcher = matcher.held if isinstance(matcher, Lent) else matcher
    assert isinstance(matcher, Matcher)
    return matcher


def known(scene: Scene) -> list[str]:
    return [lesson.ref for lesson in held(scene).lessons()]


def scores(scene: Scene) -> dict[str, float]:
    return {found.topic: found.score for found in scene.running_house.desk.matcher.rank(ASKED).topics}


def test_the_oldest_lessons_are_forgotten_as_if_they_had_never_been(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    scene.running_house.desk.lessons.remembers = 3
    learn(scene, 1, 2, 3, 4)
    learn(scene, 5, 6)
    learn(scene, 7, 8)
    assert known(scene) == ["x:6", "x:7", "x:8"]
    here = scores(scene)
    monkeypatch.setattr(wiring, "REMEMBERED", 3)
    scene.close()
    scene.open()
    assert known(scene) == ["x:6", "x:7", "x:8"]
    assert scores(scene) == pytest.approx(here, abs=0.02)


def test_what_was_taught_anew_is_not_old(scene: Scene):
    scene.running_house.desk.lessons.remembers = 3
    learn(scene, 1, 2, 3)
    with scene.running_house.store.transaction() as tx:
        tx.learn("x:1", "the screen flickers red", "audio", scene.clock.at)
    scene.running_house.desk.catch_up()
    learn(scene, 4)
    assert known(scene) == ["x:3", "x:1", "x:4"]


def test_what_is_forgotten_already_may_be_unlearned(scene: Scene):
    scene.running_house.desk.lessons.remembers = 2
    learn(scene, 1, 2, 3)
    with scene.running_house.store.transaction() as tx:
        tx.unlearn("x:1", scene.clock.at)
        tx.unlearn("x:3", scene.clock.at)
    scene.running_house.desk.catch_up()
    assert known(scene) == ["x:2"]


def test_words_that_only_forgotten_lessons_used_are_no_known_words_any_more(scene: Scene):
    scene.running_house.desk.lessons.remembers = 1
    learn(scene, 1, 2)
    matcher = held(scene)
    assert not matcher._speller.knows("nra")
    assert "nra" not in matcher._speller._by_length[3]
    assert matcher._speller.knows("nrb")


def test_a_long_history_is_learned_before_the_first_question_is_matched_and_not_before_the_start(
    closed_scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    scene = closed_scene
    scene.open()
    learn(scene, *range(1, 9))
    scene.close()
    monkeypatch.setattr(wiring, "_AT_ONCE", 5)
    scene.open()
    assert known(scene) == []
    scene.post(f"@VoltHelp {ASKED}")
    assert known(scene) == [f"x:{number}" for number in range(1, 9)]
    learn(scene, 9)
    assert known(scene)[-1] == "x:9"
