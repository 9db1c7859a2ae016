"""What happens next to a question, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from twelp.model import JobState, QueuedJob

_MOST: Final = 50
"""Jobs of one question that are told of."""

_WORDS: Final = MappingProxyType(
    {
        "widen": "more people are asked, if nobody has it by then",
        "give_up": "it is given up, if nobody has answered by then",
        "lapse": "the claim runs out, if nothing is confirmed by then",
        "publish": "the hold is over, and the answer goes out",
        "remind": "moderators are reminded, if nobody has looked by then",
        "seek": "our own timeline is read for the answer that was posted by hand",
        "look_at_ours": "it is looked again whether our answer stands",
        "likes": "likes of the answer are looked for",
    }
)


@dataclass(frozen=True, slots=True)
class Timer:
    """A job about the question.

    Attributes:
        id: its number, as in `twelp jobs`.
        job: what runs, by name.
        does: what comes of it, in words.
        run_at: when; None while it is parked.
        state: where the job stands.
        failures: tries that failed.
        error: why the latest of them did.
    """

    id: int
    job: str
    does: str
    run_at: datetime | None
    state: JobState
    failures: int
    error: str


def timers(jobs: Sequence[QueuedJob]) -> tuple[Timer, ...]:
    """What these jobs come to, soonest first; parked ones before all."""
    return tuple(
        Timer(job.id, job.job, _does(job), job.run_at, job.state, job.failures, job.error) for job in jobs[:_MOST]
    )


def _does(job: QueuedJob) -> str:
    if job.job == "deliver":
        return "something goes to the network" if job.queue == "network" else "somebody is told in Slack"
    return _WORDS.get(job.job, job.job)
