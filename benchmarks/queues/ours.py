"""twelp's own queue."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from benchmarks.queues import CARD, LEFT, MAKE, NEW, STEP, people
from twelp.adapters.store import SqlStore
from twelp.engine import Engine
from twelp.wiring import RealClock


def run(address: str, questions: int) -> None:
    """All of them."""
    store = SqlStore(address.replace("postgresql:", "postgresql+psycopg:"))
    engine = Engine(store, RealClock())
    jobs: Any = engine.jobs

    def does(tx: Any, text: str, *args: int) -> Any:
        return tx.connection.exec_driver_sql(text, args)

    def card(question: int, _: int) -> None:
        with store.transaction() as tx:
            if does(tx, CARD, question).scalar_one() == 3:
                jobs.enqueue(tx, "publish", f"p{question}", question, queue="network")

    def publish(question: int) -> None:
        with store.transaction() as tx:
            does(tx, STEP, question)
            for person in people(question):
                jobs.enqueue(tx, "step", f"r{question}", question, queue="workspace", partition=str(person))
            jobs.enqueue(tx, "step", f"l{question}", question)

    def step(question: int) -> None:
        with store.transaction() as tx:
            does(tx, STEP, question)

    with store.transaction() as tx:
        does(tx, MAKE)
    engine.start({"card": card, "publish": publish, "step": step, "timer": step})
    for question in range(questions):
        with store.transaction() as tx:
            does(tx, NEW, question)
            for person in people(question):
                jobs.enqueue(tx, "card", f"c{question}", question, person, queue="workspace", partition=str(person))
                jobs.enqueue(tx, "timer", f"t{question}", question, delay=timedelta(hours=1))
    while True:
        with store.read() as tx:
            if not does(tx, LEFT).scalar_one():
                break
        time.sleep(0.05)
    engine.stop()
    store.close()
