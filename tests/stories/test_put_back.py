"""A database is put back from a backup: what went out since, and is not known any more, goes out no second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_threads import POSTS, confirmed, thread
from tests.stories.town import ANSWER, QUESTION
from twelp.adapters.store import files
from twelp.model import Stage


def put_back(scene: Scene, backup: Path) -> None:
    """The operator stops the house, puts the backup back, and starts it again, ten minutes later."""
    path = scene.running_house.store.path
    scene.pass_time(minutes=10)
    scene.close()
    files.put_back(backup, path, scene.clock.now())
    scene.open()
    scene.settle()


@pytest.mark.only_on("sqlite", reason="twelp db backup is for SQLite: Postgres has its own")
def test_cards_and_replies_that_went_out_since_the_backup_are_found_and_not_sent_again(
    quick_scene: Scene, tmp_path: Path
):
    """One was in its hold then; another's cards waited for Slack, and it was answered and asked of others since."""
    scene, backup = quick_scene, tmp_path / "backup.db"
    held = scene.post(QUESTION)
    scene.answer(scene.asked(held)[0], ANSWER, held)
    scene.fault(kind="html", times=None, network="slack", path="/api/chat.postMessage")
    waiting = scene.post("@VoltHelp why does the screen of my tv stay black?", "leo")
    files.copy(scene.running_house.store.path, backup)
    scene.control("DELETE", "faults")
    scene.pass_time(minutes=3)
    asked = scene.asked(waiting)
    scene.answer(asked[0], f"{ANSWER} Good luck!", waiting)
    put_back(scene, backup)
    scene.pass_time(minutes=2)
    assert [len(scene.replies(post_id)) for post_id in (held, waiting)] == [1, 1]
    assert scene.stage(held) is Stage.PUBLISHED
    assert set(scene.asked(waiting)) >= set(asked)
    about = [[card for card in scene.cards(person) if waiting in str(card["blocks"])] for person in asked]
    assert [len(found) for found in about] == [1] * len(asked)
    scene.answer(asked[1], "Another answer altogether, by somebody who could not know.", waiting)
    scene.pass_time(minutes=2)
    assert [len(scene.replies(post_id)) for post_id in (held, waiting)] == [1, 1]
    assert scene.stage(waiting) is Stage.PUBLISHED
    assert scene.requests("POST", "/2/tweets") == 2
    fresh = scene.post("@VoltHelp why is the picture of my tv blue?", "zoe")
    looks = scene.requests("GET", f"/2/users/{scene.running_house.networks['x'].network.me().id}/tweets")
    scene.pass_time(minutes=5)
    scene.answer(scene.asked(fresh)[0], "Press the source button.", fresh)
    scene.pass_time(minutes=2)
    assert len(scene.replies(fresh)) == 1
    asked = scene.requests("GET", f"/2/users/{scene.running_house.networks['x'].network.me().id}/tweets")
    assert asked == looks + 1, "for an answer by hand only"


@pytest.mark.only_on("sqlite", reason="twelp db backup is for SQLite: Postgres has its own")
def test_every_post_of_a_thread_that_went_out_since_is_found(quick_scene: Scene, tmp_path: Path):
    scene, backup = quick_scene, tmp_path / "backup.db"
    post_id = confirmed(scene)
    files.copy(scene.running_house.store.path, backup)
    put_back(scene, backup)
    scene.pass_time(minutes=2)
    assert thread(scene, post_id) == POSTS
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.requests("POST", "/2/tweets") == len(POSTS)


@pytest.mark.only_on("sqlite", reason="twelp db backup is for SQLite: Postgres has its own")
def test_a_card_of_a_question_that_the_backup_does_not_know_stays_its_own(quick_scene: Scene, tmp_path: Path):
    """Numbers that the backup had not given out yet are given out again."""
    scene, backup = quick_scene, tmp_path / "backup.db"
    path = scene.running_house.store.path
    files.copy(path, backup)
    gone = scene.post(QUESTION)
    asked = scene.asked(gone)
    assert asked
    scene.delete(gone)
    scene.close()
    files.put_back(backup, path, scene.clock.now())
    scene.open()
    fresh = scene.post("@VoltHelp why does the screen of my tv stay black?", "leo")
    assert scene.asked(fresh)
    for person in asked:
        assert any(gone in str(card["blocks"]) for card in scene.cards(person))
