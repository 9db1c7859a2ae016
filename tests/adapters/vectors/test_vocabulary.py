"""The vocabulary and the table's rows: what a dictionary and an array would give, in a tenth of the memory."""

from __future__ import annotations

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twelp.adapters.vectors import load
from twelp.adapters.vectors.stored import StoredRows
from twelp.adapters.vectors.table import HERE, NUMBERS, PLACES, VOCABULARY
from twelp.adapters.vectors.vocabulary import Vocabulary, as_slots

pieces = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(pieces, unique=True, max_size=40), pieces)
def test_a_vocabulary_knows_its_pieces_by_their_rows_and_no_other(known: list[str], other: str) -> None:
    vocabulary = Vocabulary("".join(f"{piece}\n" for piece in known).encode(), as_slots(known))
    assert [vocabulary.get(piece) for piece in known] == list(range(len(known)))
    assert (other in vocabulary) is (other in known)
    assert len(vocabulary) == len(known)


def test_the_slots_that_ship_are_those_of_the_vocabulary_that_ships() -> None:
    names = (HERE / VOCABULARY).read_text(encoding="utf8").splitlines()
    assert np.array_equal(np.load(HERE / PLACES), as_slots(names))


def test_the_table_takes_next_to_no_memory_until_it_is_used() -> None:
    load()  # what a first load compiles and caches is not the table's
    tracemalloc.start()
    try:
        table = load()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert table.length
    assert held < 1_500_000


@pytest.fixture
def numbers(tmp_path: Path) -> tuple[StoredRows, np.ndarray]:
    whole = np.random.default_rng(1).integers(-127, 128, (500, 16)).astype(np.int8)
    np.save(tmp_path / NUMBERS, whole)
    return StoredRows(tmp_path / NUMBERS), whole


def test_rows_are_those_of_the_file_in_any_order_and_however_often(numbers: tuple[StoredRows, np.ndarray]) -> None:
    stored, whole = numbers
    for rows in ([], [3], [499, 0, 3, 3], list(range(500))):
        assert np.array_equal(stored[np.array(rows, np.uint16)], whole[rows])


def test_many_may_read_rows_at_once(numbers: tuple[StoredRows, np.ndarray]) -> None:
    stored, whole = numbers
    dice = np.random.default_rng(2)
    asked = [dice.integers(0, 500, 7).astype(np.uint16) for _ in range(400)]
    with ThreadPoolExecutor(8) as pool:
        for rows, found in zip(asked, pool.map(stored.__getitem__, asked), strict=True):
            assert np.array_equal(found, whole[rows])


def test_an_update_under_a_running_bot_changes_nothing(tmp_path: Path) -> None:
    np.save(tmp_path / NUMBERS, np.full((4, 2), 7, np.int8))
    stored = StoredRows(tmp_path / NUMBERS)
    np.save(tmp_path / "new.npy", np.full((4, 2), 9, np.int8))
    (tmp_path / "new.npy").replace(tmp_path / NUMBERS)
    assert stored[np.array([1, 2], np.uint16)].tolist() == [[7, 7], [7, 7]]
