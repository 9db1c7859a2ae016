"""What `benchmarks.crash` and `benchmarks.faults` make of a record: what is a repetition, what came too early, sums."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.calls import Record, too_early
from benchmarks.crash import MUST_BE_NONE, parts, total
from twelp.sandbox.record import Request

_BEGAN = datetime(2026, 11, 22, tzinfo=UTC)


def call(at_s: float, path: str, *, method: str = "POST", params: Any = None, **more: Any) -> Request:
    network = "slack" if path.startswith("/api/") else "x"
    return Request(int(at_s * 10), _BEGAN + timedelta(seconds=at_s), network, method, path, {}, params, **more)


def figures(*calls: Request) -> dict[str, Any]:
    record = Record(cast(Any, SimpleNamespace(sandbox=SimpleNamespace(record=None, clock=None))))
    record.calls = list(calls)
    return record.figures()


def test_the_same_call_again_and_a_look_are_repetitions_and_another_persons_card_is_none() -> None:
    reply = {"text": "Hold it. ^AB", "reply": {"in_reply_to_tweet_id": "7"}}
    ann, bob = ({"channel": name, "metadata": {"event_payload": {"key": name}}} for name in ("ann", "bob"))
    found = figures(
        call(1, "/2/users/1/mentions", method="GET", fault="html"),
        call(1, "/api/chat.postMessage", params=ann, fault="close", status=0),
        call(2, "/api/chat.postMessage", params=bob, status=200),
        call(3, "/api/conversations.history", params={"channel": "ann"}, status=200),
        call(4, "/api/chat.postMessage", params=ann, status=200),
        call(5, "/2/tweets", params=reply, fault="lost_response", status=0),
        call(6, "/2/users/1/tweets", method="GET", status=200),
        call(7, "/api/apps.connections.open", status=200),
        call(8, "/api/apps.connections.open", fault="html", status=503),
        call(9, "/api/apps.connections.open", status=200),
    )
    again = {"conversations.history": 1, "chat.postMessage": 1, "tweets": 1, "apps.connections.open": 1}
    assert found["repetitions"] == again
    assert found["calls"] == 9
    assert found["failures"] == {"close": 1, "lost_response": 1, "html": 1}


def test_what_was_on_its_way_when_slack_said_stop_is_not_too_early() -> None:
    told = call(1, "/api/chat.update", params={"channel": "D1"}, status=429, retry_after_s=2.0)
    later = [call(at, "/api/chat.update", params={"channel": "D1"}) for at in (1.2, 2.5, 3.1)]
    other = call(2, "/api/chat.update", params={"channel": "D2"})
    assert too_early([told, *later, other]) == {"chat.update": 1}


def test_a_thousand_rounds_are_ten_parts_with_seeds_of_their_own_and_add_up() -> None:
    made = list(parts("sqlite", workers=1, seed=7, rounds=1000, questions=20_000, only=""))
    assert [part.seed for part in made] == list(range(7, 17))
    assert sum(part.questions for part in made) == 20_000
    spent = {"seconds": 2.0, "seconds_to_rest": 1.0, "torments": {"stop": 1}}
    whole = total(
        {**part.named, **dict.fromkeys(("answered_under_torment", *MUST_BE_NONE), 1), **spent} for part in made
    )
    assert (whole["rounds"], whole["questions"], whole["lost"], whole["torments"]) == (1000, 20_000, 10, {"stop": 10})
