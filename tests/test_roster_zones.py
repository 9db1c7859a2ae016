"""Time zones as admins write them: hints stay in the country that was meant, and traps are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_roster_characters import ROSTER
from twelp.roster import check
from twelp.roster.zones import hint, trap, zones

PLACES = sorted(zone for zone in zones() if "/" in zone and not zone.startswith("Etc/"))


def said(zone: str) -> tuple[bool, list[str]]:
    roster, mistakes = check(ROSTER.replace("Europe/Paris", zone), "e.yaml")
    return roster is not None, [str(m) for m in mistakes]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("IST", "Asia/Kolkata"), ("ist", "Asia/Kolkata"), ("PST", "America/Los_Angeles"), ("CEST", "Europe/Paris"),
        ("Europe/Berln", "Europe/Berlin"), ("Europ/Berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"), ("New York", "America/New_York"), ("Asia/Tokio", "Asia/Tokyo"),
        ("America/Argentina/Buenos_Aire", "America/Argentina/Buenos_Aires"), ("right/Europe/Paris", "Europe/Paris"),
        ("Asia/Mumbai", "Asia/Kolkata"), ("Europe/Bern", "Europe/Zurich"), ("Munich", "Europe/Berlin"), ("utc", "UTC"),
        ("est", "America/New_York"),
    ],
)  # fmt: skip
def test_a_hint_stays_in_the_country_that_was_meant(written: str, meant: str) -> None:
    usable, told = said(written)
    assert not usable
    assert f'did you mean "{meant}"' in told[0]


@pytest.mark.parametrize("written", ["Asia/Pariss", "Europe/Kolkata", "Europe/New_York", "IIT", "Mars/Base", "Europe"])
def test_no_hint_is_better_than_another_continent(written: str) -> None:
    usable, told = said(written)
    assert not usable
    assert "did you mean" not in told[0]
    assert "like Europe/Paris" in told[0]


@given(st.sampled_from(PLACES), st.data())
def test_a_slip_of_the_keyboard_never_leads_to_another_continent(zone: str, data: st.DataObject) -> None:
    area, _, city = zone.partition("/")
    at = data.draw(st.integers(0, len(city) - 1))
    slip = data.draw(st.sampled_from(["", "x", city[at] * 2]))
    written = f"{area}/{city[:at]}{slip}{city[at + 1 :]}"
    found = hint(written)
    assert written in zones() or not found or f'"{area}/' in found, found


@pytest.mark.parametrize("written", ["UTC+2", "GMT+5:30", "+02:00", "utc-8"])
def test_an_offset_is_no_zone(written: str) -> None:
    usable, told = said(written)
    assert not usable
    assert "does not know summer time" in told[0]


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("EST", "UTC-5 all the year, without summer time; write the place that is meant, like America/New_York"),
        ("MST", "UTC-7"), ("HST", "Pacific/Honolulu"), ("EST5EDT", "America/New_York"), ("PST8PDT", "Los_Angeles"),
        ("CET", "Europe/Paris"), ("WET", "Europe/Lisbon"), ("GMT", "Europe/London"), ("GMT+0", "UTC all the year"),
        ("Etc/GMT+2", "is UTC-2: its sign is turned round"), ("Etc/GMT-5", "is UTC+5"), ("Etc/Zulu", "write UTC"),
        ("Etc/GMT", "without summer time"), ("UCT", "write UTC"), ("Factory", "no zone was chosen"),
    ],
)  # fmt: skip
def test_a_zone_that_is_a_trap_is_warned_about(zone: str, words: str) -> None:
    usable, told = said(zone)
    assert usable
    assert len(told) == 1, told
    assert told[0].startswith("e.yaml:6 ann.zone: warning:")
    assert words in told[0]


@pytest.mark.parametrize("zone", ["localtime", "posixrules"])
def test_the_zone_of_the_machine_is_told_whether_it_is_known_or_not(zone: str) -> None:
    told = said(zone)[1]
    assert len(told) == 1
    assert "write a place like Europe/Paris" in told[0]


def test_every_place_is_a_good_zone() -> None:
    assert [zone for zone in [*PLACES, "UTC", "Etc/UTC", "Japan"] if trap(zone)[0]] == []
