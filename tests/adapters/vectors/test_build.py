"""Anyone can build the word vectors anew: the network, the sentences and the fit, from files that are pinned."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt
import pytest

from twelp.adapters.vectors import load
from twelp.adapters.vectors.english import Words

TOOLS = Path(__file__).parents[3] / "tools" / "vectors"
SOURCES = Path(os.environ.get("VECTOR_SOURCES", "nowhere"))


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> object:
    """The modules of tools/vectors, by name."""
    pytest.importorskip("scipy", reason="the build needs scipy")
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module


def test_the_fit_finds_vectors_whose_means_are_the_sentences(tool: object) -> None:
    assert callable(tool)
    fitting: ModuleType = tool("fitting")
    dice = np.random.default_rng(1)
    truth = dice.normal(size=(40, 8)).astype(np.float32)
    texts = [dice.integers(0, 40, size=5).tolist() for _ in range(400)]
    matrix = fitting.means(texts, fitting.weights(40))
    wanted = (matrix @ truth).astype(np.float32)
    start = np.zeros_like(truth)
    found = fitting.fit(matrix, wanted, start, ridge=1e-4)
    assert fitting.cosine(matrix, wanted, start) < 0.1
    assert fitting.cosine(matrix, wanted, found) > 0.99
    assert np.array_equal(found, fitting.fit(matrix, wanted, start, ridge=1e-4))


def test_a_piece_that_no_sentence_holds_stays_where_it_started(tool: object) -> None:
    assert callable(tool)
    fitting: ModuleType = tool("fitting")
    matrix = fitting.means([[0, 1], [1]], np.ones(3, np.float32))
    start = np.eye(3, dtype=np.float32)
    found = fitting.fit(matrix, np.ones((2, 3), np.float32), start)
    assert found[2] == pytest.approx(start[2])
    assert found[1] != pytest.approx(start[1])


def test_the_grammar_gives_the_same_sentences_each_time_and_knows_every_word_it_names(tool: object) -> None:
    assert callable(tool)
    conversations: ModuleType = tool("conversations")
    once, again = (list(conversations.written(500)) for _ in range(2))
    assert once == again
    assert len(set(once)) == 500
    assert not [text for text in once if "{" in text or "|" in text or not text.strip()]


def test_a_dictionary_as_bits_has_its_words_and_hardly_another() -> None:
    from twelp.adapters.vectors.english import as_bits

    known = [f"{a}{b}{c}" for a in "bdfgk" for b in ("ora", "eni", "usta") for c in ("lom", "pet", "rin", "sab")]
    words = Words(as_bits(known))
    assert all(word in words and f"{word}s" in words for word in known)
    others = [word[::-1] for word in known]
    assert sum(word in words for word in others) <= 2


@pytest.mark.skipif(not SOURCES.is_dir(), reason="VECTOR_SOURCES names no folder with weights/ and package/dict/")
@pytest.mark.timeout(1800)
def test_a_tenth_of_the_sentences_gives_nearly_the_table_that_ships(tmp_path: Path) -> None:
    weights = next(SOURCES.glob("weights/**/model.safetensors")).parent
    command = [sys.executable, str(TOOLS / "build.py"), "--weights", str(weights), "--every", "10"]
    command += ["--wordnet", str(SOURCES / "package" / "dict"), "--out", str(tmp_path)]
    subprocess.run(command, check=True)
    shipped, built = load(), load(tmp_path)
    texts = [line for line in (TOOLS / "conversations.txt").read_text("utf-8").splitlines() if " | " in line][:60]

    def cosines(table: object) -> npt.NDArray[np.float32]:
        rows = []
        for text in texts:
            cut = table.cut(text.replace("|", " "))  # type: ignore[attr-defined]
            found = table.sum(np.array([row for _, of in cut for row in of], np.uint16))  # type: ignore[attr-defined]
            rows.append(found / max(float(np.linalg.norm(found)), 1e-9))
        return np.asarray(np.array(rows) @ np.array(rows).T)[np.triu_indices(len(texts), 1)]

    assert np.corrcoef(cosines(shipped), cosines(built))[0, 1] > 0.9
