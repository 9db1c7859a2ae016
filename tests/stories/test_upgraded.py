"""A database of the version that kept its jobs elsewhere: every question that was open goes on."""

from __future__ import annotations

import sqlalchemy as sa

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.model import Stage


def test_open_questions_go_on_after_an_upgrade_that_lost_their_jobs(closed_scene: Scene):
    scene = closed_scene
    scene.open()
    waiting = scene.post(QUESTION)
    claimed = scene.post("@VoltHelp why does the screen of my tv stay black?", "leo")
    held = scene.post("@VoltHelp why is the picture of my tv blue?", "zoe")
    scene.click(scene.asked(claimed)[0], "Claim", claimed)
    scene.answer(scene.asked(held)[0], ANSWER, held)
    with scene.running_house.store.begin() as tx:
        tx.connection.execute(sa.text("DELETE FROM twelp_job"))
        tx.connection.execute(sa.text("INSERT INTO twelp_house (name, value) VALUES ('jobs', 'lost')"))
    scene.close()
    scene.open()
    scene.pass_time(minutes=11)
    assert len(scene.replies(held)) == 1
    assert len(scene.asked(waiting)) > 3
    assert scene.stage(claimed) is Stage.ASKED
    scene.pass_time(hours=5)
    assert scene.stage(waiting) is scene.stage(claimed) is Stage.UNANSWERED
