"""MiniLM in numpy: sentences in, the vectors that sentence-transformers would give out.

Rules: one file of weights, checked against the SHA-256 of the official one before it is read. Sentences of equal
length run together, so nothing is padded and nothing masked. The same numbers on every run of one machine.

Source: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0): 6 layers, 12 heads, width 384, mean of the tokens.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import erf  # type: ignore[import-untyped]

from twelp.adapters.vectors.wordpiece import WordPiece, split

WEIGHTS: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY: Final = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
LONGEST: Final = 64
_LAYERS, _HEADS, _WIDTH = 6, 12, 384
_TOKENS: Final = 4_000
"""Tokens that run together: more is no quicker and takes more memory."""
_START, _END, _UNKNOWN = 101, 102, 100
Floats = npt.NDArray[np.float32]


class MiniLM:
    """The network, read from a folder with ``model.safetensors`` and ``vocab.txt``."""

    def __init__(self, folder: Path) -> None:
        self._tensors = _safetensors(checked(folder / "model.safetensors", WEIGHTS))
        self._names = checked(folder / "vocab.txt", VOCABULARY).decode().splitlines()
        self.vocabulary = {word: at for at, word in enumerate(self._names)}
        self.wordpiece = WordPiece(self.vocabulary)

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text, without those that mark its beginning and end."""
        pieces = [p for word in split(text) for p in self.wordpiece.pieces(word) or (_UNKNOWN,)]
        return pieces[: LONGEST - 2]

    def words(self, tokens: Sequence[int]) -> list[tuple[int, ...]]:
        """The tokens word by word."""
        found: list[tuple[int, ...]] = []
        for token in tokens:
            if found and self._names[token].startswith("##"):
                found[-1] = (*found[-1], token)
            else:
                found.append((token,))
        return found

    def spelled(self, tokens: Sequence[int]) -> str:
        """A word's tokens as the word."""
        return "".join(self._names[token].removeprefix("##") for token in tokens)

    def vectors(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The vectors of texts already cut into tokens: (texts, 384), each of length 1."""
        found = np.zeros((len(texts), _WIDTH), np.float32)
        by_length: dict[int, list[int]] = defaultdict(list)
        for at, tokens in enumerate(texts):
            by_length[len(tokens)].append(at)
        for length, at in sorted(by_length.items()):
            size = max(_TOKENS // length, 1)
            for start in range(0, len(at), size):
                some = at[start : start + size]
                found[some] = self._run(np.array([[_START, *texts[i], _END] for i in some]))
        return found

    def _run(self, ids: npt.NDArray[np.int64]) -> Floats:
        tensors, (texts, length) = self._tensors, ids.shape
        x = tensors["embeddings.word_embeddings.weight"][ids]
        x = x + tensors["embeddings.position_embeddings.weight"][:length]
        x = x + tensors["embeddings.token_type_embeddings.weight"][0]
        x = self._norm(x.reshape(-1, _WIDTH), "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            name = f"encoder.layer.{layer}"
            heads = [
                self._dense(x, f"{name}.attention.self.{part}").reshape(texts, length, _HEADS, -1).transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            ]
            scores = heads[0] @ heads[1].transpose(0, 1, 3, 2) / np.float32(math.sqrt(_WIDTH / _HEADS))
            scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
            scores /= scores.sum(axis=-1, keepdims=True)
            seen = (scores @ heads[2]).transpose(0, 2, 1, 3).reshape(-1, _WIDTH)
            attended = self._dense(seen, f"{name}.attention.output.dense")
            x = self._norm(x + attended, f"{name}.attention.output.LayerNorm")
            wide = self._dense(x, f"{name}.intermediate.dense")
            wide *= np.float32(0.5) * (1 + erf(wide * np.float32(math.sqrt(0.5))))
            x = self._norm(x + self._dense(wide, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        mean = x.reshape(texts, length, _WIDTH).mean(axis=1)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), np.float32)

    def _dense(self, x: Floats, name: str) -> Floats:
        return np.asarray(x @ self._tensors[f"{name}.weight"].T + self._tensors[f"{name}.bias"], np.float32)

    def _norm(self, x: Floats, name: str) -> Floats:
        x = x - x.mean(axis=1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(axis=1, keepdims=True) + np.float32(1e-12))
        return x * self._tensors[f"{name}.weight"] + self._tensors[f"{name}.bias"]


def checked(path: Path, digest: str) -> bytes:
    """A file's bytes, if they are the ones that were meant.

    Raises:
        SystemExit: it is missing or another.
    """
    if not path.is_file():
        raise SystemExit(f"{path} is missing; see tools/vectors/README.md for where it comes from")
    held = path.read_bytes()
    if (found := hashlib.sha256(held).hexdigest()) != digest:
        raise SystemExit(f"{path} has SHA-256 {found}, expected {digest}; see tools/vectors/README.md")
    return held


def _safetensors(held: bytes) -> dict[str, Floats]:
    size = int.from_bytes(held[:8], "little")
    head, rest = json.loads(held[8 : 8 + size]), memoryview(held)[8 + size :]
    return {
        name: np.frombuffer(rest[slice(*at["data_offsets"])], np.float32).reshape(at["shape"])
        for name, at in head.items()
        if name != "__metadata__" and at["dtype"] == "F32"
    }
