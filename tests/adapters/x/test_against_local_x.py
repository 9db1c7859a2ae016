"""The adapter against the local X: signatures checked, X's own rules, faults on the wire."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from twelp.adapters.store import SharedBudgets, SqlStore
from twelp.adapters.x import X
from twelp.errors import InDoubt, Locked, Refused, TryAgain, WaitUntil
from twelp.ports import Presence
from twelp.sandbox.server import Running, serve


class Town:
    """A local X with one customer-facing account, driven through its control plane."""

    def __init__(self, running: Running) -> None:
        self.url = running.url
        self.clock = running.sandbox.clock
        self._http = httpx.Client(base_url=f"{running.url}/_sandbox")
        self.x = self.account()

    def account(self, **other: Any) -> X:
        shown = self._http.get("").json()["x"]["credentials"] | other
        names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
        return X(self.url, *(shown[name] for name in names), timeout_s=1.5, clock=self.clock)

    def act(self, path: str, /, **body: Any) -> Any:
        answer = self._http.post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def post(self, text: str, **more: Any) -> str:
        return str(self.act("/x/posts", **{"as": "ana", "text": text, **more})["id"])

    def presence(self, post_id: str) -> Presence:
        return self.x.look_up([post_id])[post_id].presence

    def delete(self, post_id: str) -> None:
        assert self._http.delete(f"/x/posts/{post_id}").is_success

    def fault(self, kind: str, **more: Any) -> None:
        self.act("/faults", kind=kind, network="x", **more)

    def answers(self) -> list[dict[str, Any]]:
        shown = self._http.get("/x/posts", params={"limit": 10_000}).json()["posts"]
        return [post for post in shown if post["via"] == "api"]

    def requests(self) -> list[dict[str, Any]]:
        return list(self._http.get("/requests", params={"network": "x"}).json()["requests"])

    def close(self) -> None:
        self.x.close()
        self._http.close()


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with serve({"x": {"brand": {"handle": "VoltHelp", "name": "Volt Help"}}}) as running:
        yield running


@pytest.fixture
def town(running: Running) -> Iterator[Town]:
    running.sandbox.reset()
    running.sandbox.faults.clear()
    town = Town(running)
    yield town
    town.close()


def test_the_account_is_the_one_the_tokens_stand_for(town: Town) -> None:
    me = town.x.me()
    assert (me.handle, me.name) == ("VoltHelp", "Volt Help")
    assert me.id.isdigit()


def test_a_mention_arrives_with_everything_we_need_to_know(town: Town) -> None:
    root = town.post("@VoltHelp my TV &amp; radio hum. <b> why?", name="Ana P.")
    follow = town.post("@VoltHelp @bo any news?", reply_to=int(root))
    quote = town.post("this, @volthelp?", quotes=int(root), **{"as": "bo"})
    town.post("nothing to do with you")
    town.post("", repost_of=int(root), **{"as": "bo"})
    found = town.x.mentions(None)
    assert [post.id for post in found.posts] == [root, follow, quote]
    first, second, third = found.posts
    assert first.text == "@VoltHelp my TV &amp; radio hum. <b> why?"
    assert (first.author.handle, first.author.name) == ("ana", "Ana P.")
    assert (first.conversation, first.reply_to, first.mentions) == (root, None, ("volthelp",))
    assert (second.conversation, second.reply_to) == (root, root)
    assert (third.quotes, third.author.handle) == (root, "bo")
    assert abs(first.created_at - town.clock.now()) < timedelta(minutes=1)
    assert first.url == f"https://x.com/ana/status/{root}"
    assert found.cursor == quote


def test_reading_goes_on_where_it_stopped_over_many_pages(town: Town) -> None:
    first = town.post("@VoltHelp first?")
    cursor = town.x.mentions(None).cursor
    assert cursor == first
    ids = [
        p["id"]
        for p in town.act("/x/posts", posts=[{"as": "ana", "text": f"@VoltHelp {n}?"} for n in range(250)])["posts"]
    ]
    found = town.x.mentions(cursor)
    assert [post.id for post in found.posts] == ids
    town.clock.advance(10)
    found = town.x.mentions(cursor)
    assert [post.id for post in found.posts] == [first, *ids], "every ten seconds the last minute comes again"
    assert {post.id for post in town.x.mentions(found.cursor).posts} <= {first, *ids}
    assert town.x.mentions(found.cursor).cursor == found.cursor


def test_no_more_than_x_shows_is_read(town: Town) -> None:
    town.act("/x/posts", posts=[{"as": "ana", "text": f"@VoltHelp {n}?"} for n in range(830)])
    posts = town.x.mentions(None).posts
    assert len(posts) == 800
    assert posts[-1].text == "@VoltHelp 829?"


def test_a_reply_stands_once_under_the_question_and_can_be_found_again(town: Town) -> None:
    question = town.post("@VoltHelp how do I reset it?")
    before = town.clock.now()
    reply = town.x.reply("Hold the button for ten seconds & wait. ^JD", question)
    (answer,) = town.answers()
    assert (answer["id"], answer["in_reply_to"]) == (reply, question)
    (found,) = town.x.own_posts(before)
    assert (found.id, found.in_reply_to) == (reply, question)
    assert found.text.endswith("Hold the button for ten seconds & wait. ^JD")
    assert town.presence(reply) is Presence.STANDS
    town.x.delete(reply)
    town.x.delete(reply)
    assert town.presence(reply) is not Presence.STANDS
    assert town.x.own_posts(before) == []


def test_x_refuses_and_says_why(town: Town) -> None:
    asked, other, gone = town.post("@VoltHelp why?"), town.post("why, world?"), town.post("@VoltHelp never mind?")
    town.delete(gone)
    town.x.reply("Because. ^JD", asked)
    for text, to, reason in (
        ("Hello ^JD", other, "not_summoned"),
        ("Hello ^JD", gone, "gone"),
        ("Hello ^JD", "1", "gone"),
        ("Because. ^JD", asked, "duplicate"),
        ("x" * 281, asked, "too_long"),
        ("   ", asked, "other"),
    ):
        with pytest.raises(Refused) as raised:
            town.x.reply(text, to)
        assert raised.value.reason == reason, text[:20]
    assert len(town.answers()) == 1


@pytest.mark.parametrize("kind", ["lost_response", "close", "hang", "html"])
def test_an_answer_in_doubt_is_settled_by_looking(town: Town, kind: str) -> None:
    """Of these only a lost response was carried out; the look tells which it was."""
    question, before = town.post("@VoltHelp why?"), town.clock.now()
    town.fault(kind, method="POST", path="/2/tweets")
    with pytest.raises(InDoubt):
        town.x.reply("Because. ^JD", question)
    found = [post.in_reply_to for post in town.x.own_posts(before)]
    assert found == ([question] if kind == "lost_response" else [])
    assert len(town.answers()) == len(found)


@pytest.mark.parametrize("kind", ["lost_response", "close", "hang", "html"])
def test_reading_through_a_fault_loses_nothing(town: Town, kind: str) -> None:
    question = town.post("@VoltHelp why?")
    town.x.me()
    town.fault(kind, path="/2/users/*/mentions")
    with pytest.raises(TryAgain):
        town.x.mentions(None)
    assert [post.id for post in town.x.mentions(None).posts] == [question]


def test_a_slow_answer_within_the_time_is_an_answer(town: Town) -> None:
    question = town.post("@VoltHelp why?")
    town.fault("slow", method="POST", path="/2/tweets", seconds=0.1)
    assert town.x.reply("Because. ^JD", question) == town.answers()[0]["id"]


@pytest.mark.parametrize(
    ("status", "kind"), [(401, Locked), (402, Locked), (403, Refused), (404, Refused), (500, InDoubt), (503, InDoubt)]
)
def test_a_status_alone_tells_whose_move_it_is(town: Town, status: int, kind: type[Exception]) -> None:
    question = town.post("@VoltHelp why?")
    town.fault("status", method="POST", path="/2/tweets", status=status)
    with pytest.raises(kind):
        town.x.reply("Because. ^JD", question)


@pytest.mark.parametrize(("headers", "after_s"), [({"x-rate-limit-reset": "now+300"}, 300), ({}, 60)])
def test_over_the_limit_it_says_until_when(town: Town, headers: dict[str, str], after_s: int) -> None:
    town.fault("status", status=429, headers=headers, path="/2/users/me")
    with pytest.raises(WaitUntil) as raised:
        town.x.me()
    assert abs(raised.value.at - town.clock.now() - timedelta(seconds=after_s)) < timedelta(seconds=5)


def test_nothing_of_the_kind_is_asked_before_the_hour_that_was_named(town: Town) -> None:
    question = town.post("@VoltHelp why?")
    town.fault("status", status=429, headers={"x-rate-limit-reset": "now+300"}, method="POST", path="/2/tweets")
    for _ in range(3):
        with pytest.raises(WaitUntil):
            town.x.reply("Because. ^JD", question)
    assert town.answers() == []
    assert town.presence(question) is Presence.STANDS, "other kinds go on"
    town.clock.advance(301)
    assert town.x.reply("Because. ^JD", question)


def test_xs_own_limit_is_obeyed_until_its_hour(town: Town) -> None:
    """100 posts in 15 minutes, some of which may be on their way; after the hour it names, the next goes through."""
    questions = town.act("/x/posts", posts=[{"as": "ana", "text": f"@VoltHelp {n}?"} for n in range(98)])["ids"]
    for number, question in enumerate(questions[:-1]):
        town.x.reply(f"Answer {number} ^JD", question)
    with pytest.raises(WaitUntil) as raised:
        town.x.reply("One more ^JD", questions[-1])
    wait = raised.value.at - town.clock.now()
    assert timedelta() < wait <= timedelta(minutes=15, seconds=1), "X names whole seconds"
    town.clock.advance(wait.total_seconds() + 1)
    assert town.x.reply("One more ^JD", questions[-1])


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_two_processes_together_make_no_more_posts_than_x_allows(town: Town, database_url: str) -> None:
    """Four calls under way in each: what one of them was told last is old news to the others."""
    store = SqlStore(database_url)
    both = [town.account(), town.account()]
    for account in both:
        account.together.budgets = SharedBudgets(store)
    questions = town.act("/x/posts", posts=[{"as": "ana", "text": f"@VoltHelp {n}?"} for n in range(130)])["ids"]

    def reply(number: int) -> bool:
        try:
            return bool(both[number % 2].reply(f"Answer {number} ^JD", questions[number]))
        except WaitUntil:
            return False

    with ThreadPoolExecutor(8) as threads:
        made = sum(threads.map(reply, range(130)))
    assert 90 <= made == len(town.answers()) <= 100
    assert [r["status"] for r in town.requests() if r["method"] == "POST"].count(429) == 0
    for account in both:
        account.close()
    store.close()


def test_wrong_keys_stop_the_account_and_no_secret_is_told(town: Town) -> None:
    for name in ("consumer_secret", "access_token", "access_token_secret"):
        stranger = town.account(**{name: "wrong-wrong-wrong"})
        with pytest.raises(Locked) as raised:
            stranger.me()
        assert "wrong-wrong" not in str(raised.value)
        stranger.close()


@pytest.mark.parametrize(
    "text", ["<!channel> & <@U1> ^JD", "שלום ‮hello ^JD", "é́ ﷽ 👩‍👩‍👧‍👦 ^JD", "a=b&c=d+e%20f?#! ^JD"]
)
def test_any_text_is_signed_and_arrives_as_it_was_confirmed(town: Town, text: str) -> None:
    town.x.reply(text, town.post("@VoltHelp why?"))
    assert town.answers()[0]["text"] == text


def test_a_customer_who_is_protected_or_suspended_is_not_seen(town: Town) -> None:
    question = town.post("@VoltHelp why?")
    town.act("/x/accounts/ana", protected=True)
    assert town.presence(question) is Presence.PROTECTED
    assert town.x.mentions(None).posts == ()
    with pytest.raises(Refused) as raised:
        town.x.reply("Because. ^JD", question)
    assert raised.value.reason == "gone"


def test_connections_are_kept_between_requests_and_bounded(town: Town) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda _: town.x.mentions(None), range(40)))
    assert len(pages) == 40
    assert len([one for one in town.requests() if one["path"].endswith("/mentions")]) == 40


def test_what_x_calls_used_up_is_not_asked_for_again_before_it_is_open(town: Town) -> None:
    """Nothing is refused: we stop by ourselves while as much is left as may be on its way."""
    for _ in range(47):
        town.x.delete("1")
    with pytest.raises(WaitUntil) as raised:
        town.x.delete("1")
    assert timedelta(minutes=14) < raised.value.at - town.clock.now() <= timedelta(minutes=16)
    assert 429 not in {request["status"] for request in town.requests()}


def test_posts_are_looked_up_as_they_now_stand(town: Town) -> None:
    """Edited: in its newest version; deleted: gone; its author protected: not ours to see."""
    edited, deleted, kept = (town.post(f"@VoltHelp {word}?") for word in ("first", "second", "third"))
    hidden = town.post("@VoltHelp fourth?", **{"as": "bob"})
    newest = str(town.act(f"/x/posts/{edited}/edits", text="@VoltHelp first, rightly?")["id"])
    town.delete(deleted)
    town.act("/x/accounts/bob", protected=True)
    found = town.x.look_up([edited, deleted, kept, hidden, "17"])
    assert {asked: seen.presence for asked, seen in found.items()} == {
        edited: Presence.STANDS,
        deleted: Presence.GONE,
        kept: Presence.STANDS,
        hidden: Presence.PROTECTED,
        "17": Presence.GONE,
    }
    now = found[edited]
    assert now.post is not None
    assert (now.post.id, now.post.text, now.post.earlier) == (newest, "@VoltHelp first, rightly?", (edited,))
    assert now.post.author.handle == "ana"
    town.act("/x/accounts/bob", protected=False)
    assert town.x.look_up([hidden])[hidden].presence is Presence.STANDS
