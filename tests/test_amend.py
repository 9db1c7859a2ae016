"""A change of experts.yaml touches its own list, and every other byte stays: comments, order, quotes, line ends."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from twelp.errors import RosterError
from twelp.roster import check
from twelp.roster.amend import Amendment, amend

SAMPLE = (Path(__file__).parents[1] / "experts.yaml").read_text(encoding="utf-8")

TEXT = """\
version: 1  # first
brand: {name: Volt, handles: {x: VoltHelp}}
topics:
  - {id: tv, name: TV, keywords: [tv, "no"]}   # flow
  - id: audio
    name: "Audio"      # no keywords yet

    # a comment between
  - id: phones
    name: Phones
    keywords:
      - phone     # the word
      # and a note
      - sim card
    examples: []
experts:
  - slack: ANN@volt.example
    name: Ann Lee
    initials: AL
    zone: UTC
    topics: [ tv , audio,
              phones ]   # three
"""

ADDED = [
    (Amendment("topics", "tv", "keywords", "hum"), '[tv, "no", hum]}   # flow'),
    (Amendment("topics", "tv", "keywords", "on"), '[tv, "no", "on"]}'),
    (Amendment("topics", "tv", "keywords", "8k: new"), '[tv, "no", "8k: new"]}'),
    (
        Amendment("topics", "audio", "keywords", "bass"),
        '    name: "Audio"      # no keywords yet\n    keywords: [bass]\n\n',
    ),
    (Amendment("topics", "phones", "keywords", "esim"), "      - sim card\n      - esim\n    examples"),
    (Amendment("topics", "phones", "examples", "Why"), "    examples: [Why]\n"),
    (Amendment("experts", "ann@volt.example", "topics", "tv", True), "topics: [ audio,\n"),
    (Amendment("experts", "ann@volt.example", "topics", "audio", True), "topics: [ tv,\n              phones ]"),
    (Amendment("experts", "ann@volt.example", "topics", "phones", True), "topics: [ tv , audio ]   # three"),
    (Amendment("topics", "phones", "keywords", "phone", True), "    keywords:\n      # and a note\n      - sim card\n"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("amendment", "expected"), ADDED)
def test_a_change_is_made_in_the_style_of_its_list(amendment: Amendment, expected: str, newline: str):
    changed = amend(TEXT.replace("\n", newline), [amendment])
    assert expected.replace("\n", newline) in changed
    roster, mistakes = check(changed, "t.yaml")
    assert roster is not None, mistakes
    kept = [line for line in TEXT.split("\n") if line in changed.split(newline)]
    assert len(kept) >= len(TEXT.split("\n")) - 2


@pytest.mark.parametrize(
    "amendment",
    [Amendment("topics", "tv", "keywords", "TV"), Amendment("experts", "ann@volt.example", "topics", "none", True)],
)
def test_what_is_so_already_changes_nothing(amendment: Amendment):
    assert amend(TEXT, [amendment]) == TEXT


def test_several_changes_of_one_list_are_all_made():
    words = [Amendment("topics", "tv", "keywords", word) for word in ("hum", "buzz", "hum")]
    assert '[tv, "no", hum, buzz]' in amend(TEXT, words)


def test_the_sample_roster_changes_in_that_line_alone():
    changed = amend(SAMPLE, [Amendment("topics", "tv", "keywords", "flimmer")])
    diff = [line for line in difflib.unified_diff(SAMPLE.split("\n"), changed.split("\n"), n=0) if line[:1] in "+-"]
    assert [line[:19] for line in diff] == ["--- \n", "+++ \n", "-    keywords: [tv,", "+    keywords: [tv,"]
    assert diff[-1].endswith("wall mount, flimmer]")


def test_a_byte_order_mark_stays_where_it_is():
    changed = amend("\ufeff" + TEXT, [Amendment("topics", "tv", "keywords", "hum")])
    assert changed == "\ufeff" + amend(TEXT, [Amendment("topics", "tv", "keywords", "hum")])


ANCHORED = TEXT.replace('[tv, "no"]', '&words [tv, "no"]').replace("    examples: []", "    aliases: *words")


@pytest.mark.parametrize(
    ("text", "amendment", "why"),
    [
        (TEXT, Amendment("topics", "radio", "keywords", "hum"), "there is no such entry"),
        (TEXT.replace('[tv, "no"]', "tv"), Amendment("topics", "tv", "keywords", "hum"), "only a person should change"),
        (ANCHORED, Amendment("topics", "tv", "keywords", "hum"), "only a person should change"),
        (ANCHORED, Amendment("topics", "phones", "aliases", "hum"), "only a person should change"),
    ],
)
def test_what_only_a_person_should_change_is_refused(text: str, amendment: Amendment, why: str):
    with pytest.raises(RosterError, match=rf"cannot add 'hum' .*{why}.*do it by hand"):
        amend(text, [amendment])
