"""Runs the model: texts in, one vector of length 1 each out, or zeros where the model cannot read.

Rules: one thread, so that a house on a small machine keeps its other core. An English model is off for a text mostly
in other letters, or whose words break into many pieces (another language in Latin letters): words alone do better
there.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from twelp.errors import ConfigError

from .files import Files, find

_LONGEST: Final = 64
"""Tokens read of a text; a post of 280 characters has about 60."""
_MOST_PIECES: Final = 2.0
"""Pieces a word from which a text is not English. Source: docs/decisions/0004-matching.md."""
_FEWEST_WORDS: Final = 3
_BATCH: Final = 32


class Embedder:
    """A sentence-embedding model; call it with texts. Safe to call from several threads."""

    def __init__(self, tokenizer: Any, session: Any, *, english: bool) -> None:
        self._tokenizer = tokenizer
        self._session = session
        self._english = english
        self._inputs = [i.name for i in session.get_inputs()]
        self.length = int(session.get_outputs()[0].shape[-1])

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One row a text: of length 1, or zeros where the model cannot read the text."""
        rows = np.zeros((len(texts), self.length), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        able = [i for i, e in enumerate(encodings) if self._reads(texts[i], e.tokens)]
        able.sort(key=lambda i: len(encodings[i].ids))  # equal lengths together: little padding
        for start in range(0, len(able), _BATCH):
            batch = able[start : start + _BATCH]
            rows[batch] = self._run([encodings[i].ids for i in batch])
        return rows

    def _run(self, ids: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
        longest = max(map(len, ids))
        tokens = np.array([[*row, *[0] * (longest - len(row))] for row in ids], np.int64)
        mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in ids], np.int64)
        given = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        out = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        mean = (out * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9), np.float32)

    def _reads(self, text: str, tokens: Sequence[str]) -> bool:
        if not text.strip():
            return False
        letters = [c for c in text if c.isalpha()]
        if not self._english or not letters:
            return True
        words = len(text.split())
        latin = sum(c.isascii() for c in letters) > 0.8 * len(letters)
        whole = words < _FEWEST_WORDS or len(tokens) - 2 <= _MOST_PIECES * words
        return latin and whole


def load(folder: Path | None = None) -> Embedder:
    """The model of this folder, or of the installed packages, ready to run.

    Raises:
        ConfigError: The libraries or the files are missing, differ from what was pinned, or cannot be read.
    """
    files: Files = find(folder)
    onnxruntime, tokenizers = _library("onnxruntime"), _library("tokenizers")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(files.tokenizer))
        session = onnxruntime.InferenceSession(str(files.model), options, providers=["CPUExecutionProvider"])
    except Exception as broken:  # both libraries raise their own bare exceptions
        where = files.model.parent
        raise ConfigError(f"the model in {where} cannot be read: {broken}; match by words instead") from broken
    tokenizer.no_padding()
    tokenizer.enable_truncation(_LONGEST)
    return Embedder(tokenizer, session, english=files.english)


def _library(name: str) -> Any:
    """An optional library, loaded only by those who want embeddings."""
    try:
        return import_module(name)
    except ImportError as missing:
        raise ConfigError(f"embeddings need {name}, which is not installed; install twelp[semantic]") from missing
