"""Who asks not to be written to is understood, in eleven languages, and nobody else is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from twelp.flow import triage
from twelp.model import Account, Brand, Kind, Post

BRAND = Brand("Volt", {"x": "VoltHelp"})


def read(text: str) -> Kind:
    post = Post("x", "1", Account("2", "mia"), f"@VoltHelp {text}", datetime(2026, 1, 1, tzinfo=UTC), "1")
    return triage.judge(post, brand=BRAND, open_question=None).kind


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "Stop.",
        "don't reply to me",
        "please stop messaging me",
        "basta",
        "no me respondan más",
        "ne me répondez plus",
        "Stopp",
        "antwortet mir nicht mehr",
        "pare",
        "não me respondam mais",
        "non rispondetemi più",
        "reageer niet meer",
        "stop met reageren",
        "תפסיקו",
        "אל תגיבו לי",
        "توقفوا",
        "لا تردوا علي",
        "停止",
        "别再回复我",
        "やめてください",
        "返信しないでください",
    ],
)
def test_who_asks_not_to_be_written_to_is_understood(text: str):
    assert read(text) is Kind.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        "my tv won't stop beeping, why?",
        "how do I stop the soundbar from switching off?",
        "why did you stop selling the Kestrel?",
        "wie stoppe ich die Aufnahme?",
    ],
)
def test_who_speaks_of_stopping_something_is_a_customer(text: str):
    assert read(text) is not Kind.OPT_OUT
