"""Runs the model: texts in, one vector of length 1 each out, or zeros where the model cannot read.

Rules: one thread, so that a bot on a small machine keeps its other core. An English model is off for a text in
another language: words alone do better there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from twelp.errors import ConfigError

from .files import find, library
from .language import Ranked, not_english, ranking
from .manner import PLAIN, Manner, Pooling

_BATCH: Final = 32


class Embedder:
    """A sentence-embedding model; call it with texts. Safe to call from several threads.

    Args:
        tokenizer: texts to token ids.
        session: token ids to one vector a token.
        languages: tells languages apart, for a model that reads English only; None for one that reads all.
        manner: how the model is meant to be used.
    """

    after_vectors = False
    """A model that was named reads first what it can."""
    words_length = 0.45
    """How much words say beside it. Source: docs/decisions/0004-matching.md."""

    def __init__(
        self, tokenizer: Any, session: Any, *, languages: Ranked | None = None, manner: Manner = PLAIN
    ) -> None:
        self._tokenizer = tokenizer
        self._session = session
        self._languages = languages
        self._vocabulary = frozenset(filter(str.isalpha, (p.removeprefix("▁") for p in tokenizer.get_vocab())))
        self._inputs = [i.name for i in session.get_inputs()]
        self._manner = manner
        outputs = {found.name: found for found in session.get_outputs()}
        output = outputs.get(manner.output) if manner.output else next(iter(outputs.values()))
        if output is None:
            raise ConfigError(f"the model has no output {manner.output!r}; there are {', '.join(outputs)}")
        self._output, self.length = output.name, int(output.shape[-1])
        self._pooled = len(output.shape) == 2

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One row a text: of length 1, or zeros where the model cannot read the text."""
        rows = np.zeros((len(texts), self.length), np.float32)
        encodings = self._tokenizer.encode_batch([self._manner.prefix + text for text in texts])
        able = [i for i, text in enumerate(texts) if self._reads(text)]
        able.sort(key=lambda i: len(encodings[i].ids))  # equal lengths together: little padding
        for start in range(0, len(able), _BATCH):
            batch = able[start : start + _BATCH]
            rows[batch] = self._run([encodings[i].ids for i in batch])
        return rows

    def knows(self, word: str) -> bool:
        """Whether the word is one piece to the model: no slip, then, whatever it may look like."""
        return word in self._vocabulary

    def _run(self, ids: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
        longest = max(map(len, ids))
        tokens = np.array([[*row, *[0] * (longest - len(row))] for row in ids], np.int64)
        mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in ids], np.int64)
        given = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        out = self._session.run([self._output], {name: given[name] for name in self._inputs})[0]
        vectors = out if self._pooled else _pooled(out, mask, self._manner.pooling)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)

    def _reads(self, text: str) -> bool:
        return bool(text.strip()) and (self._languages is None or not not_english(self._languages, text))


def _pooled(out: npt.NDArray[np.floating], mask: npt.NDArray[np.int64], pooling: Pooling) -> npt.NDArray[np.floating]:
    """One vector a text, of its tokens'."""
    if pooling is Pooling.FIRST:
        return np.asarray(out[:, 0])
    lengths = mask.sum(axis=1)
    if pooling is Pooling.LAST:
        return np.asarray(out[np.arange(len(out)), lengths - 1])
    return np.asarray((out * mask[:, :, None]).sum(axis=1) / lengths[:, None])


def load(where: str = "auto", pins: str = "") -> Embedder:
    """The model of the installed packages, of a folder or of a hub, ready to run.

    Args:
        where: `auto`, a folder, or `hub:OWNER/NAME@REVISION`.
        pins: the SHA-256 of a hub's network and tokenizer.

    Raises:
        ConfigError: The libraries or the files are missing, differ from what was pinned, or cannot be read.
    """
    files = find(where, pins)
    onnxruntime, tokenizers = library("onnxruntime"), library("tokenizers")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(files.tokenizer))
        session = onnxruntime.InferenceSession(str(files.model), options, providers=["CPUExecutionProvider"])
    except Exception as broken:  # both libraries raise their own bare exceptions
        raise ConfigError(f"the model {files.model} cannot be read: {broken}; match by words instead") from broken
    tokenizer.no_padding()
    tokenizer.enable_truncation(files.manner.longest)
    languages = ranking(library("py3langid.langid")) if files.english else None
    return Embedder(tokenizer, session, languages=languages, manner=files.manner)
