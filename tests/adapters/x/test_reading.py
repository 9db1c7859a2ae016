"""Mentions, own posts and single posts as odd servers tell them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from twelp.adapters.x import RULES, X
from twelp.errors import Refused, TryAgain
from twelp.model import Account
from twelp.ports import Presence

MENTIONS = "/2/users/42/mentions"
OWN = "/2/users/42/tweets"
FIRST = 2_050_000_000_000_000_000
MINUTE = 60_000 << 22


def tweet(number: int, **more: Any) -> dict[str, Any]:
    return {"id": str(FIRST + number), "text": f"@ElectroMart question {number}?", "author_id": "7", **more}


def page(*posts: Any, next_token: str | None = None, **more: Any) -> dict[str, Any]:
    meta = {"result_count": len(posts), **({"next_token": next_token} if next_token else {})}
    return {"data": list(posts), "meta": meta, **more} if posts else {"meta": meta}


def ids(posts: Any) -> list[int]:
    return [int(post.id) - FIRST for post in posts]


def refused(parameter: str) -> dict[str, Any]:
    message = f"The query parameter [{parameter}] is not one of [id,since_id,max_results]"
    return {"title": "Invalid Request", "errors": [{"parameters": {parameter: ["x"]}, "message": message}]}


# ---------------------------------------------------------------- mentions


def test_all_pages_come_as_one_oldest_first_and_no_id_twice(x: X, odd: Any, wire: Any) -> None:
    odd.on(
        MENTIONS,
        wire.reply(page(tweet(9), tweet(8), next_token="p2")),
        wire.reply({"meta": {"result_count": 0, "next_token": "p3"}}),
        wire.reply(page(tweet(8), tweet(3))),
    )
    found = x.mentions(str(FIRST))
    assert ids(found.posts) == [3, 8, 9]
    assert found.cursor == str(FIRST + 9)
    asked = [one.query for one in odd.to(MENTIONS)]
    assert [one.get("pagination_token") for one in asked] == [None, "p2", "p3"]
    assert {one["since_id"] for one in asked} == {str(FIRST - MINUTE)}
    assert {one["max_results"] for one in asked} == {"100"}
    assert "author_id" in asked[0]["expansions"]


def test_nothing_new_keeps_the_cursor(x: X, odd: Any, wire: Any) -> None:
    odd.on(MENTIONS, wire.reply(page()))
    assert x.mentions("123").cursor == "123"
    assert x.mentions(None).cursor is None


def test_a_post_that_shows_late_is_read_though_newer_ones_were_before(x: X, odd: Any, wire: Any) -> None:
    """Ids are given by many machines; the cursor never goes back for it."""
    odd.on(MENTIONS, wire.reply(page(tweet(5_000_000), tweet(3))))
    found = x.mentions(str(FIRST + 5_000_000))
    assert ids(found.posts) == [3, 5_000_000]
    assert found.cursor == str(FIRST + 5_000_000)
    odd.on(MENTIONS, wire.reply(page(tweet(3))))
    assert x.mentions(str(FIRST + 5_000_000)).cursor == str(FIRST + 5_000_000)


def test_ids_are_compared_as_numbers(x: X, odd: Any, wire: Any) -> None:
    posts = [{"id": i, "text": "@ElectroMart hi?", "author_id": "7"} for i in ("1000", "999", 998)]
    odd.on(MENTIONS, wire.reply(page(*posts)))
    found = x.mentions("998")
    assert [post.id for post in found.posts] == ["999", "1000"]
    assert found.cursor == "1000"


def test_a_server_that_ignores_since_id_gives_nothing_twice(x: X, odd: Any, wire: Any) -> None:
    odd.on(MENTIONS, wire.reply(page(tweet(2), tweet(1), next_token="more")))
    assert x.mentions(str(FIRST + MINUTE + 2)).posts == ()
    assert len(odd.to(MENTIONS)) == 1, "a page of known posts ends the reading"


def test_reading_ends_where_x_ends(x: X, odd: Any, wire: Any, caplog: pytest.LogCaptureFixture) -> None:
    """At most 800 posts back, and a server whose pages go round in circles is left."""
    pages = [page(*(tweet(2000 - 100 * p - i) for i in range(100)), next_token=f"p{p}") for p in range(12)]
    odd.on(MENTIONS, *map(wire.reply, pages))
    assert len(x.mentions(None).posts) == 800
    assert "800" in caplog.text
    odd.on(MENTIONS, wire.reply(page(tweet(1), next_token="same")))
    assert ids(x.mentions(None).posts) == [1]


def test_an_error_on_a_later_page_loses_nothing(x: X, odd: Any, wire: Any) -> None:
    """All pages or none: the caller's cursor stays and the next reading begins again."""
    odd.on(
        MENTIONS,
        wire.reply(page(tweet(9), next_token="p2")),
        wire.html(503),
        wire.reply(page(tweet(9), next_token="p2")),
        wire.reply(page(tweet(8))),
    )
    with pytest.raises(TryAgain):
        x.mentions(None)
    assert ids(x.mentions(None).posts) == [8, 9]


