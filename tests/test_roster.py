"""experts.yaml: what is read, what is refused, and whether an admin can repair it from the message alone."""

from __future__ import annotations

import json
import re
import time as clock
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from twelp.adapters.x import RULES
from twelp.errors import RosterError
from twelp.model import Certification, Expert, Holiday, Kind, Level, QuietHours, Roster, Rules
from twelp.networks import Length, NetworkRules
from twelp.roster import Mistake, Severity, check, check_file, load, schema

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "experts.yaml"
TODAY = date(2026, 11, 22)

GOOD = """\
version: 1
brand: {name: Volt, handles: {x: "@VoltHelp"}, watch: [volt]}
topics:
  - {id: tv, name: Televisions, keywords: [hdmi], examples: [Why is it dark?]}
  - {id: audio, name: Sound, keywords: [bass]}
experts:
  - {slack: jo@volt.example, name: Jo, initials: JO, topics: [tv, audio], zone: Europe/Paris, level: moderator}
  - {slack: U0AB12CD, name: Ann, initials: AN, topics: [tv], zone: UTC}
"""


NETWORKS = (RULES,)


def said(text: str, severity: Severity = Severity.ERROR) -> list[str]:
    """What the check says about a text, of one severity."""
    return [str(m) for m in check(text, "experts.yaml", TODAY, networks=NETWORKS)[1] if m.severity is severity]


def only(text: str) -> str:
    """The one error of a text."""
    errors = said(text)
    assert len(errors) == 1, errors
    return errors[0]


def good(text: str = GOOD) -> Roster:
    """The roster of a text without errors."""
    roster, mistakes = check(text, "experts.yaml", TODAY)
    assert roster is not None, [str(m) for m in mistakes]
    return roster


def with_expert(**given: str) -> str:
    """GOOD with a third expert, on line 9 and following; each given value is written as it stands."""
    fields = {"slack": "kim@volt.example", "name": "Kim", "initials": "KM", "topics": "[tv]", "zone": "UTC"} | given
    lines = "\n    ".join(f"{key}: {value}" for key, value in fields.items() if value != "-")
    return f"{GOOD}  - {lines}\n"


# ---------------------------------------------------------------- what is read


def test_a_correct_file_becomes_a_roster() -> None:
    roster = good(
        with_expert(
            slack="Kim@Volt.Example",
            quiet='"22:00-08:00"',
            daily_asks="0",
            level="trainee",
            certifications="[{name: gas, expires_on: 2027-01-31}, {name: mains}]",
        )
    )
    assert roster.brand.handles == {"x": "VoltHelp"}
    assert roster.brand.watch == ("volt",)
    assert roster.brand.links == ()
    assert list(roster.topics) == ["tv", "audio"]
    assert roster.experts["kim@volt.example"] == Expert(
        id="kim@volt.example",
        name="Kim",
        initials="KM",
        topics=("tv",),
        zone=ZoneInfo("UTC"),
        quiet=QuietHours(time(22), time(8)),
        daily_asks=0,
        level=Level.TRAINEE,
        certifications=(Certification("gas", date(2027, 1, 31)), Certification("mains")),
    )
    assert [e.name for e in roster.moderators()] == ["Jo"]


@pytest.mark.parametrize(
    ("name", "initials"), [("田中 美咲", "田中"), ("Σοφία", "ΣΠ"), ("أحمد", "اس"), ("प्रिया", "प्रि"), ("Weiß", "ß")]
)
def test_names_and_initials_of_any_script_are_fine(name: str, initials: str) -> None:
    assert good(with_expert(name=name, initials=initials)).experts["kim@volt.example"].initials == initials


def test_a_decomposed_name_is_composed() -> None:
    assert good(with_expert(name="Jose\u0301")).experts["kim@volt.example"].name == "José"


@pytest.mark.parametrize("text", ["\ufeff" + GOOD, GOOD.replace("\n", "\r\n"), "---\n" + GOOD, GOOD + "...\n"])
def test_a_byte_order_mark_windows_line_ends_and_document_marks_are_fine(text: str) -> None:
    assert len(good(text).experts) == 2


