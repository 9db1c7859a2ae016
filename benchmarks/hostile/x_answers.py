"""X's answers bent out of shape: a batch of posts, or one of our errors that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any, Final

import requests
from requests.structures import CaseInsensitiveDict

from benchmarks.hostile import Fault
from benchmarks.hostile.mutate import dumped, mutated, nested
from benchmarks.hostile.posts import NOW, Posts, message, window
from benchmarks.hostile.texts import hostile, word
from twelp.adapters.slack import cards, modal
from twelp.adapters.x.faults import judge
from twelp.adapters.x.fields import Malformed, account_of
from twelp.adapters.x.own import own_post_of
from twelp.adapters.x.parse import batch_of
from twelp.errors import RemoteError, WaitUntil
from twelp.model import Card, CardState, Form

_TIMELINE: Final[dict[str, Any]] = {
    "data": [
        {
            "id": "2124362377200664576",
            "author_id": "7",
            "text": "@VoltHelp my tv shows no picture &amp; no sound",
            "created_at": "2026-11-20T11:59:00.000Z",
            "conversation_id": "2124362377200664575",
            "referenced_tweets": [{"type": "replied_to", "id": "2124362377200664575"}],
            "entities": {"mentions": [{"start": 0, "end": 9, "username": "VoltHelp", "id": "42"}]},
        },
        {
            "id": "2124362377200664577",
            "author_id": "8",
            "text": "@VoltHelp hdmi?",
            "note_tweet": {"text": "long hdmi?"},
        },
    ],
    "includes": {"users": [{"id": "7", "username": "mia", "name": "Mia"}, {"id": "8", "username": "jo", "name": "Jo"}]},
    "meta": {"result_count": 2, "newest_id": "2124362377200664577", "next_token": "abc"},
}
_PROBLEMS: Final[tuple[dict[str, Any], ...]] = (
    {"title": "Forbidden", "detail": "not permitted", "type": "https://api.x.com/2/problems/client-forbidden", "status": 403},
    {"errors": [{"parameters": {"since_id": ["x"]}, "message": "since_id is wrong"}], "title": "Invalid Request"},
    {"errors": [{"code": 88, "message": "Rate limit exceeded"}]},
    {"title": "UsageCapExceeded", "detail": "usage cap", "type": "https://api.twitter.com/2/problems/usage-capped"},
)  # fmt: skip
_STATUSES: Final = (200, 201, 204, 301, 400, 401, 402, 403, 404, 408, 409, 418, 429, 429, 500, 502, 503, 504, 599)
_HEADERS: Final = (
    "x-rate-limit-reset", "x-rate-limit-remaining", "retry-after", "content-type", "location", "x-app-limit-24hour-reset",
    "x-app-limit-24hour-remaining", "x-user-limit-24hour-reset", "x-user-limit-24hour-remaining",
)  # fmt: skip
_VALUES: Final = (
    "", "0", "-1", "1e999", "NaN", "inf", "9" * 400, "1795000000", "text/html", "Wed, 21 Oct 2026 07:28:00 GMT", "0x10", "٣",
    "Fri, 31 Dec 9999 23:59:59 -1400", "Mon, 01 Jan 0001 00:00:00 +1400", "application/json; charset=utf-16", "http://[",
)  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A timeline, and an answer that is no success."""

    timeline: Any
    status: int
    headers: dict[str, str]
    body: bytes


class XAnswers:
    """Timelines and refusals."""

    name = "x"

    def __init__(self) -> None:
        self._posts = Posts()

    def make(self, dice: Random) -> Given:
        """A bent timeline and a bent refusal."""
        headers = {dice.choice(_HEADERS): dice.choice((*_VALUES, word(dice))) for _ in range(dice.randrange(4))}
        return Given(mutated(_TIMELINE, dice), dice.choice(_STATUSES), headers, _body(dice))

    def faults(self, given: Given) -> Iterator[Fault]:
        """All that is wrong with how they are read."""
        if isinstance(given.timeline, dict):  # anything else ends earlier, as no usable answer
            yield from self._read(given.timeline)
        response = requests.Response()
        response.status_code = given.status
        response.headers = CaseInsensitiveDict(given.headers)
        response._content = given.body
        for writing in (False, True):
            error = judge(response, NOW, "show mentions", writing=writing)
            if not isinstance(error, RemoteError) or "show mentions" not in str(error):
                yield "unnamed", f"{type(error).__name__}: {error}"
            if isinstance(error, WaitUntil) and not NOW <= error.at <= NOW + timedelta(days=2):
                yield "unnamed", f"waits until {error.at}"
            if not str(error).isprintable() or len(str(error)) > 600:
                yield "forged", f"an error's words are X's: {str(error)[:200]!r}"

    def _read(self, timeline: dict[str, Any]) -> Iterator[Fault]:
        try:
            batch = batch_of(timeline, NOW)
        except Malformed as cause:
            if not str(cause):
                yield "unnamed", "malformed, without a cause"
            return
        for cause in batch.malformed:
            if not cause or not cause.isprintable():
                yield "unnamed", f"malformed: {cause!r}"
        for post in batch.posts[:3]:
            if post.created_at.utcoffset() != timedelta(0) or not post.id.isdigit():
                yield "unnamed", f"{post.id!r} at {post.created_at}"
            yield from message(cards.lay_out(Card("ask:1", post.key, post, "TV", (), CardState.ASKED)))
            yield from window(modal.form_view(Form(post.key, post, "TV", "", "^AL", 275)))
        if batch.posts:
            yield from self._posts.inward(batch.posts[0])
        data = timeline.get("data")
        for raw in data[:3] if isinstance(data, list) else ():
            try:
                own_post_of(raw, NOW)
            except Malformed:
                continue
            account_of(raw)


def _body(dice: Random) -> bytes:
    chance = dice.random()
    if chance < 0.6:
        return dumped(mutated(dice.choice(_PROBLEMS), dice))
    if chance < 0.7:
        return dumped(nested(dice.choice((10, 300)), dice))
    if chance < 0.75:
        return b"[" * 200_000
    if chance < 0.8:
        return dice.randbytes(dice.randrange(200))
    whole = dumped(dice.choice(_PROBLEMS)) + hostile(dice, 300).encode("utf-8", "surrogatepass")
    return whole[: dice.randrange(len(whole))]