def test_a_malformed_post_among_good_ones_is_passed_over_and_told(
    x: X, odd: Any, wire: Any, caplog: pytest.LogCaptureFixture
) -> None:
    bad = [None, 7, [], {}, {"id": "abc", "text": "x"}, {"id": "-5", "text": "x"}, {"id": str(FIRST + 5)}, {"id": True}]
    odd.on(MENTIONS, wire.reply(page(tweet(4), *bad, {"id": str(FIRST + 6), "text": ["secret"]}, tweet(3))))
    with caplog.at_level(logging.WARNING, "twelp.x"):
        found = x.mentions(None)
    assert ids(found.posts) == [3, 4]
    assert found.cursor == str(FIRST + 6), "a post that nobody can read is not asked for again"
    assert len(caplog.records) == len(bad) + 1
    assert str(FIRST + 6) in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        {"data": "none"},
        {"data": 5},
        {"errors": [{"title": "Not Found Error", "detail": "Could not find user with id: [42]."}]},
    ],
)
def test_an_answer_that_is_no_timeline_is_not_taken_for_an_empty_one(x: X, odd: Any, wire: Any, answer: Any) -> None:
    odd.on(MENTIONS, wire.reply(answer))
    with pytest.raises(TryAgain):
        x.mentions("1")


def test_errors_beside_the_posts_are_no_errors(x: X, odd: Any, wire: Any) -> None:
    """X tells of a parent that is gone in `errors`, next to the posts."""
    odd.on(MENTIONS, wire.reply(page(tweet(1), errors=[{"title": "Not Found Error", "resource_type": "tweet"}])))
    assert ids(x.mentions(None).posts) == [1]


@pytest.mark.parametrize(
    "answer",
    [
        {"title": "Invalid Request", "errors": [{"parameters": {"since_id": ["5"]}, "message": "too old"}]},
        {"title": "Invalid Request", "detail": "'since_id' must be a tweet id created after [2026-10-01T00:00Z]."},
    ],
)
def test_a_cursor_that_x_finds_too_old_counts_as_none(x: X, odd: Any, wire: Any, answer: Any) -> None:
    odd.on(MENTIONS, wire.reply(answer, 400), wire.reply(page(tweet(1))))
    found = x.mentions("5")
    assert ids(found.posts) == [1]
    assert found.cursor == str(FIRST + 1)
    assert "since_id" not in odd.to(MENTIONS)[-1].query
    assert "expansions" in odd.to(MENTIONS)[-1].query, "that refusal was not about the fields"


@pytest.mark.parametrize("cursor", ["abc", "", "12.5", "9" * 40])
def test_a_cursor_that_is_no_id_counts_as_none(x: X, odd: Any, wire: Any, cursor: str) -> None:
    odd.on(MENTIONS, wire.reply(page(tweet(1))))
    assert ids(x.mentions(cursor).posts) == [1]
    assert "since_id" not in odd.to(MENTIONS)[-1].query


# ---------------------------------------------------------------- what a server takes


