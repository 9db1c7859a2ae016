"""What is counted of an ordinary day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Figure(StrEnum):
    """What is counted, once each time that it happens.

    ANSWERED: the first public answer to a question; one that is posted anew, corrected, counts no second time.
    ASKED: an ask that was put before a person, though its card may not have reached them.
    PASSED: "not me", and a hand-over to somebody else.
    """

    POSTS = "posts"
    QUESTIONS = "questions"
    ASKED = "asked"
    CLAIMED = "claimed"
    PASSED = "passed"
    CONFIRMED = "confirmed"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    SET_ASIDE = "set aside"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    CORRECTED = "corrected"
    THANKED = "thanked"


class Dimension(StrEnum):
    """By what it is counted, each day (UTC) by itself. HOUR has all figures; the others those that it makes sense for.

    KIND: what a post was taken for. TOPIC: the likeliest of the question, empty where none is known. LANGUAGE: of a
    question's text, empty where it could be several. PERSON: by id. WITHIN: how long a first public answer took from
    the customer's post on, as the least of `WITHIN_S` that it kept to.
    """

    HOUR = "hour"
    KIND = "kind"
    TOPIC = "topic"
    LANGUAGE = "language"
    PERSON = "person"
    WITHIN = "within"


WITHIN_S = (60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400)
"""Seconds that a wait for an answer is told by."""

LONGER = "longer"
"""The value of a wait that kept to none of them."""


@dataclass(frozen=True, slots=True)
class Count:
    """One more of a figure, on a day (`2026-11-30`, UTC), for one value of a dimension."""

    day: str
    dimension: Dimension
    value: str
    figure: Figure
