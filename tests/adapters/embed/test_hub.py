"""A model from a hub, by the hub's own library, from a server that speaks the hub's protocol on this machine."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from twelp.adapters.embed import find, hub
from twelp.errors import ConfigError

library = pytest.importorskip("huggingface_hub", reason="needs twelp[semantic]")

COMMIT = "0123456789abcdef0123456789abcdef01234567"
NAME = f"hub:shop/model@{COMMIT}"


class Hub(BaseHTTPRequestHandler):
    """Serves `files` of shop/model the way the hub does: a HEAD that names commit and hash, then a GET."""

    files: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        path = self.path.removeprefix(f"/shop/model/resolve/{COMMIT}/")
        body = self.files.get(path)
        self.send_response(404 if body is None else 200)
        if body is None:
            self.send_header("X-Error-Code", "EntryNotFound")
            body = b""
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("ETag", f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    from huggingface_hub import constants, file_download

    url = f"http://127.0.0.1:{server.server_address[1]}"
    for module in (constants, file_download):
        for name, value in (("ENDPOINT", url), ("HF_HUB_CACHE", str(tmp_path / "cache"))):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)
    template = "{endpoint}/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template.replace("{endpoint}", url))
    monkeypatch.setattr(Hub, "files", {hub.NETWORK: b"network", hub.TOKENIZER: b"{}"})
    yield Hub.files
    server.shutdown()
    server.server_close()
    thread.join()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_model_is_fetched_once_and_checked(served: dict[str, bytes]) -> None:
    pins = f"{digest(b'network')} {digest(b'{}')}"
    found = find(NAME, pins)
    assert found.model.read_bytes() == b"network"
    assert not found.english
    served.clear()
    assert find(NAME, pins) == found, "what is in the cache needs no hub"


def test_who_has_not_pinned_a_model_is_told_its_hashes_and_it_is_not_run(served: dict[str, bytes]) -> None:
    with pytest.raises(ConfigError, match=f"TWELP_SEMANTIC_PINS='{digest(b'network')} {digest(b'{}')}'"):
        find(NAME)


def test_a_model_that_is_not_the_pinned_one_is_not_run(served: dict[str, bytes]) -> None:
    with pytest.raises(ConfigError, match="expected 0000"):
        find(NAME, f"{'0' * 64} {digest(b'{}')}")


def test_a_models_card_says_that_it_reads_english_only(served: dict[str, bytes]) -> None:
    served["README.md"] = b"---\nlanguage: en\n---\nA model."
    assert find(NAME, f"{digest(b'network')} {digest(b'{}')}").english


def test_another_file_than_the_usual_one_can_be_named(served: dict[str, bytes]) -> None:
    served["onnx/small.onnx"] = b"small"
    found = find(f"{NAME}:onnx/small.onnx", f"{digest(b'small')} {digest(b'{}')}")
    assert found.model.read_bytes() == b"small"


@pytest.mark.parametrize("where", ["hub:", "hub:model", "hub:shop/model", "hub:shop/model@", "hub:../../x@y z"])
def test_a_name_that_makes_no_sense_is_told(where: str) -> None:
    with pytest.raises(ConfigError, match="hub:OWNER/NAME@REVISION"):
        hub.fetch(where, library)


def test_what_the_hub_does_not_have_is_told_with_the_remedy(served: dict[str, bytes]) -> None:
    del served[hub.NETWORK]
    with pytest.raises(ConfigError, match=r"onnx/model.onnx of shop/model.* cannot be had .* folder"):
        find(NAME)
