"""Two people at the same moment: one answer, and the other is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION
from twelp.model import AnswerState, Stage


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(act) for act in acts]]


def test_the_second_expert_to_press_answer_is_told_who_was_first(scene: Scene):
    post_id = scene.post(QUESTION)
    names = {"ann": "Ann Lee", "bob": "Bob Roe", "cy": "Cy Moss"}
    at_once(*(lambda p=person: scene.click(p, "Answer") for person in names))
    holder = str(scene.question(post_id).claimed_by).partition("@")[0]
    scene.until(lambda: scene.view(holder), "the window")
    for person in names.keys() - {holder}:
        assert scene.view(person) is None
        assert f"{names[holder]} took it just now." in scene.told(person)
        assert f"{names[holder]} has it" in scene.words(person)
        assert scene.buttons(person) == []
    assert scene.told(holder) == ""


def test_of_two_answers_confirmed_at_once_one_is_published_and_one_is_kept(scene: Scene):
    """Both claims ran out while they wrote, so that neither has a right of way."""
    post_id = scene.post(QUESTION)
    texts = {"ann": "Hold the power button for ten seconds.", "bob": "Try another HDMI cable first."}
    for person, text in texts.items():
        scene.click(person, "Answer")
        scene.submit(person, text)
        scene.pass_time(minutes=11)
        assert scene.stage(post_id) is Stage.ASKED
    at_once(*(lambda p=person: scene.submit(p) for person in texts))
    scene.pass_time(minutes=2)
    states = {person: scene.state(post_id, person) for person in texts}
    assert sorted(states.values()) == [AnswerState.ALTERNATIVE, AnswerState.PUBLISHED]
    first = next(person for person, state in states.items() if state is AnswerState.PUBLISHED)
    second = next(person for person in texts if person != first)
    initials = {"ann": "AL", "bob": "BR"}
    assert scene.replies(post_id) == [f"{texts[first]} ^{initials[first]}"]
    assert scene.answers(post_id)[second].text == texts[second]
    assert "Not posted" in scene.window(second)
    assert texts[second] in scene.window(second)
