"""X's published payloads and the posts they must become (`tests/data/x`, sources in its README)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from twelp.adapters.x.parse import batch_of

GOLDEN = Path(__file__).parents[2] / "data" / "x"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def told(post: Any) -> dict[str, Any]:
    """Field by field, as JSON holds it."""
    found: dict[str, Any] = json.loads(json.dumps({**asdict(post), "created_at": post.created_at.isoformat()}))
    return found


@pytest.mark.parametrize("name", sorted(path.name.removesuffix(".x.json") for path in GOLDEN.glob("*.x.json")))
def test_a_payload_of_x_becomes_these_posts(name: str) -> None:
    batch = batch_of(json.loads((GOLDEN / f"{name}.x.json").read_text("utf-8")), NOW)
    expected = json.loads((GOLDEN / f"{name}.post.json").read_text("utf-8"))
    assert [told(post) for post in reversed(batch.posts)] == expected
    assert batch.malformed == ()


def test_every_payload_has_its_posts_and_its_source() -> None:
    payloads = {path.name.removesuffix(".x.json") for path in GOLDEN.glob("*.x.json")}
    posts = {path.name.removesuffix(".post.json") for path in GOLDEN.glob("*.post.json")}
    readme = (GOLDEN / "README.md").read_text("utf-8")
    assert payloads == posts
    assert [name for name in payloads if f"`{name}`" not in readme] == []
