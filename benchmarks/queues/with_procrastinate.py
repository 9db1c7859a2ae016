"""procrastinate: a lane is a lock."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import Any

from psycopg_pool import AsyncConnectionPool

from benchmarks.queues import CARD, HANDS, LEFT, MAKE, NEW, STEP, people


def run(address: str, questions: int) -> None:
    """All of them."""
    asyncio.run(_run(address, questions))


async def _run(address: str, questions: int) -> None:
    made: Any = import_module("procrastinate")
    app = made.App(connector=made.PsycopgConnector(conninfo=address))
    pool: Any = AsyncConnectionPool(address, min_size=4, max_size=HANDS, open=False)

    async def does(text: str, *args: int) -> Any:
        async with pool.connection() as connection:
            cursor = await connection.execute(text, args)
            return await cursor.fetchone() if cursor.description else None

    @app.task(name="card")
    async def card(question: int) -> None:
        if (await does(CARD, question))[0] == 3:
            await publish.defer_async(question=question)

    @app.task(name="publish")
    async def publish(question: int) -> None:
        await does(STEP, question)
        for person in people(question):
            await step.configure(lock=f"p{person}").defer_async(question=question)
        await step.defer_async(question=question)

    @app.task(name="step")
    async def step(question: int) -> None:
        await does(STEP, question)

    async with pool, app.open_async():
        await app.schema_manager.apply_schema_async()
        await does(MAKE)
        worker = asyncio.create_task(app.run_worker_async(concurrency=HANDS, install_signal_handlers=False))
        for question in range(questions):
            await does(NEW, question)
            for person in people(question):
                await card.configure(lock=f"p{person}").defer_async(question=question)
                await step.configure(schedule_in={"hours": 1}).defer_async(question=question)
        while (await does(LEFT))[0]:
            await asyncio.sleep(0.05)
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
