"""The read model by itself: plain shapes, and docs that name every field."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from twelp.model import Backlog, Entry, JournalStep, QueuedJob, Said, Stage
from twelp.reading import (
    Act,
    AskedPerson,
    PassedOver,
    Period,
    PublicAnswer,
    QuestionState,
    QuestionView,
    Report,
    ReportRow,
    Timer,
    TrailLine,
    Waits,
    as_json,
)
from twelp.reading import Version as AnswerVersion
from twelp.reading.versions import versions

DOCS = (Path(__file__).parents[1] / "docs/json.md").read_text(encoding="utf-8")
_SHAPES = (
    QuestionView,
    QuestionState,
    Said,
    Timer,
    AskedPerson,
    PassedOver,
    AnswerVersion,
    PublicAnswer,
    TrailLine,
    Backlog,
    QueuedJob,
    Report,
    ReportRow,
    Period,
    Waits,
)
AT = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "shape",
    _SHAPES,
)
def test_every_field_that_a_program_reads_is_in_the_docs(shape: type) -> None:
    named = set(re.findall(r"`(\w+)`", DOCS))
    missing = {field.name for field in dataclasses.fields(shape)} - named
    assert not missing, f"{shape.__name__}: {missing}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Stage.ASKED, "asked"),
        (timedelta(minutes=2), 120.0),
        (ZoneInfo("Asia/Tokyo"), "Asia/Tokyo"),
        ({Stage.OPEN: (1, None, True)}, {"open": [1, None, True]}),
        (frozenset({"b", "a"}), ["a", "b"]),
        (Backlog(1, 2, 3.5), {"due": 1, "waiting": 2, "lag_s": 3.5, "parked": 0}),
        (Act(AT, "gate", JournalStep.GOOD, ()), {"at": AT.isoformat(), "actor": "gate", "step": "good", "reasons": []}),
    ],
)
def test_a_value_is_shown_in_plain_json(value: object, shown: object) -> None:
    assert as_json(value) == shown


def test_what_was_written_in_quotation_marks_keeps_its_own() -> None:
    said = Entry(AT, "x:1", "ann", JournalStep.CONFIRM, ("“Press “OK””", "“Then “Reset”.”"))
    (version,) = versions([said], [])
    assert version.posts == ("Press “OK”", "Then “Reset”.")
