"""A model's files from the Hugging Face hub, kept in the hub's own cache on this machine once they were fetched.

Rules: `hub:OWNER/NAME@REVISION`, and after another colon the path of the network where it is not `onnx/model.onnx`.
The files' SHA-256 must have been set beforehand: whoever first asks is told what they are, and nothing is run until
they stand in the settings. What is in the cache needs no hub. A private mirror is named by `HF_ENDPOINT`, as with
every program that uses the hub.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from twelp.errors import ConfigError

from .manner import POOLING_FILE, PROMPTS_FILE

PREFIX: Final = "hub:"
NETWORK: Final = "onnx/model.onnx"
TOKENIZER: Final = "tokenizer.json"
_CARD: Final = "README.md"
_NAME: Final = re.compile(r"hub:(?P<repo>[\w.-]+/[\w.-]+)@(?P<revision>[\w./-]+?)(?::(?P<path>[\w./-]+\.onnx))?")


def fetch(where: str, library: Any) -> tuple[Path, Path, bool, dict[str, Path]]:
    """The network and the tokenizer that are named, whether the model reads English only, and its settings files.

    Args:
        where: `hub:OWNER/NAME@REVISION[:PATH.onnx]`.
        library: the module `huggingface_hub`.

    Raises:
        ConfigError: the name makes no sense, or the hub does not give the files and they are not in the cache.
    """
    named = _NAME.fullmatch(where)
    if named is None:
        wanted = "hub:OWNER/NAME@REVISION, with :PATH.onnx after it where the network is not onnx/model.onnx"
        raise ConfigError(f"TWELP_SEMANTIC: {where!r} is no model of a hub; expected {wanted}")
    repo, revision = named["repo"], named["revision"]

    def file(name: str) -> Path:
        try:
            return Path(library.hf_hub_download(repo, name, revision=revision, etag_timeout=10))
        except Exception as error:  # the library raises its own, requests', httpx's and the file system's
            said = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise ConfigError(
                f"{name} of {repo}@{revision} cannot be had from the hub: {said}; "
                "check the name and the connection, or set TWELP_SEMANTIC to a folder"
            ) from error

    network, tokenizer = file(named["path"] or NETWORK), file(TOKENIZER)
    return network, tokenizer, _english(file, library), _settings(file)


def _settings(file: Any) -> dict[str, Path]:
    """Those of a model's settings files that it has."""
    found = {}
    for name in (POOLING_FILE, PROMPTS_FILE):
        with suppress(ConfigError):
            found[name] = file(name)
    return found


def _english(file: Any, library: Any) -> bool:
    """Whether the model's card names English and nothing else; without a card, it is taken to read everything."""
    try:
        spoken = library.ModelCard.load(file(_CARD), ignore_metadata_errors=True).data.language
    except (ConfigError, ValueError, OSError):
        return False
    return spoken in ("en", ["en"])
