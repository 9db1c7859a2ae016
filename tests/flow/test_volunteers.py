"""Who takes part and when they may be asked, once their own words are laid over the roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twelp.desk.commands import WORDS
from twelp.flow import volunteers
from twelp.flow.dispatch import refusal
from twelp.flow.dispatch.free import free_at
from twelp.flow.selfservice import LONGEST_PAUSE, Unclear, budget, pause_end, quiet_hours, switch, word_of
from twelp.model import Brand, Break, Expert, Holiday, QuietHours, Roster, Rules, Volunteer

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday
TOKYO = ZoneInfo("Asia/Tokyo")
ANN = Expert("ann", "Ann Lee", "AL", ("tv",), ZoneInfo("UTC"))
ROSTER = Roster(Brand("Volt", {"x": "VoltHelp"}), {}, {"ann": ANN})
RULED = replace(ROSTER, rules=Rules("2", "Be kind."))


@pytest.mark.parametrize(
    ("roster", "own", "taking_part"),
    [
        (ROSTER, None, True),
        (ROSTER, Volunteer("ann", left_at=NOW), False),
        (RULED, None, False),
        (RULED, Volunteer("ann", accepted="1"), False),
        (RULED, Volunteer("ann", accepted="2"), True),
        (RULED, Volunteer("ann", accepted="2", left_at=NOW), False),
    ],
)
def test_who_takes_part(roster: Roster, own: Volunteer | None, taking_part: bool) -> None:
    assert volunteers.takes_part(own, roster.rules) is taking_part
    assert ("ann" in volunteers.in_effect(roster, {"ann": own} if own else {}).experts) is taking_part


def test_a_persons_own_words_stand_in_place_of_the_files_and_leave_it_alone() -> None:
    own = Volunteer("ann", quiet=QuietHours(time(9), time(17)), daily_asks=0, paused_until=NOW + timedelta(hours=1))
    mine = volunteers.in_effect(ROSTER, {"ann": own}).experts["ann"]
    assert (mine.quiet, mine.daily_asks) == (own.quiet, 0)
    assert mine.away_until(NOW) == NOW + timedelta(hours=1)
    assert ROSTER.experts["ann"] == ANN
    assert volunteers.differences(ANN, own, NOW) == (
        ("quiet", "none", "09:00-17:00"),
        ("daily_asks", "5", "0"),
        ("paused_until", "", "2026-11-22T13:00+00:00"),
    )
    none = volunteers.with_own_words(replace(ANN, quiet=own.quiet), Volunteer("ann", quiet=QuietHours(time(), time())))
    assert none.quiet is None
    assert volunteers.differences(ANN, Volunteer("ann", daily_asks=5), NOW) == ()


def test_who_is_away_is_not_asked_and_is_free_when_they_are_back_and_awake() -> None:
    """A holiday on their own calendar, a pause right after it, and quiet hours in which that ends."""
    misaki = replace(
        ANN,
        zone=TOKYO,
        quiet=QuietHours(time(22), time(7)),
        holidays=(Holiday(date(2026, 11, 22), date(2026, 11, 23)),),
        breaks=(Break(NOW, datetime(2026, 11, 23, 18, 0, tzinfo=UTC)),),
    )
    assert misaki.away_until(datetime(2026, 11, 21, 14, 59, tzinfo=UTC)) is None
    assert misaki.away_until(datetime(2026, 11, 21, 15, 0, tzinfo=UTC)) == datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    assert refusal(misaki, {}, NOW) == "Ann Lee is away until Tuesday 03:00 there."
    assert free_at(misaki, NOW) == datetime(2026, 11, 23, 22, 0, tzinfo=UTC)


@given(st.integers(0, 525_600), st.sampled_from(["UTC", "Asia/Tokyo", "America/Bogota"]))
def test_the_next_monday_is_a_monday_morning_within_a_week(minutes: int, zone: str) -> None:
    now = NOW + timedelta(minutes=minutes)
    monday = volunteers.next_monday(now, ZoneInfo(zone))
    local = monday.astimezone(ZoneInfo(zone))
    assert (local.weekday(), local.hour) == (0, 9)
    assert timedelta() < monday - now <= timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("2h", "22 14:00"),
        ("for 90 min", "22 13:30"),
        ("1.5 hours", "22 13:30"),
        ("1 day and 2 hours", "23 14:00"),
        ("1w", "29 12:00"),
        ("until 14:30", "22 14:30"),
        ("until 11:00", "23 11:00"),
        ("until tomorrow", "23 08:00"),
        ("until monday", "23 08:00"),
        ("until sun", "29 08:00"),
        ("until next week", "23 08:00"),
        ("until 2026-11-25", "25 08:00"),
        ("until 17h", "22 17:00"),
        ("until 17h30", "22 17:30"),
        ("17h", "23 05:00"),
        ("1h30", "22 13:30"),
        ("until 5pm", "22 17:00"),
        ("till 9:30 a.m.", "23 09:30"),
        ("until 12 am", "23 00:00"),
    ],
)
def test_a_pause_is_read_as_a_colleague_would(said: str, until: str) -> None:
    end = pause_end(said, NOW, ZoneInfo("UTC"))
    assert isinstance(end, datetime)
    assert f"{end:%d %H:%M}" == until


@pytest.mark.parametrize(
    "said",
    ["", "soon", "until whenever", "0 h", "until 2026-11-01", "2 parsecs", "9999 weeks", "-2h", ",5h", "until 13pm"],
)
def test_what_is_no_pause_is_said_to_be_none(said: str) -> None:
    end = pause_end(said, NOW, ZoneInfo("UTC"))
    assert isinstance(end, Unclear)
    assert end.message


@pytest.mark.parametrize(
    ("zone", "now", "said", "until"),
    [
        ("Europe/London", "2027-10-31T01:10Z", "until 01:30", "2027-10-31T01:30Z"),  # the second 01:10
        ("Europe/London", "2027-10-31T00:40Z", "until 01:30", "2027-10-31T01:30Z"),  # the first 01:40
        ("Europe/London", "2027-10-31T00:10Z", "until 01:30", "2027-10-31T00:30Z"),  # the first 01:10
        ("Europe/London", "2027-10-31T01:40Z", "until 01:30", "2027-11-01T01:30Z"),
        ("Australia/Lord_Howe", "2027-04-03T15:10Z", "until 1:50", "2027-04-03T15:20Z"),
        ("Europe/London", "2027-03-28T00:50Z", "until 01:30", "2027-03-28T01:30Z"),  # which is left out
    ],
)
def test_a_pause_until_an_hour_that_comes_twice_ends_with_the_next_of_the_two(
    zone: str, now: str, said: str, until: str
) -> None:
    end = pause_end(said, datetime.fromisoformat(now), ZoneInfo(zone))
    assert end == datetime.fromisoformat(until)


@given(st.text(max_size=30))
def test_whatever_is_written_a_pause_ends_within_a_year_or_is_unclear(said: str) -> None:
    end = pause_end(said, NOW, TOKYO)
    assert isinstance(end, Unclear) or NOW < end <= NOW + LONGEST_PAUSE
    assert isinstance(quiet_hours(said), Unclear | QuietHours | None)
    assert isinstance(budget(said), Unclear | int | None)


def test_hours_and_budgets_as_people_write_them() -> None:
    assert quiet_hours("22:00 to 8:00") == quiet_hours("22-8") == QuietHours(time(22), time(8))
    assert quiet_hours("off") == QuietHours(time(), time())
    assert quiet_hours("default") is budget("default") is None
    assert isinstance(quiet_hours("8-8"), Unclear)
    assert (budget(" 3 "), budget("0")) == (3, 0)
    assert isinstance(budget("101"), Unclear)
    assert word_of("  Pause   2h ", WORDS) == ("pause", "2h")
    assert word_of("", WORDS) == ("help", "")
    for said in (
        "10pm-8am",
        "10 p.m. to 8 a.m.",
        "22h-8h",
        "22:00~08:00",
        "22:00～08:00",
        "22:00--08:00",
        "22 h - 8 h",
    ):
        assert quiet_hours(said) == QuietHours(time(22), time(8)), said
    for said in ("/twelp pause 2h", "twelp pause 2h", "pause:2h", "pause = 2h"):
        assert word_of(said, WORDS) == ("pause", "2h"), said
    assert word_of("twelp", WORDS) == word_of("/twelp help", WORDS) == ("help", "")


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("pause “until monday”", "pause", "until monday"),
        ("pause ‘2h’", "pause", "2h"),
        ("“pause 2h”", "pause", "2h"),
        ("`pause 2h`", "pause", "2h"),
        ("*Pause* «2h».", "pause", "2h"),
        ("PAUSE:\u00a02h!", "pause", "2h"),
        ("pause 2h.", "pause", "2h"),
        ("quiet „22:00–08:00“", "quiet", "22:00-08:00"),
        ("quiet 22:00 — 08:00.", "quiet", "22:00 - 08:00"),
        ("budget (３)", "budget", "3"),
        ("digest “Off”…", "digest", "Off"),
        ("\u200bstatus?", "status", ""),
        ("/pause 1.5h", "pause", "1.5h"),
        ("“”", "help", ""),
        ("?", "help", ""),
    ],
)
def test_what_phones_and_slack_make_of_typed_commands_means_the_same(text: str, word: str, rest: str) -> None:
    assert word_of(text, WORDS) == (word, rest)


@pytest.mark.parametrize(
    "said", ["“until monday”", "until “Monday”.", "UNTIL\u00a0MONDAY!", "‘monday’", "— until monday", "(mon)"]
)
def test_a_pause_in_any_quotes_is_one(said: str) -> None:
    assert pause_end(said, NOW, TOKYO) == pause_end("until monday", NOW, TOKYO)


def test_hours_and_numbers_in_any_quotes_are_read_in_windows_too() -> None:
    span = QuietHours(time(22), time(8))
    for said in ("“22:00–08:00”", "22.00 − 8.00.", "from 22 to 8", "`22:00-08:00`", "22\u00a0–\u00a08", "22\u20118"):
        assert quiet_hours(said) == span, said
    assert quiet_hours("“Off”.") == QuietHours(time(), time())
    assert quiet_hours("‘default’!") is budget("“Default”.") is None
    assert [budget(said) for said in ("“3”", "3.", "３", "3 !")] == [3, 3, 3, 3]
    assert [switch(said) for said in ("“On”", "OFF.", "‘maybe’")] == [True, False, None]
