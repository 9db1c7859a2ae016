"""What `benchmarks.latency` makes of a record: the wait for X to be read is taken off, a late read is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.latency import Request, figures, to_card, to_reply


def record(*reads: float, card: float) -> list[Request]:
    """A post at 10 s, X read at these seconds, and a card."""
    post = Request(10.0, "POST", "/_sandbox/x/posts", '{"text": "why? (no. 1)"}')
    look = [Request(at, "GET", "/2/users/1/mentions", "null") for at in reads]
    return [post, *look, Request(card, "POST", "/api/chat.postMessage", '{"text": "why? (no. 1)"}')]


@pytest.mark.parametrize(
    ("reads", "machine"),
    [((9.9, 10.1), 0.2), ((9.9, 10.2), 0.1), ((9.9, 10.28), 0.1), ((9.999, 10.31), 0.3)],
    ids=["read soon", "at the interval's end", "later than that", "carried by a read that had begun"],
)
def test_only_the_wait_for_the_read_is_taken_off(reads: tuple[float, ...], machine: float) -> None:
    ((whole, own),) = to_card(["(no. 1)"], record(*reads, card=10.3))
    assert (whole, own) == pytest.approx((0.3, machine))


def test_a_reply_counts_from_its_authors_last_press() -> None:
    acts = [
        {"act": act, "user": user, "at_s": at, "ms": 100.0}
        for act, user, at in (("submit", "U1", 5.0), ("submit", "U1", 6.0), ("click", "U1", 6.2), ("submit", "U2", 6.3))
    ]
    sent = [Request(6.5, "POST", "/2/tweets", '{"text": "Hold it. ^AB"}')]
    assert list(to_reply(["(no. 1)"], sent, acts, {"^AB": "U1", "^CD": "U2"})) == pytest.approx([0.6])


def test_figures_are_milliseconds() -> None:
    assert figures([n / 1000 for n in range(1, 101)]) == {
        "p50_ms": 51.0,
        "p95_ms": 96.0,
        "p99_ms": 100.0,
        "max_ms": 100.0,
        "count": 100,
    }