def test_rules_holidays_and_channels_are_read() -> None:
    text = with_expert(holidays="[2026-12-24, 2026-12-28..2027-01-02, '2027-05-01']")
    text = text.replace("keywords: [hdmi]", "keywords: [hdmi], channel: C0AB12CD", 1)
    roster = good(text + "rules:\n  version: 3\n  text: |\n    Be  kind.\n\n    Be true.\n")
    assert roster.rules == Rules("3", "Be kind.\n\nBe true.")
    assert roster.topics["tv"].channel == "C0AB12CD"
    assert roster.experts["kim@volt.example"].holidays == (
        Holiday(date(2026, 12, 24), date(2026, 12, 24)),
        Holiday(date(2026, 12, 28), date(2027, 1, 2)),
        Holiday(date(2027, 5, 1), date(2027, 5, 1)),
    )
    assert valid(text)


def test_anchors_and_explicit_text_tags_are_fine() -> None:
    text = GOOD.replace("topics: [tv, audio]", "topics: &both [tv, audio]").replace("topics: [tv],", "topics: *both,")
    assert good(text.replace("name: Ann", "name: !!str 12")).experts["U0AB12CD"].topics == ("tv", "audio")


# ---------------------------------------------------------------- one mistake, one message


def test_the_message_names_place_cause_and_remedy() -> None:
    assert only(with_expert(topics="[tvs]")) == (
        'experts.yaml:12 kim.topics: topic "tvs" is not known; did you mean "tv"? Known: tv, audio.'
    )


