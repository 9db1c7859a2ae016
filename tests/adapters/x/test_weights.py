"""A post weighs what X counts, in any script. Source: docs.x.com, counting characters; twitter-text, version 3."""

from __future__ import annotations

import pytest

from twelp.adapters.x.rules import RULES


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("a" * 280, 280),
        ("の" * 140, 280),
        ("저찀쯿쿿", 8),
        ("ｆｕｌｌ", 8),
        ("مرحبا", 5),
        ("שלום", 4),
        ("नमस्ते", 6),
        ("ไทย", 3),
        ("“quoted”", 8),
        ("–—", 2),
        ("…", 2),
        ("cafe\u0301", 4),
        ("a\nb", 3),
        ("😷" * 10, 20),
        ("👨\u200d👩\u200d👧\u200d👦", 2),
        ("👍🏽❤️1️⃣", 6),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
        ("H\U0001f431☺", 5),
        ("\U00010000\U0010ffff", 4),
        ("http://test.com", 23),
        ("test.com", 23),
        ("Test https://test.com test https://test.com test.com test", 86),
        ("https://example.com/path?x=1.", 24),
        ("@user hi #tag", 13),
    ],
)
def test_a_text_weighs_what_the_network_counts(text: str, weight: int) -> None:
    assert RULES.length.weigh(text) == weight
