"""Recent search, as people who watch words use it."""

from __future__ import annotations

import pytest
import tweepy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.sandbox.x_stage import Stage
from twelp.sandbox.clock import Clock
from twelp.sandbox.x import search
from twelp.sandbox.x.people import People
from twelp.sandbox.x.problems import Refusal
from twelp.sandbox.x.state import Draft, Posts

QUERIES = [
    ("remote", {"a", "c"}),
    ("REMOTE", {"a", "c"}),
    ("remot", set()),
    ('"tv remote"', {"a"}),
    ("tv remote", {"a", "c"}),
    ("tv OR 电视", {"a", "c", "d"}),
    ("tv -broken", {"a"}),
    ('tv -"remote broken"', {"a", "c"}),
    ("from:ada", {"a", "reply"}),
    ("from:@Ada tv", {"a"}),
    ("to:VoltHelp", {"a", "reply"}),
    ("@volthelp", {"a", "reply"}),
    ("#tvfail", {"c"}),
    ("tv is:reply", set()),
    ("dark is:reply", {"reply"}),
    ("tv is:retweet", set()),
    ("电视", {"d"}),
    ("(remote OR dark) from:ada", {"a", "reply"}),
    ("dark -(from:ada)", set()),
    ("has:hashtags tv", {"c"}),
]


def named(x: Stage) -> dict[int, str]:
    a = x.post("@VoltHelp my TV remote died")
    c = x.post("tv broken and the remote too #TVfail", as_="bob")
    d = x.post("我的电视坏了", as_="chen")
    own = x.post("we are here", as_="VoltHelp", reply_to=a.id)
    reply = x.post("still dark", reply_to=own.id)
    return {a.id: "a", c.id: "c", d.id: "d", own.id: "own", reply.id: "reply"}


def test_queries_find_what_they_name(x: Stage) -> None:
    names = named(x)
    client = x.client()
    for query, wanted in QUERIES:
        shown = client.search_recent_tweets(query, user_auth=True).get("data", [])
        assert {names[int(p["id"])] for p in shown} == wanted, query


def test_a_conversation_can_be_followed(x: Stage) -> None:
    names = named(x)
    first = next(iter(names))
    shown = x.client().search_recent_tweets(f"conversation_id:{first}", user_auth=True)
    assert [names[int(p["id"])] for p in shown["data"]] == ["reply", "own", "a"]


def test_pages_go_on_with_next_token(x: Stage) -> None:
    ids = [str(x.post(f"tv number {n}").id) for n in range(25)]
    client = x.client()
    seen: list[str] = []
    token = None
    while True:
        page = client.search_recent_tweets("tv", next_token=token, max_results=10, user_auth=True)
        seen += [p["id"] for p in page["data"]]
        assert "previous_token" not in page["meta"]
        token = page["meta"].get("next_token")
        if token is None:
            break
    assert seen == ids[::-1]


@pytest.mark.parametrize(
    "query", ["-tv", "is:reply", "tv )", "(tv", "nonsense:1", "tv OR", '"open', "()", "-is:retweet"]
)
def test_a_query_that_is_not_understood_is_refused(x: Stage, query: str) -> None:
    with pytest.raises(tweepy.BadRequest, match="There were errors processing your request"):
        x.client().search_recent_tweets(query, user_auth=True)


def test_posts_older_than_a_week_are_not_found_and_cannot_be_asked_for(x: Stage) -> None:
    old = x.post("tv old")
    x.sandbox.clock.advance(8 * 86_400)
    new = x.post("tv new")
    client = x.client()
    assert [p["id"] for p in client.search_recent_tweets("tv", user_auth=True)["data"]] == [str(new.id)]
    with pytest.raises(tweepy.BadRequest, match="since_id"):
        client.search_recent_tweets("tv", since_id=old.id, user_auth=True)


@settings(max_examples=200)
@given(st.text(alphabet='ab ():"-@#ORis:reply', max_size=40))
def test_any_query_is_understood_or_refused(query: str) -> None:
    """And what is understood says yes or no to a post, the same within brackets."""
    post = Posts(Clock(), people := People()).add(people.ensure("ada"), Draft("a #ab reply: is @b (a)"))
    try:
        matches = search.parse(query)
    except Refusal:
        return
    assert matches(post) in (True, False)
    assert search.parse(f"({query})")(post) == matches(post)


@given(st.lists(st.sampled_from("abcd"), max_size=4), st.sampled_from("abcd"), st.sampled_from("abcd"))
def test_words_together_one_of_them_and_not_one_of_them(said: list[str], one: str, other: str) -> None:
    post = Posts(Clock(), people := People()).add(people.ensure("ada"), Draft(" ".join(["x", *said])))
    both, either, without = (search.parse(q) for q in (f"{one} {other}", f"{one} OR {other}", f"x -{one}"))
    assert both(post) == (one in said and other in said)
    assert either(post) == (one in said or other in said)
    assert without(post) == (one not in said)


def test_a_query_nested_without_end_is_refused() -> None:
    with pytest.raises(Refusal):
        search.parse("(" * 2000 + "a" + ")" * 2000)
