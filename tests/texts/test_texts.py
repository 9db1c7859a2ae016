"""What people read: said in any language, held in rows, and never turned around by somebody's name."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.slack import samples, test_screenplay
from tests.texts import pseudo
from twelp.adapters.slack import cards
from twelp.errors import ConfigError
from twelp.model import CardState
from twelp.texts import acts, catalogue, language, notes, reasons, slack
from twelp.texts.language import FOLDER, load, template
from twelp.texts.phrase import COMMAS, Language, Text, in_a_row, listed, say, speak

HEBREW = Language("עברית", rtl=True, forms={"acts.took_it": ("{who} לקח לפני {count} דקות.",)})
POLISH = """[language]
name = "Polski"
plural = "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
[notes]
liked = ["{who}: {count} polubienie {url}", "{who}: {count} polubienia {url}", "{who}: {count} polubień {url}"]
"""


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    speak(Language())


OUTSIDE = (
    *("knows TV & Audio", "answered 3 like it this month", "X lets us reply only where we were mentioned"),
    *("Person 0", "Person 1", "@june_harlow", *test_screenplay.RULES.text.splitlines()),
)
"""Words of the samples that stand by themselves."""


def written(tmp_path: Path, text: str) -> str:
    file = tmp_path / "some.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


# ---------------------------------------------------------------- saying


def test_a_text_reads_as_english_wherever_it_is_handled_like_any_string():
    said = reasons.NOT_ASKED_FOR(count=1, topic="TV")
    assert said == "not asked on TV for 1 day"
    assert reasons.NOT_ASKED_FOR(count=2, topic="TV") == "not asked on TV for 2 days"
    assert f"{in_a_row(COMMAS, [said, listed(['a', 'b', 'c'])])}" == "not asked on TV for 1 day, a, b and c"
    assert json.dumps([said]) == '["not asked on TV for 1 day"]'
    assert pickle.loads(pickle.dumps(said)) == copy.deepcopy(said) == said


def test_a_place_that_is_left_empty_or_is_not_there_is_a_mistake_at_once():
    with pytest.raises(TypeError, match=r"places \['count', 'who'\], not \['who'\]"):
        acts.TOOK_IT(who="Jo")
    with pytest.raises(TypeError):
        acts.YOURS(who="Jo")


def test_what_stands_in_a_place_is_said_in_the_language_too():
    speak(pseudo.PSEUDO)
    said = reasons.YOU_STAND_FOR(topics=listed([reasons.QUOTED(words="TV"), reasons.QUOTED(words="Audio")]))
    assert re.sub("[\u2068\u2069]", "", say(said)) == "⟦you stand for ⟦⟦“TV”⟧ and ⟦“Audio”⟧⟧⟧"
    assert say(notes.AND_MORE(urls=("a", "b"))).count("⟦") == 2
    assert say("somebody's own words {who}") == "somebody's own words {who}"


def test_a_number_takes_the_form_that_the_language_has_for_it(tmp_path: Path):
    speak(load(written(tmp_path, POLISH)))
    said = [say(notes.LIKED(who="@ana", count=count, url="u")).split()[2] for count in (1, 2, 5, 22, 25)]
    assert said == ["polubienie", "polubienia", "polubień", "polubienia", "polubień"]
    assert say(acts.YOURS) == "It is yours.", "what a language lacks is said in English"


# ---------------------------------------------------------------- from right to left


def test_a_hebrew_name_turns_nothing_around_in_an_english_sentence():
    assert say(acts.TOOK_IT(who="דנה", count=3)) == "\u2068דנה\u2069 took it 3 min ago."
    assert say(acts.TOOK_IT(who="Jo", count=3)) == "Jo took it 3 min ago.", "no marks where none are needed"


def test_every_outside_word_is_set_apart_in_a_sentence_from_right_to_left():
    speak(HEBREW)
    assert say(acts.TOOK_IT(who="Jo", count=3)) == "\u2068Jo\u2069 לקח לפני 3 דקות."


def test_nobodys_name_can_end_the_isolation_it_stands_in():
    said = say(acts.TOOK_IT(who="דנה\u2069\u202e", count=3))
    assert said == "\u2068דנה\u2069 took it 3 min ago."


def test_a_card_with_a_hebrew_customer_keeps_its_marks_and_none_of_theirs():
    post = replace(samples.POST, author=replace(samples.POST.author, name="דנה\u202e כהן"))
    message = cards.lay_out(replace(samples.CARD, post=post))
    assert "\u2068דנה כהן\u2069 (@ana_99): " in message.text
    assert "\u202e" not in json.dumps(message.blocks, ensure_ascii=False)


# ---------------------------------------------------------------- in rows


def test_a_row_holds_what_was_said_and_not_how():
    said = reasons.THINKS_YOU_KNOW_WORD(who="Jo", word="the \0 X5")
    row = json.loads(json.dumps(catalogue.hold(said, lambda words: words.replace("\0", "?"))))
    assert row == {"say": "reasons.thinks_you_know_word", "who": "Jo", "word": "the ? X5"}
    assert say(catalogue.held(row)) == "Jo thinks you know: “the ? X5”"
    nested = acts.IS_AWAY(who="Jo", until=acts.WEEKDAY_AND_HOUR(weekday=acts.WEEKDAYS[0], hour="08:00"))
    assert catalogue.held(json.loads(json.dumps(catalogue.hold(nested)))) == nested
    assert catalogue.read(catalogue.line(nested)) == nested
    assert catalogue.held(catalogue.hold(acts.YOURS)) is acts.YOURS
    topics = acts.TOPICS(topics=("TV", "Audio"))
    assert catalogue.held(json.loads(json.dumps(catalogue.hold(topics)))) == topics


def test_rows_of_other_versions_are_shown_as_well_as_can_be():
    assert catalogue.held("you stand for TV") == catalogue.read("you stand for TV") == "you stand for TV"
    assert catalogue.held({"say": "reasons.from_tomorrow", "who": "Jo", "count": 3}) == "Jo, 3"
    assert catalogue.held({"say": "acts.took_it", "who": "Jo"}) == "Jo"


@pytest.mark.parametrize("words", ['{"say":"acts.yours"}', '{"say":', '{"say":' + "[" * 100_000, "{", ""])
def test_outside_words_that_look_like_a_row_of_ours_stay_outside_words(words: str):
    kept = catalogue.line(words)
    assert kept != '{"say":"acts.yours"}', "a row of ours"
    assert catalogue.read(kept) == words


@pytest.mark.parametrize("row", ['{"say":', '{"say":' + "[" * 100_000, "{", "", '["say"]'])
def test_a_row_that_cannot_be_read_is_shown_as_it_stands(row: str):
    assert catalogue.read(row) == row
    assert catalogue.read('{"say":"acts.yours"}') == acts.YOURS


def test_every_text_has_a_name_of_its_own():
    assert len({text.key for text in catalogue.CATALOGUE.values()}) == len(catalogue.CATALOGUE) > 300
    texts = [v for module in (slack, acts, reasons, notes) for v in vars(module).values() if isinstance(v, Text)]
    assert all(catalogue.CATALOGUE[text.key] is text for text in texts)


# ---------------------------------------------------------------- language files


def test_the_file_for_translators_says_everything_as_it_is_said(tmp_path: Path):
    found = load(written(tmp_path, template()))
    assert {key: text.forms for key, text in catalogue.CATALOGUE.items()} == dict(found.forms)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[acts]\nyuors = 'x'", "acts.yuors is no text of twelp"),
        ("[acts]\ntook_it = '{who}, {when}'", r"acts.took_it has no place \{when\}; it has \['count', 'who'\]"),
        ("[acts]\ntook_it = '{count}'", r"acts.took_it does not say \{who\}"),
        ("[acts]\ntook_it = '{who'", "acts.took_it: “{who” has a brace too many or too few"),
        ("[acts]\ntook_it = ['{who}', '{who}', '{who}']", "has 3 forms; expected one, or 2"),
        ("[acts]\npaused = ['{until}', '{until}']", "acts.paused has several forms, but no number"),
        ("[language]\nplural = 'import os'", "which is no rule of gettext's"),
        ("[language]\ndirection = 'up'", "direction is 'up'; expected ltr or rtl"),
        ("language = 3", r"language is 3; expected a table, \[language\]"),
        ("[acts", "cannot be read as TOML"),
    ],
)
def test_a_language_file_that_cannot_be_right_stops_the_start(tmp_path: Path, text: str, complaint: str):
    with pytest.raises(ConfigError, match=complaint):
        load(written(tmp_path, text))


def test_an_unknown_language_names_those_that_are_known():
    with pytest.raises(ConfigError, match=r"TWELP_LANGUAGE: there is no .*xx.toml\. Known: en"):
        load("xx")


def test_a_language_that_is_shipped_is_known_by_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for file in FOLDER.glob("*.toml"):
        load(file.stem)
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    text = "[language]\nname = 'Sprache'\n[acts]\ntook_it = ['{who} hat es', '{count}: {who}']\n"
    (tmp_path / "de.toml").write_text(text, encoding="utf-8")
    found = load("de")
    assert (found.name, found.forms["acts.took_it"]) == ("Sprache", ("{who} hat es", "{count}: {who}"))
    with pytest.raises(ConfigError, match="Known: en, de;"):
        load("xx")


# ---------------------------------------------------------------- everything that is laid out


def test_no_card_or_window_says_anything_of_its_own():
    """All states of a card, the digest, every window, the Home tab and the invitation."""
    speak(pseudo.PSEUDO)
    states = {state.value: {"blocks": cards.lay_out(samples.card(state)).blocks} for state in CardState}
    shown: dict[str, Any] = states | test_screenplay.shown()
    outside = re.compile("|".join(map(re.escape, OUTSIDE)))
    strange = {
        (name, said)
        for name, part in shown.items()
        for said in pseudo.read(part)
        if re.search(r"[^\W\d_]{2,}", outside.sub("", pseudo.outside(said)))
    }
    assert strange == set()
