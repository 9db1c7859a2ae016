"""The gate on texts that were written to be caught or to pass, in eleven languages; and cards in any script."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.voice_gate import PRIVATE, figures, rows, stops
from twelp.flow import gate
from twelp.roster import load

SETTING = gate.setting_of(load(Path(__file__).parents[2] / "experts.yaml"))
WANTED = rows()

SCRIPTS = ("0", "٠", "۰", "०", "০", "๐", "０", "𝟎", "০")
"""The zero of each: the other digits follow it."""
PARTS = ("", " ", "\u00a0", "\u202f", "-", "–", ".", "·", " - ", "/", "_", "  ")
AROUND = (
    ("", ""),
    ("您的卡", "被拒"),
    ("カード", "です"),
    ("הכרטיס", "נדחה"),
    ("บัตร", "ครับ"),
    ("Karte ", "!"),
    ("card:", "."),
)


def test_there_are_enough_of_both_in_each_language() -> None:
    assert len(WANTED) >= 600
    for language in ("en", "es", "fr", "de", "pt", "it", "nl", "he", "ar", "zh", "ja"):
        catch = sum(row["want"] == "catch" for row in WANTED if row["language"] == language)
        good = sum(row["want"] == "pass" for row in WANTED if row["language"] == language)
        assert min(catch, good) >= 15, language
        assert max(catch, good) <= 1.6 * min(catch, good), language


def test_what_must_be_caught_is_and_what_must_pass_does() -> None:
    found = figures(WANTED, SETTING)
    caught, missed = found["caught"].total(), found["missed"].total()
    stopped, passed = found["stopped"].total(), found["passed"].total()
    assert caught / (caught + missed) >= 0.98, found["wrong"]
    assert stopped / (stopped + passed) <= 0.01, found["wrong"]


def test_private_data_is_caught_in_each_language() -> None:
    private = [row for row in WANTED if row.get("rule") in PRIVATE]
    assert len(private) >= 100
    assert [row["text"] for row in private if not stops(row, SETTING)] == []


@settings(deadline=None)  # the first text in a script compiles its phrases
@given(st.integers(1, 10**14 - 1), st.sampled_from(SCRIPTS), st.sampled_from(PARTS), st.sampled_from(AROUND))
def test_a_valid_card_number_is_stopped_in_any_script_and_however_it_is_parted(
    number: int, zero: str, between: str, around: tuple[str, str]
) -> None:
    body = f"4{number:014d}"
    digits = body + str(-sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(body)) % 10)
    written = between.join(digits[i : i + 4] for i in range(0, 16, 4))
    shown = "".join(chr(ord(zero) + int(sign)) if sign.isdecimal() else sign for sign in written)
    assert "card number" in stops({"text": f"{around[0]}{shown}{around[1]}"}, SETTING)


def test_an_answer_is_judged_in_little_time() -> None:
    texts = [row for row in WANTED if row["language"] == "en"]
    began = time.process_time()
    for row in texts:
        stops(row, SETTING)
    assert (time.process_time() - began) / len(texts) < 0.006


@pytest.mark.parametrize("name", sorted(path.stem for path in Path(gate.__file__).parent.glob("words/*.txt")))
def test_each_file_of_words_is_used_and_in_order(name: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(gate.__file__).parent.rglob("*.py"))
    assert f'"{name}"' in code
    text = (Path(gate.__file__).parent / "words" / f"{name}.txt").read_text(encoding="utf-8")
    assert not any(line != line.rstrip() for line in text.splitlines())