@pytest.mark.parametrize(
    ("given", "line", "expected"),
    [
        ({"slack": "'@kim'"}, 9, ["kim", "names nobody in Slack", "e-mail"]),
        ({"slack": "<@U0AB12CE>"}, 9, ["write U0AB12CE"]),
        ({"slack": "u0ab12ce"}, 9, ["write U0AB12CE"]),
        ({"slack": "C0AB12CEF"}, 9, ["a channel"]),
        ({"slack": "JO@volt.example"}, 9, ["line 7 already"]),
        ({"name": "12"}, 10, ["12 without quotes is a number", 'write "12"']),
        ({"name": "[Kim]"}, 10, ["a list stands here"]),
        ({"name": "''"}, 10, ["text is empty"]),
        ({"name": '"Kim\\0"'}, 10, ["invisible control character (U+0000)"]),
        ({"name": '"\\u202eKim"'}, 10, ["U+202E"]),
        ({"name": "x" * 101}, 10, ["has 101 characters", "At most 100"]),
        ({"initials": "jo"}, 11, ["stands on line 7 already"]),
        ({"initials": "K.M."}, 11, ['write "KM"', "1 to 3 letters"]),
        ({"initials": "KIMM"}, 11, ["1 to 3 letters"]),
        ({"initials": "NO"}, 11, ["NO without quotes means false", 'write "NO"']),
        ({"initials": "on"}, 11, ["means true"]),
        ({"topics": "tv"}, 12, ["Expected a list"]),
        ({"topics": "[]"}, 12, ["the list is empty"]),
        ({"topics": "-"}, 9, ['"topics" is missing', "nobody would ever ask"]),
        ({"zone": "Europe/Berln"}, 13, ['did you mean "Europe/Berlin"?']),
        ({"zone": "paris"}, 13, ['did you mean "Europe/Paris"?']),
        ({"zone": "../../etc/passwd"}, 13, ["is not known"]),
        ({"zone": "Europe"}, 13, ["is not known"]),
        ({"zone": "-"}, 9, ['"zone" is missing', "add it"]),
        ({"quiet": "22:00"}, 14, ["base 60", 'write "22:00-08:00"']),
        ({"quiet": "22-8"}, 14, ['write "22:00-08:00"']),
        ({"quiet": '"22:00 – 24:00"'}, 14, ['write "22:00-00:00"']),
        ({"quiet": "25:00-08:00"}, 14, ["no span of hours"]),
        ({"quiet": '"08:00-08:00"'}, 14, ["begins and ends at once"]),
        ({"daily_asks": "010"}, 14, ["octal", "write 10"]),
        ({"daily_asks": "0o10"}, 14, ["octal"]),
        ({"daily_asks": "101"}, 14, ["0 to 100"]),
        ({"daily_asks": "-1"}, 14, ["0 to 100"]),
        ({"daily_asks": "9" * 5000}, 14, ["out of range"]),
        ({"daily_asks": '"5"'}, 14, ["write 5 without quotes"]),
        ({"daily_asks": "5.0"}, 14, ["no whole number"]),
        ({"daily_asks": "yes"}, 14, ["no whole number"]),
        ({"daily_asks": ""}, 14, ["is empty", "remove the line"]),
        ({"level": "Expert"}, 14, ['did you mean "expert"?']),
        ({"level": "boss"}, 14, ["Known: trainee, expert, moderator."]),
        ({"certifications": "[gas]"}, 14, ["Expected a mapping with name, expires_on"]),
        ({"certifications": "[{name: gas, expires_on: 2026-02-30}]"}, 14, ["out of range", "2026-12-31"]),
        ({"certifications": "[{name: gas, expires_on: 31.12.2026}]"}, 14, ["is no day"]),
        ({"certifications": "[{name: gas}, {name: Gas}]"}, 14, ["already"]),
        ({"holidays": "2026-12-24"}, 14, ["Expected a list"]),
        ({"holidays": "[christmas]"}, 14, ["no day and no span of days", "2026-12-24..2027-01-02"]),
        ({"holidays": '["2026-12-24 to 2027-01-02"]'}, 14, ["write 2026-12-24..2027-01-02"]),
        ({"holidays": "[2026-02-30]"}, 14, ["is no day (day is out of range"]),
        ({"holidays": "[2027-01-02..2026-12-24]"}, 14, ["ends before it begins", "write 2026-12-24..2027-01-02"]),
        ({"holidays": "[7]"}, 14, ["7 without quotes is a number"]),
        ({"qiuet": '"22:00-08:00"'}, 14, ['key "qiuet" is not known', 'did you mean "quiet"?']),
        ({"no": "1"}, 14, ["key no means true or false"]),
        ({"<<": "*a"}, 14, ["*a refers to an anchor"]),
        ({"<<": "{level: expert}"}, 14, ["merge keys", "write the fields out"]),
        ({"[a]": "1"}, 14, ["a list as a key"]),
        ({"zone ": "UTC"}, 14, ["twice, first on line 13"]),
        ({"name": "!foo Kim"}, 10, ["carries the YAML tag !foo"]),
        ({"name": "!!python/object:os.system Kim"}, 10, ["carries the YAML tag"]),
        ({"name": "@kim"}, 10, ['put a text that begins with "@" in quotes']),
        ({"name": "a: b"}, 10, ["in quotes when it holds"]),
    ],
)
def test_a_mistake_in_an_expert(given: dict[str, str], line: int, expected: list[str]) -> None:
    error = only(with_expert(**given))
    assert error.startswith((f"experts.yaml:{line} ", f"experts.yaml:{line}:"))
    for words in expected:
        assert words in error


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("version: 1\n", "", '"version" is missing; add it'),
        ("version: 1\n", "version: 2\n", "install a later twelp"),
        ("version: 1\n", 'version: "1"\n', "write 1 without quotes"),
        ("version: 1\n", "version: 1.0\n", "no whole number"),
        ("version: 1\n", "versoin: 1\nversion: 1\n", 'did you mean "version"?'),
        ("name: Volt,", "", "experts.yaml:2 brand:"),
        ("name: Volt,", "name: ,", "is empty"),
        ('x: "@VoltHelp"', 'x: "@Volt Help"', "at most 15"),
        ('x: "@VoltHelp"', "x: VoltHelp, twitter: Volt", 'key "twitter" is not known. Known: x.'),
        ('{x: "@VoltHelp"}', "{}", "there is no handle"),
        ("id: tv,", "id: audio,", "topic id"),
        ("id: tv,", "id: Télé,", "Expected letters, digits"),
        ("id: tv,", "id: 12,", 'write "12"'),
        ("keywords: [hdmi]", "keywords: [hdmi, 1080]", 'write "1080"'),
        ("keywords: [hdmi]", "keywords: [no]", 'write "no"'),
        ("keywords: [hdmi]", "keywords: [0123]", "octal"),
        ("keywords: [hdmi]", "keywords: [8:30]", "base 60"),
        ("keywords: [hdmi]", "keywords: [2026-01-01]", "is a date"),
        ("keywords: [hdmi]", "keywords: [true]", "true without quotes is not a text"),
        ("keywords: [hdmi]", "keywords: [hdmi,,]", ""),
        ("keywords: [hdmi]", "keywords: [~]", "there is no value"),
        ("keywords: [hdmi]", "keywords: [{a: b}]", "put a text that holds"),
        ("keywords: [hdmi]", "exmples: [hdmi]", 'did you mean "examples"?'),
        ("keywords: [hdmi]", "channel: '#tv'", "is no channel id"),
        ("version: 1\n", "version: 1\nrules: be kind\n", "Expected a mapping with version, text"),
        ("version: 1\n", "version: 1\nrules: {version: 1}\n", '"text" is missing'),
        ("version: 1\n", "version: 1\nrules: {version: one, text: Be kind.}\n", "no whole number"),
        ("version: 1\n", "version: 1\nrules: {version: 1, text: ' '}\n", "the text is empty"),
        ("version: 1\n", "version: 1\nrules: {version: 1, text: 12}\n", 'write "12"'),
        ("version: 1\n", "version: 1\nrules: {version: 1, text: " + "x" * 6001 + "}\n", "At most 6,000"),
        ("version: 1\n", 'version: 1\nrules: {version: 1, text: "a\\bc"}\n', "U+0008"),
    ],
)
def test_a_mistake_above_the_experts(old: str, new: str, expected: str) -> None:
    assert old in GOOD
    assert any(expected in error for error in said(GOOD.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "experts.yaml:1: the file is empty"),
        ("# only a remark\n", "the file is empty"),
        ("null", "Expected a mapping with version, brand, topics, experts, rules, alarms."),
        ("[1, 2]", "a list stands here"),
        ("Hello.", '"Hello." stands here'),
        ("a: 'b\nc: d\n", "close the quote that was opened"),
        ("version: 1\n---\nversion: 1\n", "experts.yaml:2: a second YAML document"),
        ("a: b\x00c", "U+0000"),
        ("a: \ud83d", "lone surrogate"),
        ("[" * 100_000, "levels deep"),
        ("{a: " * 100_000, "levels deep"),
        ("- " * 100_000, "levels deep"),
        ("version: 1\nbrand: " + "[" * 3_000, "experts.yaml:2: more than 24 levels deep"),
        ("a: [`b`]", "begins with @, `, % or a tab in quotes"),
        ("a: b: c", "in quotes when it holds"),
        ("a: &a [*a]", "*a contains itself"),
        ("a: *b", "refers to an anchor that is not there"),
        ("a: [1, 2\nb: 3", "look at the indentation"),
        ("x" * 16_000_001, "At most 16,000,000"),
    ],
)
def test_what_is_no_roster_at_all_is_told_on_one_line(text: str, expected: str) -> None:
    error = only(text)
    assert expected in error
    assert "\n" not in error
    assert len(error) < 400


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    before = clock.process_time()
    assert "aliases written out" in only("\n".join(lines))
    assert clock.process_time() - before < 2


