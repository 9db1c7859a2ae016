"""What a network makes of words is the same words; what a person changed in them is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twelp.flow.publish import Likeness, compare_words

LONG = "Hold the power button for ten seconds, then unplug HDMI 1 and wait. ^AL"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Use HDMI 1. ^AL", "@mia @bob_2 Use HDMI 1. ^AL"),
        ("@mia use HDMI 1. ^AL", "@mia @bob use HDMI 1. ^AL"),
        ("R&D: 1 < 2 > 0 ^AL", "@mia R&amp;D: 1 &lt; 2 &gt; 0 ^AL"),
        ("write &amp; so ^AL", "@mia write &amp;amp; so ^AL"),
        ("one\r\n\r\ntwo  three\u00a0four ^AL", "@mia one\n\ntwo three four ^AL "),
        ("Cafe\u0301 ^AL", "@mia Café ^AL"),
        ("a\u200bb \u2764\ufe0f ^AL", "@mia ab \u2764 ^AL"),
        ("See volt.com/arc. ^AL", "@mia See http://volt.com/arc. ^AL"),
        ("See https://Volt.com/ ^AL", "@mia See https://volt.com ^AL"),
        ("See https://volt.com/é?a=1&b=2 ^AL", "@mia See https://volt.com/%C3%A9?a=1&amp;b=2 ^AL"),
        ("See (volt.com/arc), then volt.com. ^AL", "@mia See (https://t.co/Ab1), then https://t.co/Cd2. ^AL"),
    ],
)
def test_what_the_network_changes_makes_no_other_words(written: str, seen: str) -> None:
    assert compare_words(written, seen, "t.co") is Likeness.SAME


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Use HDMI 1. ^AL", "@mia Use HDMI 2. ^AL"),
        ("Use HDMI 1. ^AL", "@mia Use HDMI 1. ^KM"),
        ("Use HDMI 1. ^AL", "@mia Use HDMI 1."),
        ("Use HDMI 1. ^AL", "@mia use HDMI 1. ^AL"),
        ("Use HDMI 1. ^AL", "@mia Use HDMI 1. ^AL https://t.co/photo"),
        ("See volt.com ^AL", "@mia See ^AL"),
        (LONG, f"@mia {LONG[:20]}…"),
        (LONG, "@mia Hold the power button for ten minutes, then unplug HDMI 1 and … https://t.co/a1"),
    ],
)
def test_other_words_are_somebodys_by_hand(written: str, seen: str) -> None:
    assert compare_words(written, seen, "t.co") is Likeness.OTHER


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("See volt.com/a ^AL", "@mia See https://volt.com/b ^AL"),
        (LONG, f"@mia {LONG[:60]}… https://t.co/a1"),
        (LONG, f"@mia {LONG[:50]}…"),
    ],
)
def test_another_link_or_an_early_end_is_doubt(written: str, seen: str) -> None:
    assert compare_words(written, seen, "t.co") is Likeness.UNSURE


@given(st.text(max_size=60))
def test_any_text_is_its_own_likeness(text: str) -> None:
    assert compare_words(text, text) is Likeness.SAME
    assert compare_words(text, f"@mia {text} ") is Likeness.SAME
