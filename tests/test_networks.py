"""What a network's rules say to the decisions, for one of another kind than X."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.toy import RULES as TOY
from twelp.adapters.x import RULES as X
from twelp.flow import gate, publish
from twelp.model import Account, Brand, Post, Roster
from twelp.networks import Length, MayReply, NetworkRules, find_plain_links, find_plain_mentions, unconnected
from twelp.wiring import on_local_network

US = Account("1", "VoltHelp")


def post(*mentions: str) -> Post:
    return Post("x", "5", Account("7", "ana"), "?", datetime(2026, 11, 30, tzinfo=UTC), "5", mentions=mentions)


@pytest.mark.parametrize(
    ("rules", "mentions", "under_ours", "lets"),
    [
        (X, ("volthelp",), False, True),
        (X, ("acme", "VOLTHELP"), False, True),
        (X, ("acme",), False, False),
        (X, (), False, False),
        (X, (), True, True),
        (TOY, (), False, True),
    ],
)
def test_a_program_may_reply_where_it_was_summoned_or_where_anybody_may(
    rules: NetworkRules, mentions: tuple[str, ...], under_ours: bool, lets: bool
) -> None:
    assert rules.lets_us_reply(post(*mentions), US, under_ours=under_ours) is lets


def found(text: str, rules: NetworkRules) -> dict[str, str]:
    whole = publish.compose(text, "JD")
    left = publish.left(whole, rules)
    links = publish.all_named((whole,), (), rules)
    seen = gate.check(text, whole, posts=(whole,), left=left, rules=rules)
    return {f.rule: f.message for f in (*seen, *gate.strange_links(links, allowed=(), rules=rules))}


def test_the_same_answer_passes_on_one_network_and_not_on_the_other() -> None:
    text = "Ask @acme about it.It holds $ABC and $DEF. " + "Then wait. " * 24
    assert set(found(text, X)) == {"length", "mention", "cashtags", "slip"}
    assert found(text, TOY) == {}
    for message in (found(text, X)[rule] for rule in ("mention", "cashtags", "slip")):
        assert "X" in message
    assert "links count 23, emoji and CJK characters 2 each" in found(text, X)["length"]
    assert found("a" * 600, TOY)["length"] == "Too long by 104: shorten it."


def test_a_network_without_threads_gets_one_post_however_long() -> None:
    text = "Hold the power button. " * 30
    alone = NetworkRules("alone", "Alone", Length(500, threads=False))
    assert len(publish.split(text, "JD", TOY)) == 2
    assert publish.split(text, "JD", alone) == (publish.compose(text, "JD"),)


def test_two_posts_of_the_same_words_are_refused_only_where_the_network_takes_none_twice() -> None:
    def rules_broken(rules: NetworkRules) -> set[str]:
        seen = gate.check("a", "Wait. Wait.", posts=("Wait.", "Wait."), left=9, rules=rules)
        return {finding.rule for finding in seen}

    assert "repeated post" in rules_broken(X)
    assert "repeated post" not in rules_broken(TOY)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://volt.example/a_(b)?c=d, or http://volt.example.", ["https://volt.example/a_(b)?c=d", "http://volt.example"]),
        ("off.It, volt.example", []),
        ("(https://volt.example/a)", ["https://volt.example/a"]),
        ("HTTPS://VOLT.EXAMPLE!", ["HTTPS://VOLT.EXAMPLE"]),
    ],
)  # fmt: skip
def test_where_nothing_else_is_said_only_what_begins_like_a_link_is_one(text: str, links: list[str]) -> None:
    assert [text[start:end] for start, end in find_plain_links(text)] == links


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ann and (@bob@volt.example).", ["ann", "bob@volt.example"]),
        ("help@volt.example, https://volt.example/@ann, a@b", []),
        ("@@ann @", []),
    ],
)
def test_where_nothing_else_is_said_handles_are_named_as_most_networks_do(text: str, names: list[str]) -> None:
    assert list(find_plain_mentions(text)) == names


def test_posts_of_a_network_that_is_not_connected_are_shown_under_its_name() -> None:
    assert unconnected("toy").display_name == "Toy"
    assert unconnected("toy").may_reply is MayReply.ANYBODY


@pytest.mark.parametrize(
    ("handles", "handle"),
    [
        ({"x": "VoltHelp", "toy": "volt"}, "VoltHelp"),
        ({"toy": "volt"}, "volt"),
        ({"toy": "volt@toy.example"}, "brand"),
    ],
)
def test_a_roster_of_several_networks_or_of_others_is_played_on_the_sandboxs_own(
    handles: dict[str, str], handle: str
) -> None:
    roster = on_local_network(Roster(Brand("Volt", handles), {}, {}))
    assert roster.brand.handles == {"x": handle}
