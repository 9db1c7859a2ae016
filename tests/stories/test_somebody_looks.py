"""What only people may handle reaches the moderators at once; what nobody is sure of is shown to one of them."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_volunteers import open_home, press_home
from tests.stories.test_words_that_reach import notes
from tests.stories.town import mail
from twelp.flow.triage import signs
from twelp.model import Stage

DANGERS = (
    "@VoltHelp there is smoke coming out of the tv you sold us",
    "@VoltHelp my daughter swallowed a button battery from the remote",
    "@VoltHelp the charger gave me an electric shock",
)


def test_each_danger_reaches_the_moderators_at_once_with_its_words_reason_and_kind(quick_scene: Scene):
    """Never bundled behind another, and no volunteer is asked."""
    scene = quick_scene
    posts = [scene.post(text) for text in DANGERS]
    for post_id, text in zip(posts, DANGERS, strict=True):
        card = scene.words("mo", post_id)
        assert text.removeprefix("@VoltHelp ") in card
        assert "danger" in card
        assert scene.asked(post_id) == ["mo"]
        assert scene.stage(post_id) is Stage.CRISIS


@pytest.mark.parametrize("text", ["@VoltHelp https://example.com/photo/1", "@VoltHelp ??"])
@pytest.mark.others_on_sqlite(reason="the words differ, rows do not")
def test_a_picture_by_itself_is_shown_to_one_moderator_who_says_that_it_is_for_us(quick_scene: Scene, text: str):
    scene = quick_scene
    post_id = scene.post(text)
    [note] = notes(scene, "mo")
    assert "Is this for us?" in note
    assert post_id in note
    assert scene.stage(post_id) is Stage.DISMISSED
    assert "Set aside or taken back lately" in open_home(scene, "mo")
    press_home(scene, "mo", "Undo")
    assert scene.stage(post_id) is not Stage.DISMISSED


def test_a_storm_of_doubtful_posts_is_told_once_more_together(quick_scene: Scene):
    scene = quick_scene
    posts = [scene.post(f"@VoltHelp https://example.com/photo/{number}") for number in range(5)]
    told, others = posts[:3], posts[3:]
    assert [any(post in note for note in notes(scene, "mo")) for post in told] == [True] * 3
    assert len(notes(scene, "mo")) == 3
    scene.pass_time(minutes=11)
    latest = notes(scene, "mo")[0]
    assert len(notes(scene, "mo")) == 4
    assert latest.startswith("2 more posts that may be for us")
    assert all(other in latest for other in others)


def test_what_people_say_of_posts_moves_the_second_opinion(quick_scene: Scene):
    """What is set aside by people lowers the chance of its like, what is brought back raises it again."""
    scene = quick_scene
    text = "@VoltHelp my tv says hello to the cat each morning, what a picture?"
    desk = scene.running_house.desk
    seen = signs.read(text)
    before = desk.lessons.opinion.chance(seen)
    post_id = scene.post(text)
    assert desk.dismiss(f"x:{post_id}", mail("ann")).ok
    after = desk.lessons.opinion.chance(seen)
    assert after < before
    assert desk.restore(f"x:{post_id}", mail("ann")).ok
    assert desk.lessons.opinion.chance(seen) > after