def test_a_server_that_knows_only_the_new_names_is_asked_in_them(x: X, odd: Any, wire: Any) -> None:
    new = tweet(1, referenced_posts=[{"type": "replied_to", "id": "5"}], note_post={"text": "@ElectroMart the whole"})
    users = {"users": [{"id": "7", "username": "ana", "name": "Ana"}]}
    odd.on(MENTIONS, *[wire.reply(refused("tweet.fields"), 400)] * 2, wire.reply(page(new, includes=users)))
    (post,) = x.mentions(None).posts
    assert (post.reply_to, post.text, post.author) == ("5", "@ElectroMart the whole", Account("7", "ana", "Ana"))
    assert "referenced_posts" in odd.to(MENTIONS)[-1].query["post.fields"]
    x.mentions(None)
    assert len(odd.to(MENTIONS)) == 4, "what was refused twice is not asked for again"
    assert x.missing() == "", "nothing is missing"


def test_a_server_without_expansions_still_tells_the_posts(x: X, odd: Any, wire: Any) -> None:
    two = [wire.reply(refused("expansions"), 400)] * 2
    odd.on(MENTIONS, *two, wire.reply(page(tweet(1, conversation_id="5"))))
    (post,) = x.mentions(None).posts
    assert post.author == Account("7", "")
    assert post.url == f"https://x.com/i/web/status/{FIRST + 1}"
    assert "expansions" not in odd.to(MENTIONS)[-1].query
    assert "author_id" in odd.to(MENTIONS)[-1].query["tweet.fields"]


def test_a_server_that_takes_nothing_extra_is_asked_for_nothing_extra(x: X, odd: Any, wire: Any) -> None:
    refusals = [wire.reply(refused(f"{name}.fields"), 400) for name in ("tweet", "tweet", "post", "post")]
    odd.on(MENTIONS, *refusals, wire.reply({"data": [{"id": "1301573587187331074", "text": "@ElectroMart @Bob hi?"}]}))
    (post,) = x.mentions(None).posts
    assert post.conversation == post.id
    assert post.mentions == ("electromart", "bob")
    assert post.created_at.replace(microsecond=0).isoformat() == "2020-09-03T17:31:39+00:00", "the id tells the hour"
    assert set(odd.to(MENTIONS)[-1].query) == {"max_results"}


def test_a_400_that_stays_is_a_refusal_and_changes_nothing(x: X, odd: Any, wire: Any) -> None:
    odd.on(MENTIONS, wire.reply({"title": "Bad Request"}, 400))
    with pytest.raises(Refused):
        x.mentions(None)
    odd.on(MENTIONS, wire.reply(page(tweet(1))))
    x.mentions(None)
    assert "expansions" in odd.to(MENTIONS)[-1].query


@pytest.mark.parametrize("body", [{"title": "Bad Request"}, {}, refused("max_results"), refused("pagination_token")])
def test_a_400_that_names_nothing_of_ours_takes_no_field_away(x: X, odd: Any, wire: Any, body: Any) -> None:
    odd.on(MENTIONS, wire.reply(body, 400), wire.reply(page(tweet(1))))
    with pytest.raises(Refused):
        x.mentions(None)
    assert ids(x.mentions(None).posts) == [1]
    assert "expansions" in odd.to(MENTIONS)[-1].query
    assert "note_tweet" in odd.to(MENTIONS)[-1].query["tweet.fields"]
    assert x.missing() == ""


def test_a_refusal_of_a_parameter_that_passes_takes_no_field_away(x: X, odd: Any, wire: Any) -> None:
    odd.on(MENTIONS, wire.reply(refused("expansions"), 400), wire.reply(page(tweet(1))))
    assert ids(x.mentions(None).posts) == [1]
    assert "expansions" in odd.to(MENTIONS)[-1].query
    assert x.missing() == ""


