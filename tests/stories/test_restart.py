"""The house is closed and opened again: everything goes on from where it stood."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.model import Stage


def test_timers_go_on_after_a_restart(scene: Scene):
    """A wave's timer, a claim's lease, a hold and the giving up, all set before the restart, all fire after it."""
    waiting = scene.post(QUESTION)
    claimed = scene.post("@VoltHelp why does the screen of my tv stay black?", "leo")
    held = scene.post("@VoltHelp why is the picture of my tv blue?", "zoe")
    scene.click(scene.asked(claimed)[0], "Claim", claimed)
    scene.answer(scene.asked(held)[0], ANSWER, held)
    before = {post_id: len(scene.asked(post_id)) for post_id in (waiting, claimed)}
    scene.close()
    scene.open()
    scene.pass_time(minutes=2)
    assert len(scene.replies(held)) == 1
    scene.pass_time(minutes=4)
    assert len(scene.asked(waiting)) > before[waiting]
    scene.pass_time(minutes=5)
    assert scene.stage(claimed) is Stage.ASKED
    assert len(scene.asked(claimed)) > before[claimed]
    scene.close()
    scene.open()
    scene.pass_time(hours=4)
    assert scene.stage(waiting) is scene.stage(claimed) is Stage.UNANSWERED
    assert scene.stage(held) is Stage.PUBLISHED
    assert len(scene.replies(held)) == 1


def test_what_customers_posted_while_the_house_was_closed_is_heard_once(scene: Scene):
    first = scene.post(QUESTION)
    scene.close()
    later = [super(Scene, scene).post(f"@VoltHelp my tv shows no picture, why? ({n})", f"c{n}") for n in range(3)]
    scene.open()
    scene.listen()
    scene.listen()
    assert [scene.stage(post_id) for post_id in (first, *later)] == [Stage.ASKED] * 4
    heard = [m["ts"] for m in scene.cards("ann")]
    scene.close()
    scene.open()
    scene.listen()
    assert [m["ts"] for m in scene.cards("ann")] == heard


def test_an_old_card_still_works_after_a_restart(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    scene.close()
    scene.open()
    scene.submit("ann", ANSWER)
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]


def test_what_fails_while_the_house_is_closing_is_done_when_it_opens_again(scene: Scene):
    """A job that breaks down in the middle of the stop is not taken for done."""
    post_id = scene.post(QUESTION)
    house = scene.running_house

    def breaks(*_: object) -> None:
        house.engine._stop.wait(10)
        raise RuntimeError("the ground went away")

    house.engine._running.jobs = {**house.engine._running.jobs, "widen": breaks}
    scene.clock.advance(minutes=6)
    house.engine.run_due()
    scene.until(lambda: house.engine._running.under_way(), "the timer")
    scene.close()
    scene.open()
    scene.until(lambda: len(scene.asked(post_id)) == 5, "the second wave")
    assert sorted(scene.asked(post_id)) == ["ann", "bob", "cy", "di", "ed"], "nobody twice"