def test_each_tab_is_told_and_the_other_mistakes_too() -> None:
    text = with_expert(zone="Europe/Berln").replace("    name: Kim", "\tname: Kim").replace("    zone", "  \tzone")
    errors = said(text)
    assert [e.split(" ")[0] for e in errors] == ["experts.yaml:10:", "experts.yaml:13:", "experts.yaml:13"]
    assert "use spaces" in errors[0]
    assert 'did you mean "Europe/Berlin"' in errors[2]


def test_every_mistake_is_told_in_one_run_in_the_order_of_the_lines() -> None:
    text = (
        GOOD.replace("version: 1", "version: 3").replace("id: audio", "id: tv").replace("initials: AN", "initials: jo")
    )
    mistakes = check(text.replace("zone: UTC", "zone: Utopia/X"), "experts.yaml", TODAY)[1]
    errors = [m for m in mistakes if m.severity is Severity.ERROR]
    assert [m.line for m in errors] == [1, 5, 7, 8, 8]
    assert [m.field for m in errors] == ["version", "tv.id", "jo.topics", "U0AB12CD.initials", "U0AB12CD.zone"]


# ---------------------------------------------------------------- warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace("[tv, audio]", "[tv]"), 'audio: warning: no expert can be asked about topic "audio"'),
        (GOOD.replace(", level: moderator", ""), "there is no moderator"),
        (GOOD.replace(", keywords: [bass]", ""), "no keywords and no examples"),
        (GOOD.replace("[bass]", "[bass, Bass]"), "stands in this list twice"),
        (with_expert(topics="[tv, tv]"), "stands in this list twice"),
        (with_expert(certifications="[{name: gas, expires_on: 2026-11-21}]"), "expired on 2026-11-21"),
        (GOOD.replace("id: audio,", "id: audio, requires: [gas],"), 'nobody holds "gas"'),
        (GOOD.replace("id: audio,", "id: audio, requires: [gas],"), 'is not asked about "audio", which requires "gas"'),
        (GOOD.replace("[hdmi]", "[hdmi], aliases: [Q7]").replace("[bass]", "[bass], aliases: [q7]"), "as well"),
        (GOOD.replace("topics: [tv, audio],", "topics: [tv, audio], daily_asks: 0,"), 'topic "audio"'),
    ],
)
def test_what_works_and_is_probably_not_meant_is_a_warning(text: str, expected: str) -> None:
    assert any(expected in warning for warning in said(text, Severity.WARNING))
    good(text)


