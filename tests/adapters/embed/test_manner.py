"""A model named by its folder runs as its makers meant: pooling, prefix, length and output are read, never guessed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from twelp.adapters.embed import Embedder, find
from twelp.adapters.embed.manner import OWN_FILE, POOLING_FILE, PROMPTS_FILE, Manner, Pooling, manner
from twelp.errors import ConfigError


class Network:
    """Two numbers a token, (id, 1); as a second output, one vector a text: (0, number of tokens)."""

    def get_inputs(self) -> list[Any]:
        return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

    def get_outputs(self) -> list[Any]:
        return [SimpleNamespace(name="tokens", shape=["b", "t", 2]), SimpleNamespace(name="sentence", shape=["b", 2])]

    def run(self, names: list[str], given: dict[str, Any]) -> list[Any]:
        ids, mask = given["input_ids"].astype(np.float32), given["attention_mask"]
        count = mask.sum(axis=1)
        found = {
            "tokens": np.stack([ids, np.ones_like(ids)], axis=2),
            "sentence": np.stack([np.zeros_like(count), count], axis=1).astype(np.float32),
        }
        return [found[name] for name in names]


class Tokens:
    """A word's length is its id."""

    read: str = ""

    def get_vocab(self) -> dict[str, int]:
        return {}

    def encode_batch(self, texts: list[str]) -> list[Any]:
        self.read = texts[0]
        return [SimpleNamespace(ids=[len(word) for word in text.split()]) for text in texts]


def files(folder: Path, held: dict[str, object]) -> dict[str, Path]:
    for name, content in held.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf8")
    return {name: folder / name for name in held}


BGE = {POOLING_FILE: {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}}
E5 = {
    POOLING_FILE: {"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True},
    PROMPTS_FILE: {"prompts": {"query": "query: ", "document": "passage: "}, "default_prompt_name": None},
}
NEW = {POOLING_FILE: {"embedding_dimension": 2, "pooling_mode": "lasttoken"}}
OWN = {**E5, OWN_FILE: {"prefix": "ask: ", "longest": 128, "output": "sentence"}}


@pytest.mark.parametrize(
    ("held", "meant"),
    [
        ({}, Manner()),
        (BGE, Manner(Pooling.FIRST)),
        (E5, Manner(Pooling.MEAN, "query: ")),
        (NEW, Manner(Pooling.LAST)),
        (OWN, Manner(Pooling.MEAN, "ask: ", 128, "sentence")),
        ({OWN_FILE: {"pooling": "first"}}, Manner(Pooling.FIRST)),
        ({PROMPTS_FILE: {"prompts": {"s2s": "sts: "}, "default_prompt_name": "s2s"}}, Manner(prefix="sts: ")),
        ({PROMPTS_FILE: {"__version__": {}}}, Manner()),
    ],
)
def test_the_folder_says_how_the_model_is_used(tmp_path: Path, held: dict[str, object], meant: Manner) -> None:
    assert manner(files(tmp_path, held)) == meant


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ({POOLING_FILE: {"pooling_mode_max_tokens": True}}, "pooling max_tokens; known are"),
        ({POOLING_FILE: {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True}}, "cls_token, mean_tokens"),
        ({POOLING_FILE: "{"}, "cannot be read"),
        ({PROMPTS_FILE: "[]"}, "expected a JSON object, found list"),
        ({PROMPTS_FILE: {"prompts": ["x"]}}, "expected names with their texts"),
        ({OWN_FILE: {"pool": "mean"}}, "'pool' is no setting of a model; there are longest, output, pooling, prefix"),
        ({OWN_FILE: {"pooling": "max"}}, "expected mean, first or last"),
        ({OWN_FILE: {"prefix": 3}}, "prefix is 3; expected a text"),
        ({OWN_FILE: {"longest": 100000}}, "expected a number of tokens from 4 to 512"),
    ],
)
def test_what_is_not_known_is_told_with_its_place(tmp_path: Path, held: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        manner(files(tmp_path, held))


@pytest.mark.parametrize(
    ("how", "vector"),
    [
        (Manner(), [3.0, 1.0]),
        (Manner(Pooling.FIRST), [1.0, 1.0]),
        (Manner(Pooling.LAST), [5.0, 1.0]),
        (Manner(output="sentence"), [0.0, 1.0]),
        (Manner(prefix="xxxxxxx: "), [4.25, 1.0]),
    ],
)
def test_a_text_becomes_the_vector_that_was_meant_whatever_else_is_in_the_batch(
    how: Manner, vector: list[float]
) -> None:
    model = Embedder(Tokens(), Network(), manner=how)
    for texts in (["a bbb ccccc"], ["a bbb ccccc", "a b c d e f g"]):
        found = model(texts)[0]
        assert found == pytest.approx(np.array(vector) / np.linalg.norm(vector), abs=1e-6)


def test_the_prefix_stands_before_the_text() -> None:
    tokens = Tokens()
    Embedder(tokens, Network(), manner=Manner(prefix="query: "))(["where is it"])
    assert tokens.read == "query: where is it"


def test_an_output_that_the_network_does_not_have_is_told() -> None:
    with pytest.raises(ConfigError, match="no output 'pooled'; there are tokens, sentence"):
        Embedder(Tokens(), Network(), manner=Manner(output="pooled"))


def test_a_folder_is_found_with_its_manner(tmp_path: Path) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(name.encode())
    sums = "".join(f"{hashlib.sha256(n.encode()).hexdigest()}  {n}\n" for n in ("model.onnx", "tokenizer.json"))
    (tmp_path / "SHA256SUMS").write_text(sums, encoding="utf8")
    files(tmp_path, BGE)
    assert find(str(tmp_path)).manner == Manner(Pooling.FIRST)
