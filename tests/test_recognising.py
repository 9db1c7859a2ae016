"""Which of the account's own posts is ours: told by words and place, and doubt where either is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from twelp.delivery.recognising import Sight, Sought, recognise, survey
from twelp.ports import OwnPost

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
SOUGHT = Sought("Use HDMI 1. ^AL", "100", "90", AT - timedelta(minutes=2), {"7"})
OURS = OwnPost("200", "100", "90", "@mia Use HDMI 1. ^AL", AT)
OTHER = "@mia Use HDMI 2. ^KM"
BEFORE = AT - timedelta(hours=1)


@pytest.mark.parametrize(
    ("post", "sight"),
    [
        (OURS, Sight.OURS),
        (replace(OURS, created_at=BEFORE), Sight.OURS),  # our clock may be ahead
        (replace(OURS, text=OTHER), Sight.BY_HAND),
        (replace(OURS, text=OTHER, earlier=("199",)), Sight.PERHAPS),  # edited: it may have been ours
        (replace(OURS, text=None), Sight.PERHAPS),
        (replace(OURS, id="7"), Sight.UNRELATED),
        (replace(OURS, earlier=("7",)), Sight.UNRELATED),
        (replace(OURS, in_reply_to=None), Sight.PERHAPS),
        (replace(OURS, in_reply_to=None, conversation=None), Sight.PERHAPS),
        (replace(OURS, in_reply_to=None, conversation="200"), Sight.ELSEWHERE),
        (replace(OURS, in_reply_to=None, text=OTHER), Sight.UNRELATED),
        (replace(OURS, in_reply_to=None, text=None), Sight.UNRELATED),
        (replace(OURS, in_reply_to="50", conversation="50"), Sight.ELSEWHERE),
        (replace(OURS, in_reply_to="101"), Sight.PERHAPS),  # the newest version of an edited target, perhaps
        (replace(OURS, in_reply_to="101", created_at=BEFORE), Sight.ELSEWHERE),
        (replace(OURS, in_reply_to="50", text=OTHER), Sight.UNRELATED),
    ],
)
def test_a_post_is_ours_by_its_words_and_its_place(post: OwnPost, sight: Sight) -> None:
    assert recognise(post, SOUGHT) is sight


@pytest.mark.parametrize(
    ("text", "created_at", "sight"),
    [
        (OTHER, BEFORE, Sight.OURS),
        ("@mia First, the plug.", BEFORE, Sight.PERHAPS),
        (OTHER, AT, Sight.BY_HAND),
    ],
)
def test_an_answer_that_a_backup_does_not_know_is_not_given_twice(
    text: str, created_at: datetime, sight: Sight
) -> None:
    """Of other words: another expert had answered before the database was put back. Ours are signed."""
    sought = replace(SOUGHT, lost_until=AT - timedelta(minutes=1))
    assert recognise(replace(OURS, text=text, created_at=created_at), sought) is sight


def test_a_survey_names_the_newest_of_each_kind() -> None:
    posts = [replace(OURS, id=number, text=OTHER) for number in ("205", "204")]
    seen = survey([*posts, OURS], SOUGHT)
    assert (seen.ours, seen.by_hand, seen.perhaps) == (OURS, posts[0], None)
