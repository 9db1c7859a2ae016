"""Posts that name us without our handle: searched for where it is wanted, answered by hand."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_by_hand import by_hand
from tests.stories.town import ANSWER, QUESTION, ROSTER
from twelp.model import Stage

NAMED = "why does my volt tv show no picture?"
OURS = f"{ANSWER} ^AL"
SEARCH = "/2/tweets/search/recent"


@pytest.fixture
def watched(closed_house: Scene) -> Scene:
    scene = closed_house
    scene.roster = ROSTER.replace("brand: {name: Volt,", 'brand: {name: Volt, watch: ["volt tv", "volt soundbar"],')
    scene.open(x_watch_s=60)
    scene.listen()  # what was posted before is nobody's business
    scene.pass_time(minutes=2)
    return scene


def later(scene: Scene) -> None:
    """The next search."""
    scene.pass_time(minutes=2)
    scene.listen()


def test_who_is_asked_knows_that_a_moderator_posts_it_and_nothing_is_tried(watched: Scene):
    scene = watched
    post_id = scene.post(NAMED)
    later(scene)
    assert scene.stage(post_id) is Stage.ASKED
    assert "a moderator posts the answer by hand" in scene.words("ann", post_id)
    scene.answer("ann", post_id=post_id)
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.LANE
    assert scene.requests("POST", "/2/tweets") == 0, "what X forbids is not even tried"
    assert "Please post this by hand" in scene.words("mo", post_id)
    by_hand(scene, OURS, post_id)
    scene.click("mo", "I posted it", post_id)
    assert scene.stage(post_id) is Stage.PUBLISHED
    scene.post("thanks, but that did not help, still no picture", reply_to=scene.answers(post_id)["ann"].post_ids[0])
    assert scene.stage(post_id) is Stage.ASKED
    assert "by hand" not in scene.words("ann", post_id), "now they speak to us"


def test_each_is_heard_once_and_mentions_are_read_as_before(watched: Scene):
    scene = watched
    ids = [super(Scene, scene).post(f"{NAMED} ({number})", f"mia{number}") for number in range(12)]
    mention = scene.post(QUESTION, "leo")
    later(scene)
    later(scene)
    assert [scene.stage(post_id) for post_id in [*ids, mention]] == [Stage.ASKED] * 13
    after = scene.post("@VoltHelp why does my screen flicker?", "zoe")
    assert scene.stage(after) is Stage.ASKED
    assert all(sum(line.startswith("dispatch: wave 1") for line in scene.trail(post_id)) == 1 for post_id in ids)


def test_what_hardly_is_a_question_is_left_alone_and_ours_are_not_found(watched: Scene):
    scene = watched
    idle = scene.post("love my new volt tv so much")
    own = by_hand_alone(scene, "The new volt tv is here")
    later(scene)
    for post_id in (idle, own):
        assert scene.look(lambda tx, one=post_id: tx.question(f"x:{one}")) is None


def by_hand_alone(scene: Scene, text: str) -> str:
    return str(scene.control("POST", "x/posts", {"text": text, "as": "VoltHelp"})["id"])


def test_a_search_that_fails_keeps_nothing_waiting_and_goes_on_later(watched: Scene):
    scene = watched
    scene.fault(network="x", method="GET", path=SEARCH, kind="status", status=503, times=1)
    post_id = super(Scene, scene).post(NAMED)
    mention = super(Scene, scene).post(QUESTION, "leo")
    later(scene)
    assert scene.stage(mention) is Stage.ASKED
    scene.close()
    scene.open()
    later(scene)
    assert scene.stage(post_id) is Stage.ASKED


def test_it_is_off_unless_it_is_asked_for(closed_house: Scene):
    scene = closed_house
    scene.roster = ROSTER.replace("brand: {name: Volt,", 'brand: {name: Volt, watch: ["volt tv"],')
    scene.open()
    scene.post(NAMED)
    later(scene)
    assert scene.requests("GET", SEARCH) == 0
