"""Private matters: whether an answer belongs out of public, and the public line that asks to write privately.

Nobody asks for data in public: the line is the company's own, and names the ways it gives.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from twelp.flow import triage
from twelp.model import Brand, Question

_WAYS: Final = "{ways}"


def is_private(question: Question, brand: Brand) -> bool:
    """Whether it holds private data, or needs an account looked up; what the customer added counts."""
    texts = (question.post.own_text, *(said.text for said in question.added if not said.ours))
    return any(
        triage.judge(replace(question.post, text=text, prefix=0), brand=brand, open_question=None).private
        for text in texts
    )


def line(question: Question, brand: Brand) -> str:
    """The public line in the brand's words; empty where the roster has none.

    Who posted a card number is asked to delete it first, where the roster says how.
    """
    if brand.privately is None:
        return ""
    asked = brand.privately.line.replace(_WAYS, ", ".join(brand.privately.ways))
    texts = (question.post.own_text, *(said.text for said in question.added if not said.ours))
    shows_card = any(triage.shows_card(text) for text in texts)
    return " ".join(part for part in (brand.privately.delete if shows_card else "", asked) if part)
