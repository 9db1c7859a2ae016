"""DBOS: each job is a workflow of one step."""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

from psycopg_pool import ConnectionPool

from benchmarks.queues import CARD, HANDS, LEFT, MAKE, NEW, STEP

_HOUR_S = 3600.0


def run(address: str, questions: int) -> None:
    """All of them."""
    made = import_module("dbos")
    dbos: Any = made.DBOS
    dbos(config={"name": "measured", "system_database_url": address, "log_level": "ERROR", "run_admin_server": False})
    pool = ConnectionPool(address, min_size=4, max_size=HANDS)

    def does(text: str, *args: int) -> Any:
        with pool.connection() as one:
            cursor = one.execute(text, args)
            return cursor.fetchone() if cursor.description else None

    @dbos.workflow()  # type: ignore[untyped-decorator]
    def step(question: int) -> None:
        does(STEP, question)

    @dbos.workflow()  # type: ignore[untyped-decorator]
    def publish(question: int) -> None:
        does(STEP, question)
        for _ in range(4):
            queue.enqueue(step, question)

    @dbos.workflow()  # type: ignore[untyped-decorator]
    def card(question: int) -> None:
        if does(CARD, question)[0] == 3:
            queue.enqueue(publish, question)

    dbos.launch()
    queue = dbos.register_queue("all", concurrency=HANDS, polling_interval_sec=0.1)
    does(MAKE)
    for question in range(questions):
        does(NEW, question)
        for _ in range(3):
            queue.enqueue(card, question)
            with made.SetEnqueueOptions(delay_seconds=_HOUR_S):
                queue.enqueue(step, question)
    while does(LEFT)[0]:
        time.sleep(0.05)
    dbos.destroy()
    pool.close()
