"""What X says is left of a route."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from twelp.adapters.x.limits import read
from twelp.ports import Limit

URL = "https://api.x.com/2/users/1234567/mentions?since_id=9"


def test_what_is_left_is_told_by_route_whoever_is_asked_for():
    headers = {"x-rate-limit-limit": "300", "x-rate-limit-remaining": "299", "x-rate-limit-reset": "1795334400"}
    found = read("GET", URL, headers)
    assert found == Limit("GET /2/users/:id/mentions", 300, 299, datetime.fromtimestamp(1795334400, UTC))


@pytest.mark.parametrize("reset", [None, "", "soon", "9" * 30])
def test_nonsense_is_no_limit(reset: str | None):
    headers = {"x-rate-limit-limit": "300", "x-rate-limit-remaining": "1"}
    assert read("GET", URL, headers | ({} if reset is None else {"x-rate-limit-reset": reset})) is None


def test_once_its_window_ended_all_of_it_is_left():
    ends_at = datetime.fromtimestamp(1795334400, UTC)
    limit = Limit("GET /2/users/:id/mentions", 300, 0, ends_at)
    assert (limit.left(ends_at - timedelta(seconds=1)), limit.left(ends_at)) == (0, 300)
