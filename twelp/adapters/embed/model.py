"""Runs the model: texts in, one vector of length 1 each out, or zeros where the model cannot read.

Rules: one thread, so that a house on a small machine keeps its other core. An English model is off for a text in
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

_LONGEST: Final = 64
"""Tokens read of a text; a post of 280 characters has about 60."""
_BATCH: Final = 32


class Embedder:
    """A sentence-embedding model; call it with texts. Safe to call from several threads.

    Args:
        tokenizer: texts to token ids.
        session: token ids to one vector a token.
        languages: tells languages apart, for a model that reads English only; None for one that reads all.
    """

    def __init__(self, tokenizer: Any, session: Any, *, languages: Ranked | None = None) -> None:
        self._tokenizer = tokenizer
        self._session = session
        self._languages = languages
        self._vocabulary = frozenset(filter(str.isalpha, (p.removeprefix("▁") for p in tokenizer.get_vocab())))
        self._inputs = [i.name for i in session.get_inputs()]
        self.length = int(session.get_outputs()[0].shape[-1])

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One row a text: of length 1, or zeros where the model cannot read the text."""
        rows = np.zeros((len(texts), self.length), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
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
        out = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        mean = (out * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9), np.float32)

    def _reads(self, text: str) -> bool:
        return bool(text.strip()) and (self._languages is None or not not_english(self._languages, text))


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
    tokenizer.enable_truncation(_LONGEST)
    languages = ranking(library("py3langid.langid")) if files.english else None
    return Embedder(tokenizer, session, languages=languages)
