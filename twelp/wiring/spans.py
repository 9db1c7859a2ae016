"""One trace a question, through every process: OpenTelemetry's spans, made at the bot's seams.

The trace's id is made of the question's, so that processes need not tell one another; so is the id of its first span,
which all others are children of. Steps are spans that end with a line of the journal and begin with an earlier one:

    hear      from the customer's post until it was read     ask       from the first wave until somebody took it
    match     until its topics were known                    answer    from the claim until the confirmation
    dispatch  until people were chosen                       claim     the same, where it came to no answer
    gate      until the gate had judged                      hold      until it went into the outbox
    publish   from there until the network had it, or refused it

Beside them stand acts of people in Slack and calls to X and Slack, as long as they really took. Attributes are ids of
posts and words of ours: no text, no person, no message of the other side's, no secret.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import NonRecordingSpan, SpanContext, SpanKind, Status, StatusCode, TraceFlags, Tracer
from opentelemetry.trace.propagation import set_span_in_context

from twelp import __version__, about
from twelp.model import Entry, JournalStep
from twelp.ports import Store, Tx

log = logging.getLogger("twelp.wiring")

_PATIENCE_S: Final = 3.0
"""How long a collector that is away may keep a process from ending."""

_STEPS: Final[Mapping[JournalStep, tuple[str, tuple[JournalStep, ...], JournalStep | None]]] = {
    JournalStep.CLAIM: ("ask", (JournalStep.WAVE, JournalStep.RELEASE, JournalStep.CLAIM_RAN_OUT), JournalStep.CLAIM),
    JournalStep.GAVE_UP: ("ask", (JournalStep.WAVE, JournalStep.RELEASE, JournalStep.CLAIM_RAN_OUT), JournalStep.CLAIM),
    JournalStep.RELEASE: ("claim", (JournalStep.CLAIM,), None),
    JournalStep.CLAIM_RAN_OUT: ("claim", (JournalStep.CLAIM,), None),
    JournalStep.CONFIRM: ("answer", (JournalStep.CLAIM,), None),
    JournalStep.GOOD: ("gate", (JournalStep.CONFIRM,), None),
    JournalStep.HELD: ("gate", (JournalStep.CONFIRM,), None),
    JournalStep.INTO_OUTBOX: ("hold", (JournalStep.GOOD, JournalStep.HELD), None),
    JournalStep.PUBLISHED: ("publish", (JournalStep.INTO_OUTBOX,), None),
    JournalStep.REFUSED: ("publish", (JournalStep.INTO_OUTBOX,), None),
    JournalStep.WITHDRAWN: ("publish", (JournalStep.INTO_OUTBOX,), None),
    JournalStep.REWORD: ("publish", (JournalStep.INTO_OUTBOX,), None),
}
"""By the line that ends it: the span, the lines it may begin with, and the one behind which they are not looked for.

Of several such lines the latest begins it; where there is a line to stop at, the earliest after that.
"""


def trace_id(question: str) -> int:
    """The trace of a question, in every process: the first 16 bytes of its id's SHA-256."""
    return int.from_bytes(hashlib.sha256(question.encode()).digest()[:16])


def root_id(question: str) -> int:
    """The first span of that trace: the 8 bytes that follow."""
    return int.from_bytes(hashlib.sha256(question.encode()).digest()[16:24])


class _Ids:
    """Ids at random, but for the first span of a question."""

    def __init__(self) -> None:
        self.first: ContextVar[str] = ContextVar("first", default="")
        self._random = RandomIdGenerator()

    def generate_trace_id(self) -> int:
        return trace_id(self.first.get()) if self.first.get() else int(self._random.generate_trace_id())

    def generate_span_id(self) -> int:
        return root_id(self.first.get()) if self.first.get() else int(self._random.generate_span_id())

    def is_trace_id_random(self) -> bool:
        return True  # as good as: the sampler's dice are thrown by them


