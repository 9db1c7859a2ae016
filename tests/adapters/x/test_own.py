"""Own posts that were read before are known, unless X tells anything else of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from twelp.adapters.x.fields import Malformed
from twelp.adapters.x.own import OwnPosts, own_post_of

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
POST = {"id": "1862800000000000001", "text": "Hold the button. ^AL", "created_at": "2026-11-30T08:59:00.000Z"}


def test_a_post_that_was_edited_or_tells_more_is_read_anew():
    own = OwnPosts()
    assert own.read(POST, NOW) is own.read(dict(POST), NOW), "the same was read once"
    for more in ({"text": "Hold it longer. ^AL"}, {"edit_history_tweet_ids": ["1862800000000000000", POST["id"]]}):
        changed = {**POST, **more}
        assert own.read(changed, NOW) == own_post_of(changed, NOW) != own_post_of(POST, NOW)
    assert own.read(POST, NOW) == own_post_of(POST, NOW)


@pytest.mark.parametrize("odd", [None, [], "x", {}, {"id": None}, {"id": ["1"]}, {"id": "none"}])
def test_what_has_no_id_is_no_post(odd: object):
    with pytest.raises(Malformed):
        OwnPosts().read(odd, NOW)


def test_only_the_latest_are_kept():
    own = OwnPosts()
    for number in range(1_000):
        own.read({**POST, "id": str(int(POST["id"]) + number)}, NOW)
    assert len(vars(own)["_known"]) <= 400
