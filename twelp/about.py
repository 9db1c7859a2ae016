"""Which question the work at hand is about: one id in every line of every process's log.

Set where work on a question begins, and gone where it ends, so that nothing else is taken for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_subject: ContextVar[str] = ContextVar("subject", default="")


def current() -> str:
    """The id of the question or post; empty when the work is about none."""
    return _subject.get()


def enter(subject: str) -> None:
    """From here to the end of this job, which runs in a context of its own, the work is about that question."""
    _subject.set(subject)


@contextmanager
def about(subject: str) -> Iterator[None]:
    """What happens in this block is about that question or post."""
    before = _subject.set(subject)
    try:
        yield
    finally:
        _subject.reset(before)