class Spans:
    """Makes spans and sends them, in batches, from a thread of its own; see `twelp.wiring.tracing.Tracing`.

    Args:
        store: where the journal is read.
        instance: this process's name among all.
        parts: what this process does.
    """

    def __init__(self, store: Store[Tx], instance: str, parts: Collection[str]) -> None:
        self._store = store
        self._ids = _Ids()
        told = {"service.version": __version__, "service.instance.id": instance, "twelp.parts": sorted(parts)}
        resource = Resource(told).merge(Resource.create())  # of which the environment's wins
        if str(resource.attributes["service.name"]).startswith("unknown_service"):
            resource = resource.merge(Resource({"service.name": "twelp"}))
        ids: Any = self._ids
        self._provider = TracerProvider(resource=resource, id_generator=ids, shutdown_on_exit=False)
        self._exporter = OTLPSpanExporter()
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        logging.getLogger("opentelemetry").setLevel(logging.ERROR)  # each try again is no news
        self._tracer: Tracer = self._provider.get_tracer("twelp", __version__)

    def stop(self) -> None:
        """Sends what is left, if the collector takes it within a moment."""
        ending = threading.Thread(target=self._provider.shutdown, name="traces-end", daemon=True)
        ending.start()
        ending.join(_PATIENCE_S)
        if ending.is_alive():
            self._exporter.shutdown()
            log.warning("the last spans were not taken by the collector and are lost")

    # ------------------------------------------------------------ steps

    def line(self, entry: Entry) -> None:
        """A line of the journal was committed."""
        try:
            self._line(entry)
        except Exception as error:
            log.warning("no span for a step of %s (%s)", entry.subject, type(error).__name__)

    def _line(self, entry: Entry) -> None:
        if entry.step is JournalStep.TOPICS:
            self._opened(entry)
        elif entry.step is JournalStep.WAVE:
            trail = self._before(entry)
            begun = trail[-1].at if trail and trail[-1].step is JournalStep.TOPICS else entry.at
            self._step("dispatch", begun, entry, {"twelp.wave": int(entry.reasons[0])})
        elif entry.step in _STEPS:
            name, begins, stop = _STEPS[entry.step]
            found = _began(self._before(entry), begins, stop)
            self._step(name, found or entry.at, entry, {"twelp.outcome": entry.step.value})

    def _opened(self, entry: Entry) -> None:
        with self._store.read() as tx:
            heard = tx.post(entry.subject)
        trail = self._before(entry)
        if heard is None:
            return
        read_at = trail[-1].at if trail else entry.at
        token = self._ids.first.set(entry.subject)
        try:
            first = self._tracer.start_span(
                "hear",
                context=Context(),
                start_time=_ns(min(heard[0].created_at, read_at)),
                attributes={"twelp.question": entry.subject, "twelp.kind": heard[1].kind.value},
            )
        finally:
            self._ids.first.reset(token)
        first.end(_ns(read_at))
        self._step("match", read_at, entry, {})

    def _before(self, entry: Entry) -> Sequence[Entry]:
        """The question's journal up to that line, without it."""
        with self._store.read() as tx:
            trail = tx.trail(entry.subject)
        last = max((n for n, line in enumerate(trail) if (line.step, line.at) == (entry.step, entry.at)), default=0)
        return trail[:last]

    def _step(self, name: str, begun: datetime, entry: Entry, more: dict[str, Any]) -> None:
        attributes = {"twelp.question": entry.subject, **more}
        under = self._under(entry.subject)
        span = self._tracer.start_span(name, context=under, start_time=_ns(begun), attributes=attributes)
        span.end(_ns(max(begun, entry.at)))

    # ------------------------------------------------------------ acts and calls

    def acts(self, desk: Any, names: Collection[str]) -> Any:
        """The desk, with a span around each of these acts; their first argument is the question's id."""
        acts = {name: self._act(getattr(desk, name), name) for name in names}
        return _Seen(desk, acts)

    def _act(self, method: Callable[..., Any], name: str) -> Callable[..., Any]:
        made = {"twelp.act": name}

        def act(*args: Any, **kwargs: Any) -> Any:
            question = str(args[0]) if args else ""
            return self._around(f"act {name}", question, made, lambda: method(*args, **kwargs))

        return act

    def calls(self, adapter: Any, to: str, names: Sequence[str]) -> Any:
        """The adapter, with a span around each of these calls that is about a question."""
        return _Seen(adapter, {name: self._call(getattr(adapter, name), to, name) for name in names})

    def _call(self, method: Callable[..., Any], to: str, name: str) -> Callable[..., Any]:
        made = {"peer.service": to, "twelp.call": name}

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._around(f"{to} {name}", about.current(), made, lambda: method(*args, **kwargs), SpanKind.CLIENT)

        return call

    def _around(
        self, name: str, question: str, made: dict[str, str], do: Callable[[], Any], kind: Any = SpanKind.INTERNAL
    ) -> Any:
        if not question:
            return do()
        attributes = {"twelp.question": question, **made}
        span = self._tracer.start_span(name, context=self._under(question), kind=kind, attributes=attributes)
        try:
            return do()
        except Exception as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(Status(StatusCode.ERROR))
            raise
        finally:
            span.end()

    def _under(self, question: str) -> Context:
        """A child of the question's first span; sampled or not as that one is, in every process."""
        trace = trace_id(question)
        drawn = self._provider.sampler.should_sample(None, trace, "hear").decision.is_sampled()
        flags = TraceFlags(TraceFlags.SAMPLED if drawn else TraceFlags.DEFAULT)
        return set_span_in_context(NonRecordingSpan(SpanContext(trace, root_id(question), True, flags)), Context())


class _Seen:
    """Something of which some methods are seen; everything else is its own."""

    def __init__(self, inner: Any, seen: dict[str, Callable[..., Any]]) -> None:
        self._inner = inner
        vars(self).update(seen)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def _began(trail: Sequence[Entry], begins: Collection[JournalStep], stop: JournalStep | None) -> datetime | None:
    found = None
    for line in reversed(trail):
        if stop is not None and line.step is stop:
            break
        if line.step in begins:
            found = line.at
            if stop is None:
                break
    return found


def _ns(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000) * 1_000