def test_a_field_that_x_names_is_left_out_alone_and_tried_again_every_hour(
    x: X, odd: Any, wire: Any, now: datetime, driven: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="twelp.x")
    message = "The `tweet.fields` query parameter value [note_tweet] is not one of [author_id,conversation_id,text]"
    body = {
        "title": "Invalid Request",
        "errors": [{"parameters": {"tweet.fields": ["a,note_tweet"]}, "message": message}],
    }
    odd.on(MENTIONS, *[wire.reply(body, 400)] * 2, wire.reply(page(tweet(1))))
    x.mentions(None)
    query = odd.to(MENTIONS)[-1].query
    assert "note_tweet" not in query["tweet.fields"]
    assert "conversation_id" in query["tweet.fields"]
    assert "author_id" in query["expansions"].split(",")
    assert x.missing() == f"X does not tell long texts since {now:%Y-%m-%d %H:%M} UTC"
    assert "X no longer tells long texts" in caplog.text
    driven.advance(minutes=59)
    x.mentions(None)
    assert "note_tweet" not in odd.to(MENTIONS)[-1].query["tweet.fields"]
    driven.advance(minutes=2)
    odd.on(MENTIONS, wire.reply(body, 400), wire.reply(page(tweet(1))))
    before = len(odd.to(MENTIONS))
    x.mentions(None)
    assert len(odd.to(MENTIONS)) == before + 2, "the full form, and at once the lesser one"
    driven.advance(minutes=59)
    x.mentions(None)
    assert len(odd.to(MENTIONS)) == before + 3
    driven.advance(minutes=2)
    x.mentions(None)
    assert "note_tweet" in odd.to(MENTIONS)[-1].query["tweet.fields"]
    assert x.missing() == ""
    assert "X tells everything again" in caplog.text


def test_own_posts_are_read_again_in_full_where_mentions_no_longer_tell_what_they_reply_to(
    x: X, odd: Any, wire: Any, now: datetime
) -> None:
    refusals = [wire.reply(refused(f"{name}.fields"), 400) for name in ("tweet", "tweet", "post", "post")]
    odd.on(MENTIONS, *refusals, wire.reply(page(tweet(1))))
    x.mentions(None)
    assert "what a post replies to" in x.missing()
    own = tweet(3, referenced_tweets=[{"type": "replied_to", "id": "1"}], created_at=now.isoformat())
    odd.on(OWN, wire.reply(page(own)))
    (found,) = x.own_posts(now)
    assert found.in_reply_to == "1"


def test_an_answer_of_errors_alone_is_named_by_xs_own_title(x: X, odd: Any, wire: Any) -> None:
    kind = "https://api.twitter.com/2/problems/resource-not-found"
    odd.on(
        MENTIONS, wire.reply({"errors": [{"title": "Not Found Error", "detail": "Could not find Ana.", "type": kind}]})
    )
    with pytest.raises(TryAgain, match="200 Not Found Error \\(resource-not-found\\)") as raised:
        x.mentions(None)
    assert "Ana" not in str(raised.value)


# ---------------------------------------------------------------- own posts


def test_own_posts_are_read_back_to_the_hour_asked_for(x: X, odd: Any, wire: Any, now: datetime) -> None:
    """One minute further, because clocks differ; then no more pages."""

    def own(number: int, after: timedelta, to: str | None = "5") -> dict[str, Any]:
        said = {"created_at": (now + after).isoformat().replace("+00:00", ".000Z")}
        return tweet(number, **said, **({"referenced_tweets": [{"type": "replied_to", "id": to}]} if to else {}))

    minute = timedelta(minutes=1)
    odd.on(
        OWN,
        wire.reply(page(own(9, 5 * minute), own(8, 4 * minute, None), next_token="p2")),
        wire.reply(page(own(7, -minute, "6"), own(6, -1.1 * minute), next_token="p3")),
    )
    posts = x.own_posts(now)
    assert [(int(post.id) - FIRST, post.in_reply_to) for post in posts] == [(9, "5"), (8, None), (7, "6")]
    assert posts[0].created_at == now + 5 * minute
    assert posts[0].text == "@ElectroMart question 9?"
    assert len(odd.to(OWN)) == 2


def test_own_posts_tell_their_words_as_people_see_them(x: X, odd: Any, wire: Any, now: datetime) -> None:
    """The whole of a long post, links where they lead, and which ids it had before it was edited."""
    link = {"url": "https://t.co/a1", "expanded_url": "https://volt.example/arc?a=1&b=2"}
    long = {"text": "R&amp;D, see https://t.co/a1 and https://t.co/b2", "entities": {"urls": [link]}}
    odd.on(OWN, wire.reply(page(tweet(9, note_tweet=long, edit_history_tweet_ids=["5", str(FIRST + 9)]))))
    (post,) = x.own_posts(now - timedelta(days=9000))
    assert post.text == "R&D, see https://volt.example/arc?a=1&b=2 and https://t.co/b2"
    assert (post.earlier, post.conversation) == (("5",), None)


