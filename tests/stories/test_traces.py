"""Traces: one a question, of every step and call, to a collector that really listens; nothing of anybody's in them."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pydantic import SecretStr

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.wiring import tracing
from twelp.wiring.local import SECRETS


class Collector:
    """Takes spans by OTLP over HTTP."""

    def __init__(self) -> None:
        bodies: list[bytes] = []

        class Taking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/x-protobuf")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Says nothing."""

        self.bodies = bodies
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def spans(self) -> list[Any]:
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        scopes = [scope for r in requests for resource in r.resource_spans for scope in resource.scope_spans]
        return [span for scope in scopes for span in scope.spans]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    pytest.importorskip("opentelemetry.exporter.otlp.proto.http", reason="twelp[otel] is not installed")
    made = Collector()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", made.address)
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
    yield made
    made.close()


def test_a_question_is_one_trace_through_the_process_that_asks_and_the_one_that_answers(
    closed_scene: Scene, collector: Collector
):
    from twelp.wiring.spans import root_id, trace_id

    scene = closed_scene
    scene.open()
    post_id = scene.post(QUESTION)
    scene.fault(kind="status", status=503, network="x", method="POST", path="/2/tweets")
    scene.close()
    scene.open()  # another process, for all that a trace can tell
    scene.answer("ann", ANSWER, post_id)
    scene.pass_time(minutes=5)
    scene.close()

    spans = collector.spans()
    key = f"x:{post_id}"
    assert {int.from_bytes(span.trace_id) for span in spans} == {trace_id(key)}
    names = {span.name for span in spans}
    assert {"hear", "match", "dispatch", "ask", "answer", "gate", "hold", "publish"} <= names, names
    assert {"x reply", "slack post_card", "slack update_card", "act confirm"} <= names, names
    first = next(span for span in spans if span.name == "hear")
    assert (int.from_bytes(first.span_id), first.parent_span_id) == (root_id(key), b"")
    assert {span.parent_span_id for span in spans if span is not first} == {first.span_id}
    assert len({span.span_id for span in spans}) == len(spans)
    hold = next(span for span in spans if span.name == "hold")
    assert round((hold.end_time_unix_nano - hold.start_time_unix_nano) / 1e9) == 60, "the hold of these settings"
    replies = [span for span in spans if span.name == "x reply"]
    assert [span.status.code for span in replies] == [2, 0], "the call that failed, and the one that did not"
    sent = b"".join(collector.bodies)
    for word in (QUESTION, ANSWER, "soundbar", "HDMI", "mia", "ann", *SECRETS.values()):
        assert word.encode() not in sent, word


def test_a_collector_that_is_away_changes_nothing(
    closed_scene: Scene, collector: Collector, monkeypatch: pytest.MonkeyPatch
):
    collector.close()
    monkeypatch.setattr("twelp.wiring.spans._PATIENCE_S", 0.2)
    scene = closed_scene
    scene.open()
    post_id = scene.post(QUESTION)
    scene.answer("ann", ANSWER, post_id)
    scene.pass_time(minutes=5)
    assert len(scene.replies(post_id)) == 1
    scene.close()


def test_where_nobody_asks_for_traces_nothing_of_them_is_loaded_or_wrapped(
    quick_scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    house = quick_scene.running_house
    assert house.desk.context.told is None
    monkeypatch.setitem(sys.modules, "twelp.wiring.spans", None)
    assert tracing.begin(house.store, "it", ()) is None


def test_who_asks_for_traces_without_the_extra_is_told_what_to_install(
    quick_scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setitem(sys.modules, "twelp.wiring.spans", None)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    with caplog.at_level(logging.WARNING):
        assert tracing.begin(quick_scene.running_house.store, "it", ()) is None
    assert 'pip install "twelp[otel]"' in caplog.text


@pytest.mark.parametrize(
    ("environment", "asked", "why_not"),
    [
        ({}, False, ""),
        ({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318"}, False, ""),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, True, ""),
        ({"OTEL_TRACES_EXPORTER": "zipkin"}, True, "by otlp alone"),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
            True,
            "http/protobuf",
        ),
    ],
)
def test_opentelemetrys_own_settings_decide(environment: dict[str, str], asked: bool, why_not: str):
    found, said = tracing.wanted(environment)
    assert found is asked
    assert why_not in said


def test_settings_of_traces_may_stand_in_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OTEL_SERVICE_NAME", "from-outside")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "")
    monkeypatch.delenv("OTEL_TRACES_SAMPLER")
    file = tmp_path / ".env"
    file.write_text("OTEL_SERVICE_NAME=from-file\nOTEL_TRACES_SAMPLER=always_off\nX_OTHER=1\n", encoding="utf-8")
    tracing.read(file)
    assert (os.environ["OTEL_SERVICE_NAME"], os.environ["OTEL_TRACES_SAMPLER"]) == ("from-outside", "always_off")
    assert "X_OTHER" not in os.environ
    monkeypatch.delenv("OTEL_TRACES_SAMPLER")


def test_what_a_collector_takes_for_a_credential_is_blotted_out_of_the_log(monkeypatch: pytest.MonkeyPatch):
    from twelp.cli import logs
    from twelp.config import Settings

    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "api-key=hush%20hush,team=t")
    secrets = logs._secrets(Settings.model_validate({"SLACK_BOT_TOKEN": SecretStr("xoxb-1")}))
    assert {"hush%20hush", "hush hush"} <= set(secrets)
