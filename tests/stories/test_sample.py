"""Once a day a moderator sees a few of the posts that triage dropped, and says of each what it is."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import words
from twelp.flow.triage import signs
from twelp.model import Stage
from twelp.texts import slack as texts

DROPPED = ("@VoltHelp good morning everyone", "@VoltHelp lovely weather today", "@VoltHelp cheers all, great stuff")


def test_dropped_posts_are_shown_once_a_day_and_every_tap_teaches(quick_scene: Scene):
    scene = quick_scene
    posts = [scene.post(text, author) for text, author in zip(DROPPED, ("june", "noor", "kim"), strict=False)]
    assert scene.cards("mo") == []
    assert scene.cards("mo") == []
    scene.pass_time(hours=24)
    [card] = scene.cards("mo")
    shown = words(card["blocks"])
    assert "3 posts that nobody was asked about: are they for us?" in shown
    assert all(text.removeprefix("@VoltHelp ") in shown for text in DROPPED)
    opinion = scene.running_house.desk.lessons.opinion
    before = {post: opinion.chance(signs.read(text)) for post, text in zip(posts, DROPPED, strict=True)}
    for button in ("For us", "Not for us", texts.DANGEROUS):
        scene.click("mo", button)
    became = {scene.stage(post): post for post in posts}
    assert set(became) == {Stage.ASKED, Stage.DISMISSED, Stage.CRISIS}
    asked, left = became[Stage.ASKED], became[Stage.DISMISSED]
    assert opinion.chance(signs.read(DROPPED[posts.index(asked)])) > before[asked]
    taught = scene.look(lambda tx: tx.lesson(f"x:{left}"))
    assert taught == (DROPPED[posts.index(left)], None)
    assert any("not for us" in line for line in scene.trail(left))
    scene.pass_time(hours=30)
    assert sum("nobody was asked about" in words(one["blocks"]) for one in scene.cards("mo")) <= 1
