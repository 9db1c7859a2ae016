"""Two people at the same moment: one answer, and the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, mail
from twelp.adapters.store.sql import SqlTx
from twelp.model import AnswerState, Done, Stage


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


def test_a_draft_that_is_saved_late_does_not_undo_what_was_confirmed(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    """The last keystroke is still being written down when the answer is confirmed."""
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim")
    desk, save = scene.running_house.desk, SqlTx.save_answer
    begun, confirmed = threading.Event(), threading.Event()

    def slowly(tx: SqlTx, *args: Any, **kwargs: Any) -> Any:
        if kwargs["state"] is AnswerState.DRAFT:
            begun.set()
            confirmed.wait(0.5)
        return save(tx, *args, **kwargs)

    def confirm() -> Done:
        begun.wait(10)
        done = desk.confirm(f"x:{post_id}", mail("ann"), ANSWER)
        confirmed.set()
        return done

    monkeypatch.setattr(SqlTx, "save_answer", slowly)
    at_once(lambda: desk.save_draft(f"x:{post_id}", mail("ann"), ANSWER[:-1]), confirm)
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert scene.state(post_id, "ann") is AnswerState.PUBLISHED
