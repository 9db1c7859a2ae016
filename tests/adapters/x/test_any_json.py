"""Whatever JSON comes back, it is read or refused in our words, never by a stray exception."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from twelp.adapters.x.faults import judge
from twelp.adapters.x.fields import Malformed
from twelp.adapters.x.own import own_post_of
from twelp.adapters.x.parse import batch_of
from twelp.errors import InDoubt, RemoteError, WaitUntil

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FIELDS = [
    "author_id",
    "conversation_id",
    "created_at",
    "entities",
    "referenced_tweets",
    "referenced_posts",
    "note_post",
]
KEYS = [
    "data",
    "id",
    "text",
    "mentions",
    "username",
    "type",
    "includes",
    "users",
    "name",
    "meta",
    "errors",
    "next_token",
    "error",
    "code",
    "message",
    "parameters",
    "parameter",
    "title",
    "detail",
    "note_tweet",
    *FIELDS,
]
WORDS = [
    "replied_to", "quoted", "retweeted", "2050000000000000001", "7", "@ana hi", "2026-05-01T00:39:00.000Z",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "Wed Jan 06 18:40:40 +0000 2021", "https://x.com/2/problems/credits",
]  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(WORDS)
ANY = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
)
POST = st.fixed_dictionaries({"id": SCALARS, "text": SCALARS}, optional=dict.fromkeys(FIELDS, ANY))
ANSWER = st.fixed_dictionaries(
    {"data": st.lists(POST | ANY, max_size=4) | ANY}, optional={"includes": ANY, "meta": ANY}
)


@settings(max_examples=100, deadline=None)
@given(ANSWER)
def test_any_timeline_is_read_or_called_malformed(answer: dict[str, Any]) -> None:
    try:
        batch = batch_of(answer, NOW)
    except Malformed:
        return
    for post in batch.posts:
        assert post.id.isdigit()
        assert post.created_at.utcoffset() == timedelta(0)
        assert all(handle == handle.lower() for handle in post.mentions)
    assert {int(post.id) for post in batch.posts} <= set(batch.ids)


@settings(max_examples=60, deadline=None)
@given(POST | ANY)
def test_any_own_post_is_read_or_called_malformed(raw: Any) -> None:
    try:
        post = own_post_of(raw, NOW)
    except Malformed:
        return
    assert all(number.isdigit() for number in (post.id, post.in_reply_to or "0", post.conversation or "0"))
    assert post.id not in post.earlier


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([200, 201, 204, 301, 304, 400, 401, 402, 403, 404, 409, 418, 422, 429, 500, 503, 529]),
    ANY,
    st.dictionaries(
        st.sampled_from(["x-rate-limit-reset", "x-rate-limit-remaining", "x-app-limit-24hour-reset", "retry-after"]),
        st.text(max_size=20) | st.integers().map(str) | st.floats().map(str),
    ),
    st.booleans(),
)
def test_any_answer_is_judged_and_every_wait_is_bounded(
    status: int, body: Any, headers: dict[str, str], writing: bool
) -> None:
    response = requests.Response()
    response.status_code = status
    response._content = json.dumps(body).encode()
    response.headers.update(headers)
    error = judge(response, NOW, "do it", writing=writing)
    assert isinstance(error, RemoteError)
    assert writing or not isinstance(error, InDoubt)
    if isinstance(error, WaitUntil):
        assert NOW < error.at <= NOW + timedelta(hours=25)


@pytest.mark.parametrize("bad", [b"\xff\xfe\x00", b"\x00" * 9, b"[" * 100_000])
def test_any_bytes_are_judged(bad: bytes) -> None:
    response = requests.Response()
    response.status_code = 403
    response._content = bad
    assert isinstance(judge(response, NOW, "do it", writing=True), RemoteError)
