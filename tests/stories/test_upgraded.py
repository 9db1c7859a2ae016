"""A database of a former version goes on where it was; so does what a process of it writes meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from tests.stories.conftest import Scene
from tests.stories.test_correcting import RIGHT, correct
from tests.stories.test_threads import DELETE, LIMIT, POST, confirmed, refusal, thread
from tests.stories.town import ANSWER, QUESTION
from twelp.adapters.store.migrations.versions import v0010_exact_stages
from twelp.model import AnswerState, Stage

SOUND = "@VoltHelp why is there no sound from my soundbar?"


def test_open_questions_go_on_after_an_upgrade_that_lost_their_jobs(closed_scene: Scene):
    scene = closed_scene
    scene.open()
    waiting = scene.post(QUESTION)
    claimed = scene.post("@VoltHelp why does the screen of my tv stay black?", "leo")
    held = scene.post("@VoltHelp why is the picture of my tv blue?", "zoe")
    reviewed = scene.post(SOUND, "eve")
    scene.click(scene.asked(claimed)[0], "Claim", claimed)
    scene.answer(scene.asked(held)[0], ANSWER, held)
    scene.answer("tia", ANSWER, reviewed)
    with scene.running_house.store.transaction() as tx:
        tx.connection.execute(sa.text("DELETE FROM twelp_job"))
        tx.connection.execute(sa.text("INSERT INTO twelp_house (name, value) VALUES ('jobs', 'lost')"))
    scene.close()
    scene.open()
    scene.pass_time(minutes=11)
    assert len(scene.replies(held)) == 1
    assert len(scene.asked(waiting)) > 3
    assert scene.stage(claimed) is Stage.ASKED
    scene.pass_time(minutes=45)
    assert any(f"status/{reviewed}" in message["text"] for message in scene._messages("mo")), "reminded"
    scene.pass_time(hours=5)
    assert scene.stage(waiting) is scene.stage(claimed) is Stage.UNANSWERED


# ---------------------------------------------------------------- one word that meant several things


@contextmanager
def _changed_by_hand(scene: Scene) -> Iterator[sa.Connection]:
    engine = sa.create_engine(scene.settings.database_url.get_secret_value())  # type: ignore[union-attr]
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def upgraded(scene: Scene, post_id: str) -> None:
    """The house is stopped, and its questions are as schema 9 had them; they are upgraded before it starts again."""
    scene.close()
    with _changed_by_hand(scene) as connection:
        for column in ("exact_stage", "exact_at"):
            connection.execute(sa.text(f"ALTER TABLE twelp_question DROP COLUMN {column}"))
        with Operations.context(MigrationContext.configure(connection)):
            v0010_exact_stages.upgrade()
    scene.open()


def written_beside(scene: Scene, post_id: str) -> None:
    """A process of schema 9 makes a step while this version runs: what was exact is of an earlier step now."""
    moved = "UPDATE twelp_question SET version = version + 1, exact_stage = :wrong, exact_at = version WHERE id = :id"
    with _changed_by_hand(scene) as connection:
        wrong = "held" if scene.stage(post_id) is Stage.REVIEW else "review"
        connection.execute(sa.text(moved), {"wrong": wrong, "id": f"x:{post_id}"})


Former = Callable[[Scene, str], None]
FORMERLY = pytest.mark.parametrize("formerly", [upgraded, written_beside])


@FORMERLY
def test_a_hold_whose_undo_runs_can_be_undone(scene: Scene, formerly: Former):
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    formerly(scene, post_id)
    assert scene.stage(post_id) is Stage.HELD
    scene.click("ann", "Undo", post_id)
    assert scene.stage(post_id) is Stage.CLAIMED
    assert scene.state(post_id, "ann") is AnswerState.DRAFT


def test_a_hold_of_the_former_version_ends_as_it_began(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    upgraded(scene, post_id)
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]


@FORMERLY
def test_an_answer_that_waits_for_a_moderator_waits_still(scene: Scene, formerly: Former):
    post_id = scene.post(SOUND)
    scene.answer("tia", ANSWER, post_id)
    formerly(scene, post_id)
    assert scene.stage(post_id) is Stage.REVIEW
    assert scene.look(lambda tx: tx.under_way()) == {"review": 1}
    assert [q.id for q in scene.look(lambda tx: tx.waiting((Stage.REVIEW, Stage.HELD), 5))] == [f"x:{post_id}"]
    assert scene.look(lambda tx: tx.waiting((Stage.HELD,), 5)) == []
    scene.pass_time(hours=2)
    assert scene.replies(post_id) == []
    scene.click("mo", "Approve and post", post_id)
    scene.settle()
    assert scene.replies(post_id) == [f"{ANSWER} ^TN"]


@FORMERLY
def test_a_thread_that_waits_in_the_middle_goes_on_or_is_taken_back(scene: Scene, formerly: Former):
    scene.fault(kind="status", status=429, headers=LIMIT, after=2, **POST)
    post_id = confirmed(scene)
    scene.pass_time(seconds=61)
    formerly(scene, post_id)
    assert scene.stage(post_id) is Stage.PAUSED
    assert "Take it back…" in scene.buttons("ann", post_id)
    scene.pass_time(minutes=20)
    assert len(thread(scene, post_id)) == 3
    assert scene.stage(post_id) is Stage.PUBLISHED


@FORMERLY
def test_what_was_being_taken_down_comes_back_to_its_author(scene: Scene, formerly: Former):
    scene.fault(**refusal("You are not allowed to create a Tweet with duplicate content."), after=2, **POST)
    scene.fault(kind="status", status=429, headers=LIMIT, after=1, **DELETE)
    post_id = confirmed(scene)
    scene.pass_time(seconds=62)
    formerly(scene, post_id)
    assert scene.stage(post_id) is Stage.RECALLING
    scene.pass_time(minutes=18)
    assert scene.ours() == []
    assert scene.stage(post_id) is Stage.CLAIMED
    assert "Nothing of it stands any more" in scene.words("ann", post_id)


@FORMERLY
def test_a_correction_goes_on_and_says_that_it_was_one(scene: Scene, formerly: Former):
    post_id = confirmed(scene)
    scene.pass_time(minutes=2)
    scene.fault(kind="status", status=429, headers=LIMIT, after=1, times=1, **DELETE)
    correct(scene, "ann", post_id)
    scene.answer("ann", RIGHT, post_id)
    scene.pass_time(minutes=2)
    formerly(scene, post_id)
    assert scene.stage(post_id) is Stage.CORRECTING
    assert scene.running_house.desk.correct(f"x:{post_id}", "ann@volt.example").ok, "pressed twice"
    scene.pass_time(minutes=18)
    assert [post["text"] for post in scene.ours()] == [f"{RIGHT} ^AL"]
    assert scene.stage(post_id) is Stage.PUBLISHED


@pytest.mark.parametrize("stage", [Stage.REVIEW, Stage.PAUSED])
def test_what_this_version_writes_the_former_one_can_read(scene: Scene, stage: Stage):
    """Its words alone stand in the column it reads, beside what it tells their meanings by."""
    if stage is Stage.REVIEW:
        post_id = scene.post(SOUND)
        scene.answer("tia", ANSWER, post_id)
    else:
        scene.fault(kind="status", status=429, headers=LIMIT, after=2, **POST)
        post_id = confirmed(scene)
        scene.pass_time(seconds=61)
    assert scene.stage(post_id) is stage
    with _changed_by_hand(scene) as connection:
        row = connection.execute(sa.text("SELECT stage, reason, reply_url, claimed_until FROM twelp_question")).one()
    if stage is Stage.REVIEW:
        assert (row.stage, row.claimed_until) == ("held", None)
    else:
        assert (row.stage, bool(row.reason), row.reply_url) == ("publishing", True, "")
