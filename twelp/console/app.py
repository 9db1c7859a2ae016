"""The console's routes."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from twelp.console.guard import guarded
from twelp.model import Roster
from twelp.ports import Clock, Jobs, Store
from twelp.reading import QuestionView, as_json, read_question


@dataclass(frozen=True, slots=True)
class Sources:
    """What the console reads from."""

    store: Store
    jobs: Jobs
    roster: Roster
    clock: Clock

    def question(self, key: str) -> QuestionView | None:
        """A question whole."""
        with self.store.read() as tx:
            return read_question(tx, key, jobs=self.jobs, roster=self.roster)


def console_routes(sources: Sources) -> list[BaseRoute]:
    """Where the console answers."""

    async def question_json(request: Request) -> Response:
        found = await run_in_threadpool(sources.question, request.path_params["key"])
        if found is None:
            return JSONResponse({"error": "that post was never heard"}, status_code=404)
        return JSONResponse(as_json(found))

    return [Route("/questions/{key}.json", guarded(question_json))]