def test_a_certification_is_valid_through_its_last_day() -> None:
    assert said(with_expert(certifications="[{name: gas, expires_on: 2026-11-22}]"), Severity.WARNING) == []


def test_without_a_day_no_certification_has_expired() -> None:
    text = with_expert(certifications="[{name: gas, expires_on: 1999-01-01}]")
    assert check(text, "experts.yaml")[1] == ()


def test_a_moderator_needs_no_topics() -> None:
    for topics in ("-", "[]"):
        kim = good(with_expert(topics=topics, level="moderator")).experts["kim@volt.example"]
        assert (kim.level, set(kim.topics)) == (Level.MODERATOR, set())
        assert said(with_expert(topics=topics)), "an expert needs some"


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"version: 1\nbrand: {name: Caf\xe9}\n", ":2: byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (GOOD.encode("utf-16"), "the file is UTF-16; save the file as UTF-8"),
        (b"", ":1: the file is empty"),
    ],
)
def test_a_file_of_odd_bytes_is_told_with_its_line(tmp_path: Path, raw: bytes, expected: str) -> None:
    path = tmp_path / "experts.yaml"
    path.write_bytes(raw)
    with pytest.raises(RosterError) as wrong:
        load(path)
    assert expected in str(wrong.value)


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="there is no such file; set TWELP_EXPERTS"):
        load(tmp_path / "nowhere.yaml")
    with pytest.raises(RosterError, match="cannot be read"):
        load(tmp_path)


def test_load_lists_every_error_and_no_warning(tmp_path: Path) -> None:
    path = tmp_path / "e.yaml"
    path.write_text(
        GOOD.replace("zone: UTC", "zone: U").replace("initials: AN", "initials: JO").replace("[bass]", "[]")
    )
    with pytest.raises(RosterError) as wrong:
        load(path)
    assert str(wrong.value).count("\n") == 1
    assert str(wrong.value).startswith(f"{path}:8 U0AB12CD.")


def test_five_thousand_experts_are_checked_in_a_few_seconds() -> None:
    letters = "ABCDEFGHIJKLMNOPQR"
    initials = [a + b + c for a in letters for b in letters for c in letters]
    people = "".join(
        f"  - slack: p{i}@volt.example\n    name: Person {i}\n    initials: '{initials[i]}'\n    topics: [tv, audio]\n"
        f'    zone: Europe/Paris\n    quiet: "22:00-08:00"\n    daily_asks: 5\n'
        for i in range(5000)
    )
    before = clock.process_time()
    assert len(good(GOOD + people).experts) == 5002
    assert clock.process_time() - before < 12  # about 1 s alone; the room is for a busy machine


@given(st.text(alphabet=st.sampled_from("a:-[]{}&*!|>'\"#%@ \n\t,?~0129.éא\u2028"), max_size=200))
def test_no_text_whatever_makes_the_check_fail(text: str) -> None:
    """Whatever stands in the file, at its top or inside an entry, there is an answer and every message is one line."""
    for whole in (text, f"{GOOD}  - {text}", with_expert(name=text)):
        roster, mistakes = check(whole, "e.yaml", TODAY)
        assert (roster is None) == any(m.severity is Severity.ERROR for m in mistakes)
        assert all("\n" not in str(m) for m in mistakes)


def test_the_domains_of_the_companys_links_are_read_and_an_address_is_told_from_them() -> None:
    assert good(GOOD.replace("watch: [volt]", "links: [Volt.com, help.volt.co.uk]")).brand.links == (
        "volt.com",
        "help.volt.co.uk",
    )
    wrong = GOOD.replace("watch: [volt]", "links: [https://volt.com/]")
    made, mistakes = check(wrong, "experts.yaml")
    assert made is None
    assert "Expected a domain like volt.com" in str(mistakes[0])
    assert not valid(wrong)


