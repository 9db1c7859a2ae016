"""Hours without anybody awake, and rules that people must accept first: told by the check in few lines."""

from __future__ import annotations

from twelp.roster import Severity, check

HEAD = """version: 1
brand: {name: Volt, handles: {x: VoltHelp}}
"""
RULES = "rules: {version: 3, text: Be kind.}\n"


def roster(*people: str, topics: int = 1, rules: str = "") -> str:
    listed = "".join(f"  - {{id: t{n}, name: T{n}, keywords: [k{n}]}}\n" for n in range(topics))
    experts = "".join(
        f"  - {{slack: p{n}@volt.example, name: P{n}, initials: {chr(65 + n)}P, {person}}}\n"
        for n, person in enumerate(people)
    )
    return f"{HEAD}topics:\n{listed}experts:\n{experts}{rules}"


def warned(text: str, **more: object) -> list[str]:
    made, mistakes = check(text, "e.yaml", **more)  # type: ignore[arg-type]
    assert made is not None, mistakes
    assert {m.severity for m in mistakes} <= {Severity.WARNING}
    return [str(m) for m in mistakes]


BERLIN = 'topics: [t0], zone: Europe/Berlin, quiet: "22:00-08:00"'
MODERATOR = "topics: [], level: moderator, zone: UTC"


def test_hours_without_anybody_for_a_topic_are_told_in_the_clock_of_most_people() -> None:
    (line,) = warned(roster(BERLIN, BERLIN, MODERATOR))
    assert 'nobody can be asked about "t0" at 22:00-08:00 (Europe/Berlin)' in line
    assert "warning" in line


def test_hours_that_somebody_elsewhere_covers_are_none() -> None:
    west = 'topics: [t0], zone: America/Los_Angeles, quiet: "23:00-07:00"'  # awake from 16:00 to 08:00 in Berlin
    assert warned(roster(BERLIN, west, MODERATOR)) == []


def test_a_gap_of_one_season_is_told() -> None:
    """The two change their clocks on other terms: what fits in winter lacks an hour in summer."""
    day, night = "07:00-19:00", "19:00-07:00"
    phoenix = f'topics: [t0], zone: America/Phoenix, quiet: "{day}"'
    denver = f'topics: [t0], zone: America/Denver, quiet: "{night}"'
    (line,) = warned(roster(denver, denver, phoenix, MODERATOR))
    assert "at 19:00-20:00 (America/Denver)" in line


def test_hours_without_a_moderator_awake_are_told() -> None:
    sleeps = MODERATOR.replace("zone: UTC", 'zone: Europe/Berlin, quiet: "23:30-06:00"')
    (line,) = warned(roster("topics: [t0], zone: Europe/Berlin", sleeps))
    assert "no moderator is awake at 23:30-06:00 (Europe/Berlin)" in line


def test_who_is_not_asked_covers_no_hour() -> None:
    (line,) = warned(
        roster(BERLIN, "topics: [t0], zone: UTC, daily_asks: 0", MODERATOR.replace("UTC", "Europe/Berlin"))
    )
    assert "22:00-08:00" in line


def test_many_topics_make_few_lines() -> None:
    """Alike ones are told together; of many unlike ones, only the first few groups with their hours."""
    alike = roster(BERLIN.replace("[t0]", "[" + ", ".join(f"t{n}" for n in range(40)) + "]"), MODERATOR, topics=40)
    (line,) = warned(alike)
    assert '"t0", "t1", "t2", "t3" and 36 more' in line
    unlike = [f'topics: [t{n}], zone: UTC, quiet: "{n:02}:00-{n + 3:02}:00"' for n in range(20)]
    told = warned(roster(*unlike, MODERATOR, topics=20))
    assert len(told) == 5
    assert "and 12 more at other hours" in told[-1]


def test_rules_say_how_many_must_accept_them_first() -> None:
    text = roster("topics: [t0], zone: UTC", "topics: [t0], zone: UTC", MODERATOR, rules=RULES)
    (line,) = warned(text)
    assert "3 people (all) must first accept version 3 of the rules in Slack" in line
    assert "not asked" in line
    (line,) = warned(text, accepted=lambda person, version: (person, version) != ("p1@volt.example", "3"))
    assert "1 person (of 3) must first accept" in line
    assert warned(text, accepted=lambda person, version: True) == []
