"""What X does when the brand reads and posts, seen by a real tweepy client."""

from __future__ import annotations

import html
import re

import pytest
import tweepy

from tests.adapters.sandbox.x_stage import Stage
from twelp.sandbox.x.creating import DUPLICATE, NOT_SUMMONED, NOT_VISIBLE


def test_a_post_shows_three_fields_unless_asked_for_more(x: Stage) -> None:
    x.post("@VoltHelp my tv is dark")
    shown = x.client().get_users_mentions(x.brand_id, user_auth=True)["data"][0]
    assert set(shown) == {"id", "text", "edit_history_tweet_ids"}


def test_ids_have_19_digits_and_grow_within_one_millisecond(x: Stage) -> None:
    ids = [x.post(f"@VoltHelp number {n}").id for n in range(500)]
    assert ids == sorted(set(ids))
    assert {len(str(i)) for i in ids} == {19}


def test_times_have_three_zeros_and_a_z(x: Stage) -> None:
    post = x.post("@VoltHelp when?")
    shown = x.client().get_tweet(post.id, tweet_fields=["created_at"], user_auth=True)["data"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z", shown["created_at"])


def test_a_mention_anywhere_in_the_text_counts_and_handles_ignore_case(x: Stage) -> None:
    texts = ["hello @volthelp", "(@VOLTHELP) hi", "@VoltHelp", "so @VoltHelp: now?"]
    others = ["me@VoltHelp.com", "@VoltHelper hi", "https://x.com/@VoltHelp", "volthelp"]
    wanted = {str(x.post(t).id) for t in texts}
    for text in others:
        x.post(text)
    shown = x.client().get_users_mentions(x.brand_id, max_results=100, user_auth=True)
    assert {p["id"] for p in shown["data"]} == wanted


def test_an_empty_timeline_has_no_data(x: Stage) -> None:
    shown = x.client().get_users_mentions(x.brand_id, user_auth=True)
    assert shown == {"meta": {"result_count": 0}}


def test_the_brands_own_mention_of_itself_and_reposts_are_not_mentions(x: Stage) -> None:
    asked = x.post("@VoltHelp help")
    x.post("@VoltHelp is us", as_="VoltHelp")
    x.post("", as_="bob", repost_of=asked.id)
    shown = x.client().get_users_mentions(x.brand_id, user_auth=True)
    assert [p["id"] for p in shown["data"]] == [str(asked.id)]


def test_authors_come_with_an_expansion(x: Stage) -> None:
    x.sandbox.x.account("ada", "Ada Lovelace")
    x.post("@VoltHelp help")
    shown = x.client().get_users_mentions(x.brand_id, expansions=["author_id"], user_auth=True)
    (author,) = shown["includes"]["users"]
    assert (author["username"], author["name"]) == ("ada", "Ada Lovelace")
    assert shown["data"][0]["author_id"] == author["id"]


def test_markup_in_a_text_arrives_escaped_and_links_shortened(x: Stage) -> None:
    post = x.post("@VoltHelp TV & <b> https://example.com/a?b=1&c=2 #4k")
    shown = x.client().get_tweet(post.id, tweet_fields=["entities"], user_auth=True)["data"]
    assert re.fullmatch(r"@VoltHelp TV &amp; &lt;b&gt; https://t\.co/\w{10} #4k", shown["text"])
    (link,) = shown["entities"]["urls"]
    assert link["expanded_url"] == "https://example.com/a?b=1&c=2"
    assert shown["text"][link["start"] : link["end"]] == link["url"]
    (tag,) = shown["entities"]["hashtags"]
    assert shown["text"][tag["start"] : tag["end"]] == "#4k"


def test_a_reply_keeps_the_thread(x: Stage) -> None:
    asked = x.post("@VoltHelp my tv is dark")
    client = x.client()
    made = client.create_tweet(text="Hold the button for 10 s ^JD", in_reply_to_tweet_id=asked.id)["data"]
    fields = ["conversation_id", "in_reply_to_user_id", "referenced_tweets", "display_text_range"]
    shown = client.get_tweet(made["id"], tweet_fields=fields, expansions=["referenced_tweets.id"], user_auth=True)
    reply = shown["data"]
    assert reply["conversation_id"] == str(asked.id)
    assert reply["in_reply_to_user_id"] == str(asked.author.id)
    assert reply["referenced_tweets"] == [{"type": "replied_to", "id": str(asked.id)}]
    assert shown["includes"]["tweets"][0]["id"] == str(asked.id)
    assert reply["text"] == made["text"] == "@ada Hold the button for 10 s ^JD"
    assert reply["display_text_range"] == [5, len(reply["text"])]


def test_the_customers_next_post_in_the_thread_is_a_mention_without_naming_the_brand(x: Stage) -> None:
    asked = x.post("@VoltHelp my tv is dark")
    client = x.client()
    made = client.create_tweet(text="Try a reset", in_reply_to_tweet_id=asked.id)["data"]
    again = x.post("still dark", reply_to=int(made["id"]))
    assert again.full_text == "@VoltHelp still dark"
    assert again.conversation_id == asked.id
    newest = client.get_users_mentions(x.brand_id, since_id=asked.id, user_auth=True)["data"]
    assert [p["id"] for p in newest] == [str(again.id)]
    client.create_tweet(text="Then bring it in", in_reply_to_tweet_id=again.id)


def test_a_reply_without_a_summons_is_refused(x: Stage) -> None:
    elsewhere = x.post("my volt tv is dark")
    with pytest.raises(tweepy.Forbidden, match=re.escape(NOT_SUMMONED)):
        x.client().create_tweet(text="We can help", in_reply_to_tweet_id=elsewhere.id)
    with pytest.raises(tweepy.Forbidden, match=re.escape(NOT_SUMMONED)):
        x.client().create_tweet(text="We can help", quote_tweet_id=elsewhere.id)


def test_a_quote_of_the_brand_is_a_summons_and_so_is_its_own_post(x: Stage) -> None:
    client = x.client()
    own = client.create_tweet(text="We are open")["data"]["id"]
    quoting = x.post("really?", quotes=int(own))
    for text, under in (("Yes, really", quoting.id), ("Until nine", own)):
        answer = client.get_tweet(
            client.create_tweet(text=text, in_reply_to_tweet_id=under)["data"]["id"],
            tweet_fields=["referenced_tweets"],
            user_auth=True,
        )["data"]
        assert answer["text"].endswith(text)
        assert answer["referenced_tweets"] == [{"type": "replied_to", "id": str(under)}]


def test_the_brand_may_go_on_under_its_own_reply_which_names_nobody_and_not_under_a_deleted_one(x: Stage) -> None:
    """Its author is the brand, and that is enough; a deleted post in between belongs to the customer's say no more."""
    asked, client = x.post("@VoltHelp help"), x.client()
    first = client.create_tweet(text="First this.", in_reply_to_tweet_id=asked.id)["data"]["id"]
    x.sandbox.x.posts.delete(asked.id)
    second = client.create_tweet(text="Then that.", in_reply_to_tweet_id=first)["data"]
    assert second["text"] == "Then that."
    shown = client.get_tweet(second["id"], tweet_fields=["conversation_id", "referenced_tweets"], user_auth=True)[
        "data"
    ]
    assert shown["conversation_id"] == str(asked.id)
    assert shown["referenced_tweets"] == [{"type": "replied_to", "id": first}]
    client.delete_tweet(second["id"])
    with pytest.raises(tweepy.Forbidden, match=re.escape(NOT_VISIBLE)):
        client.create_tweet(text="And last.", in_reply_to_tweet_id=second["id"])


@pytest.mark.parametrize("gone", ["deleted", "unknown", "protected", "suspended"])
def test_a_reply_to_a_post_that_cannot_be_seen_is_refused(x: Stage, gone: str) -> None:
    asked = x.post("@VoltHelp help")
    target = asked.id
    if gone == "deleted":
        x.sandbox.x.posts.delete(asked.id)
    elif gone == "unknown":
        target = asked.id + 1
    else:
        setattr(asked.author, gone, True)
    with pytest.raises(tweepy.Forbidden, match=re.escape(NOT_VISIBLE)):
        x.client().create_tweet(text="hello", in_reply_to_tweet_id=target)


def test_the_same_text_twice_is_refused_until_a_day_has_passed_or_it_was_deleted(x: Stage) -> None:
    client = x.client()
    first = client.create_tweet(text="Try a reset")["data"]["id"]
    with pytest.raises(tweepy.Forbidden, match=re.escape(DUPLICATE)):
        client.create_tweet(text="Try  a reset")
    client.delete_tweet(first)
    client.create_tweet(text="Try a reset")
    x.sandbox.clock.advance(86_401)
    client.create_tweet(text="Try a reset")


@pytest.mark.parametrize(
    ("text", "fits"),
    [("a" * 280, True), ("a" * 281, False), ("中" * 140, True), ("中" * 141, False), ("😀" * 141, False)],
)
def test_280_weighted_characters_fit(x: Stage, text: str, fits: bool) -> None:
    asked = x.post("@VoltHelp help")
    client = x.client()
    if fits:
        client.create_tweet(text=text, in_reply_to_tweet_id=asked.id)
    else:
        with pytest.raises(tweepy.BadRequest, match="too long"):
            client.create_tweet(text=text, in_reply_to_tweet_id=asked.id)


def test_a_link_counts_23_and_the_mentions_a_reply_begins_with_are_free(x: Stage) -> None:
    asked = x.post("@VoltHelp help")
    client = x.client()
    link = "https://example.com/" + "a" * 300
    client.create_tweet(text=f"{'b' * 256} {link}", in_reply_to_tweet_id=asked.id)
    client.create_tweet(text=f"@ada {'c' * 280}", in_reply_to_tweet_id=asked.id)
    with pytest.raises(tweepy.BadRequest):
        client.create_tweet(text=f"@ada {'c' * 280}")


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_text_is_refused(x: Stage, text: str) -> None:
    with pytest.raises(tweepy.BadRequest):
        x.client().create_tweet(text=text)


def test_a_hostile_text_of_many_dots_is_weighed_quickly(x: Stage) -> None:
    with pytest.raises(tweepy.BadRequest, match="too long"):
        x.client(timeout_s=2).create_tweet(text="a." * 12_000)
    assert x.post("@VoltHelp " + "1.2.3" * 4_000).id


def test_a_long_post_arrives_cut_with_the_whole_in_its_note(x: Stage) -> None:
    post = x.post("@VoltHelp " + "long & story " * 60)
    shown = x.client().get_tweet(post.id, tweet_fields=["note_tweet"], user_auth=True)["data"]
    assert len(html.unescape(shown["text"])) <= 280
    assert "… https://t.co/" in shown["text"]
    assert shown["note_tweet"]["text"].count("&amp;") == 60


def test_a_missing_post_is_an_error_in_a_good_answer(x: Stage) -> None:
    post = x.post("@VoltHelp help")
    x.sandbox.x.posts.delete(post.id)
    kept = x.post("@VoltHelp more")
    shown = x.client().get_tweets([post.id, kept.id], user_auth=True)
    assert [p["id"] for p in shown["data"]] == [str(kept.id)]
    (error,) = shown["errors"]
    assert (error["title"], error["resource_id"]) == ("Not Found Error", str(post.id))
    assert "data" not in x.client().get_tweet(post.id, user_auth=True)


def test_only_own_posts_can_be_deleted(x: Stage) -> None:
    client = x.client()
    own = client.create_tweet(text="Oops")["data"]["id"]
    assert client.delete_tweet(own) == {"data": {"deleted": True}}
    assert "errors" in client.delete_tweet(own)
    with pytest.raises(tweepy.Forbidden):
        client.delete_tweet(x.post("mine").id)


def test_users_are_found_by_id_and_handle(x: Stage) -> None:
    ada = x.sandbox.x.account("ada", "Ada")
    client = x.client()
    by_name = client.get_user(username="ADA", user_auth=True)["data"]
    assert by_name == client.get_user(id=ada.id, user_auth=True)["data"]
    found = client.get_users(usernames=["ada", "nobody"], user_auth=True)
    assert [u["username"] for u in found["data"]] == ["ada"]
    assert found["errors"][0]["value"] == "nobody"
    ada.suspended = True
    assert "suspended" in client.get_users(ids=[ada.id], user_auth=True)["errors"][0]["detail"]


def test_the_brands_id_survives_a_restart(x: Stage) -> None:
    before = x.client().get_me()["data"]["id"]
    x.sandbox.reset()
    assert x.client().get_me()["data"]["id"] == before


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("max_results=4", "max_results"),
        ("max_results=x", "max_results"),
        ("tweet.fields=id,nonsense", "nonsense"),
        ("nonsense=1", "nonsense"),
        ("since_id=abc", "since_id"),
        ("start_time=yesterday", "start_time"),
        ("pagination_token=%20", "pagination_token"),
        ("max_results=5&max_results=6", "max_results"),
    ],
)
def test_a_bad_parameter_is_refused_by_name(x: Stage, query: str, named: str) -> None:
    headers = {"authorization": "Bearer sandbox-bearer-token"}
    answer = x.http.get(f"/2/users/{x.brand_id}/mentions?{query}", headers=headers)
    problem = answer.json()
    assert answer.status_code == 400
    assert problem["title"] == "Invalid Request"
    assert named in problem["errors"][0]["message"]


def test_an_unknown_field_of_a_new_post_is_refused_by_name(x: Stage) -> None:
    client = x.client()
    for body in ({"text": "a", "nonsense": 1}, {"text": 1}, {"text": "a", "reply": {}}, {"quote_tweet_id": "x"}):
        with pytest.raises(tweepy.BadRequest):
            client.request("POST", "/2/tweets", json=body, user_auth=True)
