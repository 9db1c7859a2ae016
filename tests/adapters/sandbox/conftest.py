"""One local X for a whole test module, back to its seed before each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.adapters.sandbox.x_stage import Stage, stage


@pytest.fixture(scope="module")
def _x_stage() -> Iterator[Stage]:
    with stage() as staged:
        yield staged


@pytest.fixture
def x(_x_stage: Stage) -> Stage:
    """A local X with an empty timeline and all limits open."""
    _x_stage.sandbox.reset()
    _x_stage.sandbox.lift_limits(False)
    return _x_stage