def test_a_handle_on_any_network_there_is_will_do_and_x_need_not_be_among_them() -> None:
    toy = NetworkRules("toy", "Toy", Length(500))
    elsewhere = GOOD.replace('x: "@VoltHelp"', "toy: volt@toy.example")
    roster, mistakes = check(elsewhere, "experts.yaml", TODAY, networks=(RULES, toy))
    assert roster is not None, mistakes
    assert roster.brand.handles == {"toy": "volt@toy.example"}
    assert Draft202012Validator(schema((RULES, toy))).is_valid(yaml.load(elsewhere, Loader=_Core))
    both = GOOD.replace('x: "@VoltHelp"', 'toy: volt, x: "@VoltHelp"')
    assert check(both, "experts.yaml", TODAY, networks=(RULES, toy))[0] is not None
    assert only(both) == only(GOOD.replace('x: "@VoltHelp"', "toy: volt, x: VoltHelp"))
    assert 'key "toy" is not known. Known: x.' in only(both)


def test_where_nobody_tells_which_networks_there_are_the_name_of_any_is_taken() -> None:
    roster, _ = check(GOOD.replace('x: "@VoltHelp"', 'toy: "@volt"'), "experts.yaml", TODAY)
    assert roster is not None
    assert roster.brand.handles == {"toy": "volt"}
    assert check(GOOD.replace('x: "@VoltHelp"', "Not a network: volt"), "experts.yaml", TODAY)[0] is None


# ---------------------------------------------------------------- the schema


def valid(text: str) -> bool:
    """Whether the schema accepts a text, read as an editor reads it: YAML 1.2's core types, days as texts."""
    return bool(Draft202012Validator(schema(NETWORKS)).is_valid(yaml.load(text, Loader=_Core)))