def test_reading_ends_where_the_post_is_found(x: X, odd: Any, wire: Any, now: datetime) -> None:
    odd.on(OWN, wire.reply(page(tweet(9), tweet(8), next_token="p2")))
    long_ago = now - timedelta(days=9000)
    assert len(x.own_posts(long_ago, until=lambda post: post.id == str(FIRST + 8))) == 2
    assert len(odd.to(OWN)) == 1


def test_pages_that_never_reach_back_are_no_evidence(x: X, odd: Any, wire: Any, now: datetime) -> None:
    odd.on(OWN, *[wire.reply(page(tweet(9 - n), next_token="same")) for n in range(2)])
    with pytest.raises(TryAgain, match="do not reach back"):
        x.own_posts(now - timedelta(days=9000))


def test_own_posts_without_what_they_answer_are_no_evidence(x: X, odd: Any, wire: Any, now: datetime) -> None:
    """To look and not be able to see must not read as "nothing was posted"."""
    odd.on(OWN, wire.reply(refused("expansions"), 400), wire.reply(refused("tweet.fields"), 400))
    with pytest.raises(Refused):
        x.own_posts(now)
    odd.on(OWN, wire.reply({"data": "none"}))
    with pytest.raises(TryAgain):
        x.own_posts(now)


# ---------------------------------------------------------------- one post, one account


def test_the_account_is_asked_for_once(x: X, odd: Any, wire: Any) -> None:
    odd.on(MENTIONS, wire.reply(page()))
    assert x.me() == Account("42", "ElectroMart", "ElectroMart Help")
    x.mentions(None)
    x.me()
    assert len(odd.to("/2/users/me")) == 1


@pytest.mark.parametrize("body", [{}, {"data": {}}, {"data": []}, {"errors": [{"title": "Forbidden"}]}])
def test_an_account_without_an_id_is_asked_for_again(x: X, odd: Any, wire: Any, body: Any) -> None:
    odd.on("/2/users/me", wire.reply(body))
    with pytest.raises(TryAgain):
        x.me()


PROBLEMS = "https://api.twitter.com/2/problems/"


@pytest.mark.parametrize(
    ("kind", "presence"),
    [
        ("resource-not-found", Presence.GONE),
        ("not-authorized-for-resource", Presence.PROTECTED),
        ("client-disconnected", None),
        ("", None),
    ],
)
def test_a_post_that_is_deleted_or_protected_is_told_apart_from_one_that_x_says_nothing_of(
    x: X, odd: Any, wire: Any, kind: str, presence: Presence | None
) -> None:
    error = {"value": "5", "resource_id": "5", "resource_type": "tweet", "parameter": "ids", "type": PROBLEMS + kind}
    other = error | {"resource_id": "7", "resource_type": "user", "type": PROBLEMS + "resource-not-found"}
    odd.on("/2/tweets", wire.reply({"data": [tweet(6)], "errors": [error, other, "nonsense"]}))
    found = x.look_up(["5", str(FIRST + 6), "7", "no id", "8"])
    assert {asked: seen.presence for asked, seen in found.items() if asked != str(FIRST + 6)} == (
        {"5": presence} if presence else {}
    )
    assert found[str(FIRST + 6)].post is not None
    assert odd.to("/2/tweets")[-1].query["ids"] == f"5,{FIRST + 6},7,8"


def test_an_edited_post_is_told_of_by_every_id_it_had(x: X, odd: Any, wire: Any) -> None:
    history = [str(FIRST + n) for n in (1, 2, 3)]
    odd.on("/2/tweets", wire.reply({"data": [tweet(3, edit_history_tweet_ids=history)]}))
    found = x.look_up(history[:2])
    assert set(found) == set(history[:2])
    for seen in found.values():
        assert seen.post is not None
        assert (seen.presence, seen.post.id, seen.post.earlier) == (Presence.STANDS, history[2], tuple(history[:2]))


