"""What goes on to triage, and what never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from twelp.flow.listen import concerns
from twelp.model import Account, Kind, Post

US = Account("1", "Acme", "Acme Electronics")
POST = Post("x", "10", Account("2", "ann"), "@Acme how do I reset it?", datetime(2026, 11, 1, tzinfo=UTC), "10")


def test_a_customers_new_post_goes_on_to_triage() -> None:
    assert concerns(POST, us=US, heard=False) is None


@pytest.mark.parametrize("author", [US, Account("1", "renamed"), Account("99", "ACME")])
def test_our_own_posts_never_become_questions(author: Account) -> None:
    """By id, after a change of name too; by handle, where a network hands out another id."""
    verdict = concerns(replace(POST, author=author), us=US, heard=False)
    assert verdict is not None
    assert verdict.kind is Kind.OWN
    assert not verdict.asks
    assert verdict.reasons


def test_a_post_is_heard_once() -> None:
    verdict = concerns(POST, us=US, heard=True)
    assert verdict is not None
    assert not verdict.asks
    assert verdict.reasons == ("heard before",)


@pytest.mark.parametrize(
    "post",
    [
        replace(POST, repost_of="9"),
        replace(POST, text="RT @bob: @Acme how do I reset it?"),
        replace(POST, text="  RT ＠bob : @Acme how do I reset it?"),
    ],
)
def test_a_repost_says_nothing_of_its_own(post: Post) -> None:
    verdict = concerns(post, us=US, heard=False)
    assert verdict is not None
    assert verdict.kind is Kind.REPOST
    assert not verdict.asks


@pytest.mark.parametrize("text", ["RT if you agree @Acme, how do I get help?", "@Acme ART @bob: how?", "", "\x00"])
def test_words_of_their_own_are_heard_whatever_they_are(text: str) -> None:
    assert concerns(replace(POST, text=text), us=US, heard=False) is None


def test_a_quote_with_a_comment_is_heard() -> None:
    assert concerns(replace(POST, quotes="9"), us=US, heard=False) is None


def test_what_our_other_account_posts_is_our_own() -> None:
    verdict = concerns(replace(POST, author=Account("7", "AcmeNews")), us=US, handles=("acmenews",), heard=False)
    assert verdict is not None
    assert verdict.kind is Kind.OWN
