"""Timelines in pages: nothing twice, nothing missing, newest first."""

from __future__ import annotations

import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.sandbox.x_stage import Stage
from twelp.sandbox.wire import Clock
from twelp.sandbox.x import Draft, XWorld, pages, params

_ids = st.lists(st.integers(1, 10**6), unique=True).map(sorted)


class _Shown:
    def __init__(self, an_id: int) -> None:
        self.id = an_id


def _walk(index: list[int], asked: dict[str, Any], hidden: set[int], reach: int | None = None) -> list[int]:
    def show(an_id: int) -> Any:
        return None if an_id in hidden else _Shown(an_id)

    seen: list[int] = []
    while True:
        page = pages.page(index, show, asked, reach)
        seen += [p.id for p in page.posts]
        assert page.meta["result_count"] == len(page.posts) <= asked["max_results"]
        if "next_token" not in page.meta:
            return seen
        asked = {**asked, "pagination_token": params.a_token("pagination_token", page.meta["next_token"])}


@given(_ids, st.integers(5, 100), st.integers(0, 10**6), st.integers(0, 10**6), st.data())
def test_walking_the_pages_gives_each_post_once_newest_first(
    index: list[int], size: int, since: int, until: int, more: st.DataObject
) -> None:
    hidden = set(more.draw(st.lists(st.sampled_from(index)))) if index else set()
    seen = _walk(index, {"max_results": size, "since_id": since, "until_id": until}, hidden)
    assert seen == [i for i in reversed(index) if since < i < until and i not in hidden]


@given(_ids, st.integers(1, 50))
def test_a_timeline_reaches_no_further_back_than_its_reach(index: list[int], reach: int) -> None:
    assert _walk(index, {"max_results": 5}, set(), reach) == list(reversed(index[-reach:]))


@given(_ids.filter(lambda ids: len(ids) > 5), st.integers(5, 20))
def test_the_token_back_leads_to_the_page_before(index: list[int], size: int) -> None:
    asked: dict[str, Any] = {"max_results": size}
    first = pages.page(index, _Shown, asked, None)  # type: ignore[arg-type]
    if "next_token" not in first.meta:
        return
    second = pages.page(index, _Shown, {**asked, "pagination_token": ("n", first.posts[-1].id)}, None)  # type: ignore[arg-type]
    token = params.a_token("pagination_token", second.meta["previous_token"])
    back = pages.page(index, _Shown, {**asked, "pagination_token": token}, None)  # type: ignore[arg-type]
    assert [p.id for p in back.posts] == [p.id for p in first.posts]


@given(st.integers(0, 2**63), st.sampled_from("np"))
def test_a_token_can_be_read_back(boundary: int, direction: str) -> None:
    assert params.a_token("t", params.make_token(direction, boundary)) == (direction, boundary)


@settings(max_examples=15)
@given(st.lists(st.sampled_from(["mention", "other", "delete"]), max_size=40))
def test_the_mentions_timeline_is_what_was_posted_and_not_deleted(acts: list[str]) -> None:
    world = XWorld(Clock())
    kept: list[int] = []
    for act in acts:
        if act == "delete" and kept:
            world.posts.delete(kept.pop(0))
        elif act == "mention":
            kept.append(world.post("ada", Draft("hi @VoltHelp")).id)
        else:
            world.post("ada", Draft("hi"))
    assert world.posts.by_mention[world.brand.id] == kept


def test_mentions_reach_back_800_posts_over_the_wire(x: Stage) -> None:
    posts = [x.post(f"@VoltHelp {n}") for n in range(820)]
    client = x.client()
    seen: list[str] = []
    token = None
    while True:
        page = client.get_users_mentions(x.brand_id, max_results=100, pagination_token=token, user_auth=True)
        seen += [p["id"] for p in page.get("data", [])]
        token = page["meta"].get("next_token")
        if token is None:
            break
    assert seen == [str(p.id) for p in reversed(posts[20:])]


def test_an_old_post_gets_an_old_id(x: Stage) -> None:
    x.post("@VoltHelp now")
    answer = x.control(
        "POST", "/x/posts", {"text": "@VoltHelp then", "as": "bob", "created_at": "2017-10-31T22:10:47Z"}
    )
    new = x.post("@VoltHelp new")
    old = int(answer.json()["id"])
    assert old < new.id
    shown = x.client().get_users_mentions(x.brand_id, tweet_fields=["created_at"], user_auth=True)["data"]
    assert shown[-1]["created_at"] == "2017-10-31T22:10:47.000Z"


def test_mentions_stay_quick_with_100_000_posts() -> None:
    """Pages of a long timeline are a matter of a binary search."""
    world = XWorld(Clock())
    for n in range(20_000):
        world.post("ada", Draft(f"@VoltHelp {n}" if n % 2 else f"other {n}"))
    index = world.posts.by_mention[world.brand.id]
    index[:0] = range(1, 80_000)
    started = time.process_time()
    for _ in range(200):
        pages.page(index, world.posts.visible, {"since_id": index[-2], "max_results": 100}, 800)
    assert time.process_time() - started < 0.5
