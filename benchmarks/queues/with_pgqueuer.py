"""pgqueuer: it knows no lanes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from importlib import import_module
from typing import Any

from psycopg_pool import AsyncConnectionPool

from benchmarks.queues import CARD, HANDS, LEFT, MAKE, NEW, STEP


def run(address: str, questions: int) -> None:
    """All of them."""
    asyncio.run(_run(address, questions))


async def _run(address: str, questions: int) -> None:
    asyncpg, made, drivers = (import_module(name) for name in ("asyncpg", "pgqueuer", "pgqueuer.db"))
    connection: Any = await asyncpg.connect(address)
    queue: Any = made.PgQueuer(drivers.AsyncpgDriver(connection))
    more: Any = import_module("pgqueuer.queries").Queries(drivers.AsyncpgDriver(await asyncpg.connect(address)))
    await more.install()
    pool: Any = AsyncConnectionPool(address, min_size=4, max_size=HANDS, open=False)

    async def does(text: str, *args: int) -> Any:
        async with pool.connection() as one:
            cursor = await one.execute(text, args)
            return await cursor.fetchone() if cursor.description else None

    async def enqueue(names: list[str], question: int, after: timedelta | None = None) -> None:
        await more.enqueue(names, [str(question).encode()] * len(names), [0] * len(names), [after] * len(names))

    @queue.entrypoint("card")
    async def card(job: Any) -> None:
        if (await does(CARD, int(job.payload)))[0] == 3:
            await enqueue(["publish"], int(job.payload))

    @queue.entrypoint("publish")
    async def publish(job: Any) -> None:
        await does(STEP, int(job.payload))
        await enqueue(["step"] * 4, int(job.payload))

    @queue.entrypoint("step")
    async def step(job: Any) -> None:
        await does(STEP, int(job.payload))

    async with pool:
        await does(MAKE)
        worker = asyncio.create_task(queue.run(max_concurrent_tasks=2 * HANDS, batch_size=HANDS))
        for question in range(questions):
            await does(NEW, question)
            await enqueue(["card"] * 3, question)
            await enqueue(["step"] * 3, question, timedelta(hours=1))
        while (await does(LEFT))[0]:
            await asyncio.sleep(0.05)
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
