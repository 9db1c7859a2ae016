"""X tells by itself what people delete: who is watched, and what of its stream is believed."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.adapters.sandbox.x_stage import Stage, stage
from tests.conftest import DrivenClock
from twelp.adapters.x.deletions import Deletions, deleted_in
from twelp.errors import RemoteError


@pytest.fixture
def x() -> Iterator[Stage]:
    with stage() as made:
        yield made


def deletions(x: Stage, token: str = "sandbox-bearer-token") -> Deletions:
    return Deletions(x.url, token, 5.0, DrivenClock())


def watched(x: Stage) -> set[str]:
    page = x.sandbox.x._served.activity.page(1000, None)
    return {one["filter"]["user_id"] for one in page.get("data", ())}


def test_who_is_watched_is_who_shall_be_also_after_a_restart_and_a_lost_answer(x: Stage) -> None:
    first = deletions(x)
    first.watch(["1", "2", "3"])
    assert watched(x) == {"1", "2", "3"}
    first.watch(["2", "3", "4"])
    assert watched(x) == {"2", "3", "4"}
    again = deletions(x)
    again.watch(["3", "4", "5"])
    assert watched(x) == {"3", "4", "5"}
    first.watch(["2", "3", "4", "5"])  # it does not know that 5 is watched already, and 2 no more
    assert {"3", "4", "5"} <= watched(x)


def test_a_refused_token_is_said_and_watches_nobody(x: Stage) -> None:
    wrong = deletions(x, "another")
    with pytest.raises(RemoteError):
        wrong.watch(["1"])
    with pytest.raises(RemoteError):
        next(wrong.told(threading.Event()))


def test_a_second_stream_is_refused_while_one_is_open(x: Stage) -> None:
    post = x.post("@VoltHelp why?")
    one, stop = deletions(x), threading.Event()
    one.watch([str(post.author.id)])
    heard = one.told(stop)
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.extend(heard), daemon=True)
    reader.start()
    while not x.sandbox.x._served.activity.streams:
        stop.wait(0.01)
    with pytest.raises(RemoteError):
        next(deletions(x).told(threading.Event()))
    x.sandbox.x.posts.delete(post.id)
    while not found:
        stop.wait(0.01)
    stop.set()
    one.hang_up()
    reader.join(timeout=10)
    assert found == [str(post.id)]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\r\n",
        b"{",
        b"[]",
        b"null",
        b'{"data":null}',
        b'{"errors":[{"title":"x"}]}',
        b'{"data":{"event_type":"post.delete","payload":{"id":7}}}',
        b'{"data":{"event_type":"post.delete","payload":{"id":"seven"}}}',
        b'{"data":{"event_type":"post.create","payload":{"id":"7"}}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_is_no_deletion_is_passed_over(line: bytes) -> None:
    assert deleted_in(line) is None


def test_somebody_who_cannot_be_watched_keeps_nobody_else_from_being(x: Stage) -> None:
    body = {"title": "Invalid Request", "detail": "One or more parameters to your request was invalid.", "status": 400}
    x.sandbox.faults.add({"kind": "status", "network": "x", "method": "POST", "path": "/2/activity/subscriptions",
                          "status": 400, "body": body, "after": 1, "times": 1})  # fmt: skip
    one = deletions(x)
    one.watch(["1", "2", "3"])
    assert watched(x) == {"1", "3"}
    one.watch(["3"])
    assert watched(x) == {"3"}
