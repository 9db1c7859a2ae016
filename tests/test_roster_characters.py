"""Characters in experts.yaml that nobody sees, and letters that look like others: told with place, code and remedy."""

from __future__ import annotations

import pytest

from twelp.roster import check
from twelp.roster.characters import deceiving

ROSTER = """version: 1
brand: {name: Volt, handles: {x: "VoltHelp"}, watch: [volt]}
topics:
  - {id: tv, name: TV, keywords: ["tv", "screen"], examples: ["my tv shows no picture"], aliases: ["telly"]}
experts:
  - {slack: ann@volt.example, name: Ann Lee, initials: AL, topics: ["tv"], zone: "Europe/Paris"}
  - {slack: mo@volt.example, name: Mo Dee, initials: MD, level: moderator, zone: UTC}
"""


def said(old: str, new: str) -> tuple[bool, list[str]]:
    """Whether the file can be used once `new` stands for `old`, and what is said of it."""
    assert old in ROSTER
    roster, mistakes = check(ROSTER.replace(old, new, 1), "e.yaml")
    return roster is not None, [str(m) for m in mistakes if "U+" in str(m)]


def place_of(old: str, new: str) -> str:
    """Where the file then has its one character that is not of ASCII."""
    lines = ROSTER.replace(old, new, 1).splitlines()
    number, line = next((n, line) for n, line in enumerate(lines, 1) if not line.isascii())
    return f"e.yaml:{number}:{next(at for at, char in enumerate(line, 1) if not char.isascii())}"


def test_an_escaped_one_is_where_its_value_begins() -> None:
    assert said("ann@volt.example", '"ann@volt.example\\u200b"')[1][0].startswith("e.yaml:6:13 ")


def test_a_clean_file_says_nothing() -> None:
    assert check(ROSTER, "e.yaml")[1] == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "fix"),
    [
        ("ann@volt.example", '"ann@volt.example\u200b"', "U+200B ZERO WIDTH SPACE", "ann@volt.example"),
        ("ann@volt.example", "ann@volt\u2060.example", "U+2060 WORD JOINER", "ann@volt.example"),
        ("ann@volt.example", "ann@volt\u00ad.example", "U+00AD SOFT HYPHEN", "ann@volt.example"),
        ("ann@volt.example", "\u0430nn@volt.example", "U+0430", "ann@volt.example"),
        ("ann@volt.example", "ann@v\u03bflt.example", "U+03BF", "ann@volt.example"),
        ("ann@volt.example", "\u0441\u043e\u0441\u043e@volt.example", "U+0441", "coco@volt.example"),
        ("ann@volt.example", "ann\uff20volt.example", "U+FF20", "ann@volt.example"),
        ("ann@volt.example", "U0\u041012345", "U+0410", "U0A12345"),
        ("VoltHelp", "Volt\u200bHelp", "U+200B", "VoltHelp"),
        ("VoltHelp", "V\u043eltHelp", "U+043E", "VoltHelp"),
        ("{id: tv", "{id: tv\u200d", "U+200D", "tv"),
        ('["tv"], zone', '["tv\ufeff"], zone', "U+FEFF", "tv"),
        ("Europe/Paris", "Europe/P\u0430ris", "U+0430", "Europe/Paris"),
        ("Europe/Paris", "Europe/Pa\u200bris", "U+200B", "Europe/Paris"),
        ("level: mod", "level: \u200bmod", "U+200B", "moderator"),
        ("zone: UTC", "zone\u200b: UTC", "U+200B", "zone"),
    ],
)
def test_what_must_match_sign_by_sign_is_an_error_with_place_code_and_remedy(
    old: str, new: str, code: str, fix: str
) -> None:
    usable, told = said(old, new)
    assert not usable
    assert len(told) == 1, told
    assert told[0].startswith(f"{place_of(old, new)} "), told
    assert code in told[0]
    assert fix in told[0]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"screen"', '"scr\u200been"', "U+200B"),
        ('"screen"', '"s\u0441reen"', "U+0441"),
        ('"telly"', '"telly\u00ad"', "U+00AD"),
        ("[volt]", "[v\u043elt]", "U+043E"),
        ("name: Ann Lee", "name: Ann\u200b Lee", "U+200B"),
        ("my tv shows", "my \u0442v shows", "U+0442"),
    ],
)
def test_words_that_deceive_are_warned_about(old: str, new: str, code: str) -> None:
    usable, told = said(old, new)
    assert usable
    assert len(told) == 1, told
    assert told[0].startswith(f"{place_of(old, new)} ")
    assert "warning" in told[0]
    assert code in told[0]


@pytest.mark.parametrize(
    "text",
    [
        "телевизор", "ТВ", "می\u200cخواهم", "नमस्\u200dते", "\U0001f469\u200d\U0001f4bb", "\u2764\ufe0f", "1\ufe0f\u20e3",
        "\U0001f3f4\U000e0067\U000e0062\U000e007f",
        "שלום\u200f abc", "日本ＴＶ", "μTorrent Ω", "smart\u2011home", "déjà vu",
    ],
)  # fmt: skip
def test_other_scripts_and_emoji_are_what_they_seem(text: str) -> None:
    assert deceiving(text) == ()


@pytest.mark.parametrize("address", ["иван@почта.рф", "иван@volt.example", "jörg@bücher.example"])
def test_an_address_in_another_script_is_an_address(address: str) -> None:
    assert said("ann@volt.example", address) == (True, [])