def test_many_posts_are_looked_up_a_hundred_at_a_time_and_each_once(x: X, odd: Any, wire: Any) -> None:
    odd.on("/2/tweets", wire.reply({"data": [tweet(1)]}))
    assert set(x.look_up([str(FIRST + n) for n in (*range(150), *range(150))])) == {str(FIRST + 1)}
    assert [asked.query["ids"].count(",") + 1 for asked in odd.to("/2/tweets")] == [100, 50]
    assert x.look_up([]) == {}
    assert len(odd.to("/2/tweets")) == 2


@pytest.mark.parametrize("body", [{}, {"data": None}, {"meta": {}}])
def test_an_empty_answer_is_no_word_that_posts_are_gone(x: X, odd: Any, wire: Any, body: Any) -> None:
    odd.on("/2/tweets", wire.reply(body))
    with pytest.raises(TryAgain):
        x.look_up(["5"])


def test_posts_are_looked_up_in_the_names_that_x_is_moving_to(x: X, odd: Any, wire: Any) -> None:
    odd.on("/2/tweets", *[wire.reply(refused("tweet.fields"), 400)] * 2, wire.reply({"data": [tweet(1)]}))
    assert x.look_up([str(FIRST + 1)])
    assert "post.fields" in odd.to("/2/tweets")[-1].query


def test_deleting_twice_is_no_error(x: X, odd: Any, wire: Any) -> None:
    odd.on("/2/tweets/5", wire.reply({"data": {"deleted": True}}), wire.reply({"title": "Not Found Error"}, 404))
    x.delete("5")
    x.delete("5")
    assert [one.method for one in odd.to("/2/tweets/5")] == ["DELETE", "DELETE"]


def test_a_reply_names_its_target_and_is_signed(x: X, odd: Any, wire: Any) -> None:
    odd.on("/2/tweets", wire.reply({"data": {"id": str(FIRST), "text": "…"}}, 201))
    assert x.reply("Try again. ^JD", "5") == str(FIRST)
    (asked,) = odd.to("/2/tweets")
    assert json.loads(asked.body) == {"text": "Try again. ^JD", "reply": {"in_reply_to_tweet_id": "5"}}
    assert asked.headers["authorization"].startswith("OAuth ")
    assert 'oauth_token="42-at"' in asked.headers["authorization"]


@pytest.mark.parametrize("text", ["\x00", "\ud800", "שלום ‮", "😀" * 10_000, "</script>&amp;"])
def test_hostile_text_leaves_as_it_is(x: X, odd: Any, wire: Any, text: str) -> None:
    odd.on("/2/tweets", wire.reply({"data": {"id": "9"}}, 201))
    x.reply(text, "5")
    assert json.loads(odd.to("/2/tweets")[0].body)["text"] == text


def test_addresses_for_people(x: X) -> None:
    assert RULES.url("5", "@Ana") == "https://x.com/Ana/status/5"
    assert RULES.url("5", "") == "https://x.com/i/web/status/5"
    assert RULES.intent_url("5", "a b & c #1 ^JD") == (
        "https://x.com/intent/post?in_reply_to=5&text=a%20b%20%26%20c%20%231%20%5EJD"
    )


def test_two_threads_read_and_write_at_once(x: X, odd: Any, wire: Any) -> None:
    """A listener that hangs does not hold up the delivery."""
    from concurrent.futures import ThreadPoolExecutor

    odd.on(MENTIONS, odd.hang)
    odd.on("/2/tweets", wire.reply({"data": {"id": "9"}}, 201))
    x.me()
    with ThreadPoolExecutor(9) as pool:
        hung = pool.submit(_raises(TryAgain), lambda: x.mentions(None))
        replies = list(pool.map(lambda n: x.reply(f"answer {n}", "5"), range(24)))
        assert not hung.done()
        assert replies == ["9"] * 24
        assert hung.result()


def _raises(kind: type[Exception]) -> Callable[[Callable[[], Any]], bool]:
    def call(ask: Callable[[], Any]) -> bool:
        with pytest.raises(kind):
            ask()
        return True

    return call
