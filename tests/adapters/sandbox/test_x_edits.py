"""Posts that their authors edit, and accounts that are renamed."""

from __future__ import annotations

from typing import Any

from tests.adapters.sandbox.x_stage import Stage

FIELDS = ["conversation_id", "edit_controls", "created_at"]


def edit(x: Stage, post_id: str, text: str, **how: Any) -> str:
    answer = x.control("POST", f"/x/posts/{post_id}/edits", {"text": text, **how})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def mentions(x: Stage) -> list[dict[str, Any]]:
    found = x.client().get_users_mentions(x.brand_id, tweet_fields=FIELDS, user_auth=True)
    return list(found.get("data", ()))


def test_an_edited_post_has_a_new_id_and_stands_once_in_its_newest_version(x: Stage) -> None:
    first = str(x.post("@VoltHelp my radio is dark").id)
    second = edit(x, first, "@VoltHelp my tv is dark")
    third = edit(x, second, "@VoltHelp my tv is black")
    [shown] = mentions(x)
    assert (shown["id"], shown["text"]) == (third, "@VoltHelp my tv is black")
    assert shown["edit_history_tweet_ids"] == [first, second, third]
    assert shown["edit_controls"]["edits_remaining"] == 3
    assert shown["conversation_id"] == first


def test_a_look_up_of_any_version_shows_the_newest(x: Stage) -> None:
    first = str(x.post("@VoltHelp my radio is dark").id)
    second = edit(x, first, "@VoltHelp my tv is dark")
    one = x.client().get_tweet(first, user_auth=True)["data"]
    assert (one["id"], one["text"]) == (second, "@VoltHelp my tv is dark")
    several = x.client().get_tweets([first, second], user_auth=True)
    assert [post["id"] for post in several["data"]] == [second]
    assert "errors" not in several


def test_an_edited_post_may_open_a_conversation_of_its_own(x: Stage) -> None:
    first = str(x.post("@VoltHelp my radio is dark").id)
    second = edit(x, first, "@VoltHelp my tv is dark", own_conversation=True)
    assert [post["conversation_id"] for post in mentions(x)] == [second]


def test_an_edit_may_name_the_brand_or_leave_it_out(x: Stage) -> None:
    named = str(x.post("@VoltHelp my radio is dark").id)
    silent = str(x.post("my tv is dark").id)
    edit(x, named, "my radio is dark")
    summons = edit(x, silent, "@VoltHelp my tv is dark")
    assert [post["id"] for post in mentions(x)] == [summons]


def test_deleting_one_version_deletes_them_all(x: Stage) -> None:
    first = str(x.post("@VoltHelp my radio is dark").id)
    second = edit(x, first, "@VoltHelp my tv is dark")
    assert x.control("DELETE", f"/x/posts/{second}").status_code == 200
    assert mentions(x) == []
    assert "data" not in x.client().get_tweets([first, second], user_auth=True)
    assert x.control("POST", f"/x/posts/{first}/edits", {"text": "anew"}).status_code == 400


def test_an_edit_keeps_likes_and_counts_a_quote_once(x: Stage) -> None:
    quoted = x.post("look")
    first = str(x.post("@VoltHelp this", quotes=quoted.id).id)
    x.control("POST", f"/x/posts/{first}/likes")
    edit(x, first, "@VoltHelp this one")
    found = x.client().get_tweets([first, quoted.id], tweet_fields=["public_metrics"], user_auth=True)["data"]
    counts = [post["public_metrics"] for post in found]
    assert [c["like_count"] for c in counts] == [1, 0]
    assert [c["quote_count"] for c in counts] == [0, 1]


def test_the_control_plane_refuses_what_x_lets_nobody_edit(x: Stage) -> None:
    root = str(x.post("@VoltHelp one").id)
    reply = str(x.post("two", reply_to=int(root)).id)

    def refusal(post_id: str, **how: Any) -> str:
        answer = x.control("POST", f"/x/posts/{post_id}/edits", {"text": "more", **how})
        assert answer.status_code in (400, 404), answer.text
        return str(answer.json()["error"])

    assert "is a reply" in refusal(reply)
    edit(x, reply, "two, rightly", beyond_limits=True)
    for number in range(5):
        edit(x, root, f"@VoltHelp one {number}")
    assert "was edited 5 times" in refusal(root)
    late = str(x.post("@VoltHelp late").id)
    x.sandbox.clock.advance(3600)
    assert "could be edited until" in refusal(late)
    assert "is not there" in refusal("5")
    assert "text is empty" in refusal(late, text=" ")
    assert "beyond_limits is 1" in refusal(late, beyond_limits=1)
    assert "expected an object" in refusal(late, words="more")


def test_a_renamed_account_keeps_its_id_and_its_old_handle_is_free(x: Stage) -> None:
    before = x.post("@VoltHelp hi", "june").author.id
    renamed = x.control("POST", "/x/accounts/june", {"handle": "june_h"}).json()
    assert (renamed["handle"], renamed["id"]) == ("june_h", str(before))
    assert x.post("@VoltHelp me again", "june_h").author.id == before
    assert x.post("@VoltHelp somebody else", "june").author.id != before
    assert x.control("POST", "/x/accounts/june", {"handle": "june_h"}).status_code == 400  # taken
    assert x.control("POST", "/x/accounts/nobody", {"handle": "somebody"}).status_code == 404
    assert x.control("POST", "/x/accounts/june", {"handle": "no good"}).status_code == 400


def test_an_author_may_take_the_others_names_out_of_a_reply(x: Stage) -> None:
    root = x.post("@VoltHelp @acme hi")
    body = {"text": "same", "as": "bob", "reply_to": str(root.id), "unmentioned": True}
    assert x.control("POST", "/x/posts", body).json()["full_text"] == "@ada same"
