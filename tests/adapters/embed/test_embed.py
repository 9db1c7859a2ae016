"""The optional model: whatever is missing or differs is told with its remedy; the network's arithmetic is right."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from twelp.adapters.embed import Embedder, find, load
from twelp.adapters.embed import files as files_module
from twelp.errors import ConfigError


class Session:
    """A network of two numbers a token: the token's id, and 1."""

    def get_inputs(self) -> list[Any]:
        return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

    def get_outputs(self) -> list[Any]:
        return [SimpleNamespace(name="tokens", shape=["batch", "sequence", 2])]

    def run(self, _: None, given: dict[str, Any]) -> list[Any]:
        ids = given["input_ids"].astype(np.float32)
        return [np.stack([ids, np.ones_like(ids)], axis=2)]


class Tokenizer:
    """One token a word, its length as id; a word of more than eight letters breaks into its letters."""

    def get_vocab(self) -> dict[str, int]:
        return {"router": 1, "##ing": 2}

    def encode_batch(self, texts: list[str]) -> list[Any]:
        found = []
        for text in texts:
            pieces = [p for w in text.split() for p in (list(w) if len(w) > 8 else [w])]
            tokens = ["[CLS]", *pieces, "[SEP]"]
            found.append(SimpleNamespace(tokens=tokens, ids=[len(t) for t in tokens]))
        return found


def german_by_length(text: str) -> list[tuple[str, float]]:
    """Takes long words for German."""
    german = 0.9 if max(map(len, text.split())) > 8 else 0.0
    return sorted({"de": german, "en": 0.95 - german}.items(), key=lambda found: -found[1])


def embedder(*, english: bool = True) -> Embedder:
    return Embedder(Tokenizer(), Session(), languages=german_by_length if english else None)


def folder_with(tmp_path: Path, sums: str | None) -> Path:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(name.encode())
    if sums is not None:
        (tmp_path / "SHA256SUMS").write_text(sums, encoding="utf8")
    return tmp_path


def right_sums() -> str:
    names = ("model.onnx", "tokenizer.json")
    return "".join(f"{hashlib.sha256(n.encode()).hexdigest()}  {n}\n" for n in names)


def test_rows_have_length_one_whatever_the_batch() -> None:
    """Padding of shorter texts must not leak into their vectors."""
    texts = ["my router is slow", "tv"]
    together = embedder()(texts)
    alone = np.concatenate([embedder()([t]) for t in texts])
    assert np.linalg.norm(together, axis=1) == pytest.approx([1.0, 1.0])
    assert together == pytest.approx(alone)


@pytest.mark.parametrize(
    "text", ["", "הנתב שלי איטי מאוד", "我的路由器很慢", "donaudampfschiff kapitaenspatent verlaengern"]
)
def test_an_english_model_says_nothing_about_a_text_it_cannot_read(text: str) -> None:
    assert not embedder()([text]).any()


def test_a_multilingual_model_reads_every_script() -> None:
    assert embedder(english=False)(["הנתב שלי איטי מאוד"]).any()


def test_no_texts_give_no_rows() -> None:
    assert embedder()([]).shape == (0, 2)


def test_a_folder_with_the_right_sums_is_taken(tmp_path: Path) -> None:
    found = find(str(folder_with(tmp_path, right_sums())))
    assert found.model == tmp_path / "model.onnx"
    assert not found.english


def test_a_folder_says_that_its_model_is_english(tmp_path: Path) -> None:
    (tmp_path / "ENGLISH").touch()
    assert find(str(folder_with(tmp_path, right_sums()))).english


@pytest.mark.parametrize(
    ("sums", "said"),
    [
        (None, "SHA256SUMS is missing"),
        ("", "no line for model.onnx"),
        ("0" * 64 + "  model.onnx\n" + "0" * 64 + "  tokenizer.json\n", "expected 0000"),
    ],
)
def test_a_model_that_was_not_pinned_is_not_run(tmp_path: Path, sums: str | None, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        find(str(folder_with(tmp_path, sums)))


def test_a_missing_package_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"install twelp\[semantic\]"):
        find()


def test_a_broken_model_is_told_and_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read|install twelp\[semantic\]"):
        load(str(folder_with(tmp_path, right_sums())))


def test_the_real_model_knows_what_belongs_together() -> None:
    """Only where the packages are installed."""
    pytest.importorskip("tokenizers")
    pytest.importorskip("onnxruntime")
    try:
        model = load()
    except ConfigError as missing:
        pytest.skip(str(missing))
    card, lost, weather = model(["my card was stolen", "i lost my debit card", "will it rain tomorrow"])
    assert card @ lost > 0.5 > card @ weather
