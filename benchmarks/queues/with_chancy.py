"""chancy: it knows no lanes, but limits each queue."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from psycopg_pool import AsyncConnectionPool

from benchmarks.queues import CARD, HANDS, LEFT, MAKE, NEW, STEP

_EXECUTOR = "chancy.executors.asyncex.AsyncExecutor"
_here: dict[str, Any] = {}
"""What the jobs use, which it finds by their names: the queue, and connections."""


async def _does(text: str, *args: int) -> Any:
    async with _here["pool"].connection() as one:
        cursor = await one.execute(text, args)
        return await cursor.fetchone() if cursor.description else None


async def _enqueue(job: Any, question: int, times: int = 1, after: timedelta | None = None) -> None:
    made = import_module("chancy").Job.from_func(job, queue="all").with_kwargs(question=question)
    if after is not None:
        made = made.with_scheduled_at(datetime.now(UTC) + after)
    async for _ in _here["queue"].push_many([made] * times):
        pass


async def card(*, question: int) -> None:
    """A card is sent."""
    if (await _does(CARD, question))[0] == 3:
        await _enqueue(publish, question)


async def publish(*, question: int) -> None:
    """The answer is published."""
    await _does(STEP, question)
    await _enqueue(step, question, 4)


async def step(*, question: int) -> None:
    """A refresh, or a lesson."""
    await _does(STEP, question)


def run(address: str, questions: int) -> None:
    """All of them."""
    asyncio.run(_run(address, questions))


async def _run(address: str, questions: int) -> None:
    made = import_module("chancy")
    _here["pool"] = AsyncConnectionPool(address, min_size=4, max_size=HANDS, open=False)
    async with _here["pool"], made.Chancy(address) as queue:
        _here["queue"] = queue
        await queue.migrate()
        await _does(MAKE)
        await queue.declare(
            made.Queue("all", concurrency=HANDS, executor=_EXECUTOR, polling_interval=1, eager_polling=True)
        )
        async with made.Worker(queue, register_signal_handlers=False):
            for question in range(questions):
                await _does(NEW, question)
                await _enqueue(card, question, 3)
                await _enqueue(step, question, 3, timedelta(hours=1))
            began = time.monotonic()
            while (await _does(LEFT))[0] and time.monotonic() < began + 240:
                await asyncio.sleep(0.05)
