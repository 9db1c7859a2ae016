"""What a question points at comes with it: the post it answers or quotes, where its links lead, its pictures."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import words

_PICTURE = {"type": "photo", "url": "https://pbs.twimg.com/media/one.jpg", "alt_text": "a soundbar, its light is red"}


def _card(scene: Scene, person: str) -> str:
    return words(scene.cards(person)[0])


def test_somebody_calls_us_under_anothers_post_and_that_post_counts_and_is_shown(scene: Scene):
    parent = scene.post("No sound from my new soundbar since this morning", "june")
    asked = scene.post("@VoltHelp can you help her?", "leo", reply_to=parent)
    assert "tia" in scene.asked(asked)
    card = _card(scene, "tia")
    assert card.index("can you help her?") < card.index("In reply to june (@june)")
    assert "No sound from my new soundbar" in card
    scene.click("tia", "Answer")
    assert "No sound from my new soundbar" in scene.window("tia")


def test_a_quoted_post_counts_and_is_shown(scene: Scene):
    quoted = scene.post("No sound from my new soundbar since this morning", "june")
    asked = scene.post("@VoltHelp any idea?", "leo", quotes=quoted)
    assert "tia" in scene.asked(asked)
    assert "Shows a post by june (@june)" in _card(scene, "tia")


def test_a_deleted_or_protected_parent_is_simply_not_there(scene: Scene):
    parent = scene.post("No sound from my soundbar", "june")
    scene.control("POST", "x/accounts/june", {"protected": True})
    asked = scene.post("@VoltHelp why does my tv show no picture?", "leo", reply_to=parent)
    assert scene.question(asked).post.parent is None
    assert "soundbar" not in _card(scene, scene.asked(asked)[0])


def test_a_picture_is_shown_with_the_words_its_author_gave_it_and_those_count(scene: Scene):
    asked = scene.post("@VoltHelp what does this mean?", media=[_PICTURE])
    assert "tia" in scene.asked(asked)
    card = scene.cards("tia")[0]
    assert "Photo: “a soundbar, its light is red”" in words(card)
    (image,) = [block for block in card["blocks"] if block["type"] == "image"]
    assert image["image_url"] == _PICTURE["url"]
    assert "t.co" not in words(card)


@pytest.mark.only_on("sqlite", reason="it is about a card's words")
def test_a_picture_without_words_is_named_as_such(scene: Scene):
    asked = scene.post("@VoltHelp why does my tv show this?", media=[{"type": "photo"}])
    assert "Photo without description" in _card(scene, scene.asked(asked)[0])


@pytest.mark.only_on("sqlite", reason="it is about what Slack refuses")
def test_where_slack_cannot_fetch_a_picture_the_card_comes_without_it(scene: Scene):
    gone = _PICTURE | {"url": "https://pictures.invalid/one.jpg"}  # that name leads nowhere, and Slack says so
    asked = scene.post("@VoltHelp why does my tv show this?", media=[gone])
    card = scene.cards(scene.asked(asked)[0])[0]
    assert not [block for block in card["blocks"] if block["type"] == "image"]
    assert "Photo: “a soundbar, its light is red”" in words(card)


def test_a_link_shows_where_it_leads_and_the_names_in_it_count(scene: Scene):
    asked = scene.post("@VoltHelp does this one work with mine? https://example.com/soundbar/sonaro-bar-500?ref=a1")
    assert "tia" in scene.asked(asked)
    assert "https://example.com/soundbar/sonaro-bar-500" in _card(scene, "tia")


@pytest.mark.only_on("sqlite", reason="it is about a card's words")
def test_the_handles_that_the_network_puts_in_front_are_not_shown_as_the_customers_words(scene: Scene):
    first = scene.post("@VoltHelp @AcmeCares why does my tv show no picture?", "mia")
    asked = scene.post("why is there no sound from my soundbar, @VoltHelp?", "leo", reply_to=first)
    assert scene.question(asked).post.own_text == "why is there no sound from my soundbar, @VoltHelp?"
    assert "@AcmeCares why is there" not in _card(scene, scene.asked(asked)[0])
