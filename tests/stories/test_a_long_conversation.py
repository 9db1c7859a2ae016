"""Twelve posts by four people about one thing: edits, a deletion, a wrong answer and its correction, other voices."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_by_hand import by_hand
from tests.stories.test_correcting import RIGHT, correct
from tests.stories.test_edits import edit, noted
from tests.stories.test_gone import everybody, rows_with
from tests.stories.test_other_voices import VOICES
from tests.stories.town import ANSWER, QUESTION
from twelp.model import AnswerState, Stage

WRONG, MENDED, THEIRS = f"{ANSWER} ^AL", f"{RIGHT} ^AL", "It was the cable: a new one is on its way. ^KM"


@pytest.fixture
def scene(closed_house: Scene) -> Scene:
    closed_house.roster = VOICES
    closed_house.open()
    return closed_house


def stands(scene: Scene, *lines: tuple[str, str]) -> None:
    """These lines stand from the brand, each under that post, and no other: never two under one."""
    found = [(str(post["in_reply_to"]), post["text"]) for post in scene.ours()]
    assert sorted(found) == sorted(lines)
    assert len({target for target, _ in found}) == len(found)


def test_one_line_from_the_brand_stands_at_each_moment_for_each_thing_asked(scene: Scene):
    first = scene.post("@VoltHelp my tv on HDMI 1 has no picture, why?")
    asked = edit(scene, first, "@VoltHelp my tv on HDMI 2 has no picture, why?", own=True)
    scene.post("@mia mine did that too, i just kicked it lol", "leo", reply_to=asked)
    helper = scene.post("@mia Which model is it? Any questions? Ask @AcmeCares", "AcmeCares", reply_to=asked)
    scene.post("@AcmeCares it is the zebra model", reply_to=helper)
    blinks = scene.post("@VoltHelp and the lamp blinks, okapi style", reply_to=asked)
    assert "HDMI 2" in scene.words("ann")
    assert "zebra model" in scene.words("ann")
    assert "okapi style" in scene.words("ann")
    assert len(scene.cards("ann")) == 1
    stands(scene)

    scene.answer("ann")
    stands(scene)
    scene.pass_time(minutes=2)
    stands(scene, (asked, WRONG))

    correct(scene, "mo" if scene.cards("mo") else "ann", first)
    stands(scene, (asked, WRONG))
    scene.answer("ann", RIGHT, first)
    stands(scene, (asked, WRONG))
    scene.pass_time(minutes=2)
    stands(scene, (asked, MENDED))

    scene.delete(blinks)
    looks = scene.running_house._looks
    assert looks is not None
    looks.question(f"x:{first}")
    scene.settle()
    assert rows_with(scene, "okapi") == []
    assert "okapi" not in everybody(scene)
    stands(scene, (asked, MENDED))

    back = scene.post("@VoltHelp that did not help, still black", reply_to=str(scene.ours()[0]["id"]))
    assert scene.stage(first) is Stage.ASKED
    assert "came back after your answer" in noted(scene, "ann")
    scene.click("ann", "Claim", first)
    by_hand(scene, THEIRS, back)
    scene.listen()
    assert scene.stage(first) is Stage.BY_HAND
    assert "A colleague answered by hand" in noted(scene, "ann")
    scene.pass_time(hours=5)
    stands(scene, (asked, MENDED), (back, THEIRS))

    scene.post("@VoltHelp thank you, that did it!", reply_to=back)
    other = scene.post("@VoltHelp same here, why does my tv show no picture?", "leo", reply_to=asked)
    assert scene.stage(first) is Stage.BY_HAND
    whoever = scene.asked(other)[0]
    scene.answer(whoever, post_id=other)
    scene.pass_time(minutes=2)
    stands(scene, (asked, MENDED), (back, THEIRS), (other, scene.replies(other)[0]))
    mia, long_ago = scene.question(first).post.author.id, scene.clock.at - timedelta(days=1)
    questions = scene.look(lambda tx: [one.id for one in tx.lately_of("x", mia, long_ago)])
    assert questions == [f"x:{first}"], "all that mia wrote is one question"
    assert [one.startswith(ANSWER) for one in scene.replies(other)] == [True]
    published = [one for one in scene.look(lambda tx: tx.answers(f"x:{other}")) if one.state is AnswerState.PUBLISHED]
    assert len(published) == 1


def test_the_same_conversation_with_nobody_there_still_ends_openly(scene: Scene):
    first = scene.post(QUESTION)
    scene.post("@mia mine did that too", "leo", reply_to=first)
    scene.post("@VoltHelp it is the zebra model", reply_to=first)
    scene.pass_time(hours=5)
    assert scene.stage(first) is Stage.UNANSWERED
    scene.post("@VoltHelp never mind, sorted it myself", reply_to=first)
    assert scene.stage(first) is Stage.SETTLED
    stands(scene)