class _Core(yaml.CSafeLoader):
    """Numbers, true/false and null; nothing else is more than a text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as the library has it


_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
_Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(~|null|)$"), ["~", "n", ""])
_Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?[1-9][0-9]*$|^0$"), list("-0123456789"))


def test_the_schema_is_a_schema_and_the_kept_file_is_up_to_date() -> None:
    Draft202012Validator.check_schema(schema())
    assert json.loads((ROOT / "docs/experts.schema.json").read_text("utf-8")) == schema(NETWORKS)


@pytest.mark.parametrize("text", [GOOD, SAMPLE.read_text("utf-8"), with_expert(topics="[]", level="moderator")])
def test_the_schema_accepts_what_the_check_accepts(text: str) -> None:
    good(text)
    assert valid(text)


@pytest.mark.parametrize(
    "given",
    [
        {"slack": "kim"},
        {"name": "12"},
        {"name": "''"},
        {"name": "x" * 101},
        {"initials": "K.M."},
        {"initials": "K2"},
        {"topics": "-"},
        {"topics": "[]"},
        {"topics": "tv"},
        {"zone": "-"},
        {"quiet": '"22-8"'},
        {"daily_asks": "101"},
        {"daily_asks": '"5"'},
        {"daily_asks": ""},
        {"level": "boss"},
        {"holidays": "[christmas]"},
        {"certifications": "[gas]"},
        {"certifications": "[{name: gas, expires_on: 31.12.2026}]"},
        {"qiuet": "x"},
    ],
)
def test_the_schema_refuses_what_the_check_refuses(given: dict[str, str]) -> None:
    assert said(with_expert(**given))
    assert not valid(with_expert(**given))


# ---------------------------------------------------------------- the sample


def test_the_sample_has_no_mistake_and_names_its_schema() -> None:
    roster, mistakes = check_file(SAMPLE, TODAY)
    assert roster is not None
    assert mistakes == ()
    assert (len(roster.topics), len(roster.experts)) == (12, 18)
    first = SAMPLE.read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=docs/experts.schema.json"
    assert all(len(t.keywords) >= 10 and len(t.examples) >= 5 for t in roster.topics.values())
    assert 2 <= len(roster.moderators()) <= 6


def test_at_nearly_every_hour_somebody_can_be_asked_about_each_topic_of_the_sample() -> None:
    """Through a week in winter and one in summer: each topic 20 of 24 hours a day, the roster as a whole always."""
    roster = load(SAMPLE)
    for monday in (datetime(2026, 1, 12, tzinfo=ZoneInfo("UTC")), datetime(2026, 7, 13, tzinfo=ZoneInfo("UTC"))):
        for day in range(7):
            hours = [monday + timedelta(days=day, hours=h, minutes=30) for h in range(24)]
            awake = [{e.id for e in roster.experts.values() if _awake(e, hour)} for hour in hours]
            assert all(awake)
            for topic in roster.topics.values():
                able = {e.id for e in roster.experts.values() if topic.id in e.topics and _certified(e, topic.requires)}
                assert sum(bool(able & people) for people in awake) >= 20, topic.id


def _awake(expert: Expert, hour: datetime) -> bool:
    now, quiet = hour.astimezone(expert.zone).time(), expert.quiet
    if quiet is None:
        return True
    if quiet.start < quiet.end:
        return not quiet.start <= now < quiet.end
    return quiet.end <= now < quiet.start


def _certified(expert: Expert, requires: tuple[str, ...]) -> bool:
    return set(requires) <= {c.name for c in expert.certifications}


def test_a_warning_and_a_mistake_of_the_whole_file_read_well() -> None:
    assert str(Mistake("e.yaml", 3, "tv", "is odd", severity=Severity.WARNING)) == "e.yaml:3 tv: warning: is odd."
    assert str(Mistake("e.yaml", 0, "", "there is no such file", "", "make one")) == (
        "e.yaml: there is no such file; make one."
    )


def test_the_first_of_several_handles_speaks_and_other_companies_are_known():
    roster = good(GOOD.replace('{x: "@VoltHelp"}', '{x: ["@VoltHelp", VoltNews]}, others: {x: AcmeCares}'))
    brand = roster.brand
    assert (brand.handles, brand.silent, brand.others) == (
        {"x": "VoltHelp"},
        {"x": ("VoltNews",)},
        {"x": ("AcmeCares",)},
    )


@pytest.mark.parametrize(
    ("handles", "words"),
    [
        ("{x: [VoltHelp, volthelp]}", "stands on line 2 already"),
        ("{x: VoltHelp}, others: {x: [VoltHelp]}", "stands on line 2 already"),
        ("{x: []}", "the list is empty"),
        ("{x: [{a: b}]}", "a mapping"),
    ],
)
def test_a_handle_stands_once(handles: str, words: str):
    assert words in only(GOOD.replace('{x: "@VoltHelp"}', handles))


ALARMS = GOOD + "alarms:\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  danger: [nobody@volt.example]", "is not among the experts"),
        ("  danger: [tia]", "names nobody"),
        ('  danger: ["#no channel"]', "is no name of a channel"),
        ("  danger: []", "the list is empty"),
        ("  fire: [C0123ABCD]", "is not known"),
        ("  after: 10", "10 has no unit: write 10m"),
        ("  after: 3 days", "is no such time"),
        ("  after: 25h", "is no such time"),
        ("  phone: https://bridge.example", "write it into .env: TWELP_PHONE_BRIDGE=https://…"),
        ("  guidance: 5", "5 without quotes is a number"),
    ],
)
def test_what_is_wrong_with_alarms_is_told_with_place_and_remedy(line: str, expected: str) -> None:
    roster, mistakes = check(ALARMS + line + "\n", "experts.yaml")
    assert roster is None
    [told] = [str(one) for one in mistakes if one.severity is Severity.ERROR]
    number = (ALARMS + line).count("\n") + 1
    assert told.startswith(f"experts.yaml:{number} ")
    assert "alarms." in told
    assert all(part in told for part in expected.split(": "))


def test_alarms_name_people_and_channels_by_kind() -> None:
    person = next(iter(good(GOOD).experts))
    roster = good(
        ALARMS + f'  self-harm: [{person}, C0123ABCD]\n  others: ["#Safety"]\n  after: 2h\n  guidance: Call.\n'
    )
    assert roster.alarms.listed(Kind.SELF_HARM) == (person, "C0123ABCD")
    assert roster.alarms.listed(Kind.PRESS) == ("#safety",)
    assert roster.alarms.after == timedelta(hours=2)
    assert roster.alarms.guidance == "Call."
    assert good(GOOD).alarms.after == timedelta(minutes=10)
    assert valid(ALARMS + "  danger: [C0123ABCD]\n")
