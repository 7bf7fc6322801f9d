"""Runs that hubs share over NATS, beside a server by itself and one with a runner that has joined it."""

import time

from .asking import answer, ask_for_runs
from .hub import Alone, Hub
from .kinds import nats_hubs
from .latency import lateness
from .natswrites import Writes
from .percentiles import p50, p99
from .plan import MB
from .throughput import copy
from .turns import Turns

LOCAL = "local"
DIAL_IN = "dial-in"


def measure(section, subjects, plan, processes):
    here = [subject for subject in subjects if subject.is_ours and not subject.is_tls][-1]
    section.title = f"NATS: a hub of {here.name} that shares its runs, all on this machine"
    section.references = (LOCAL, DIAL_IN)
    section.lead = (
        "NATS servers, hub, runner and client have the processors of this machine to themselves together:"
        " what more machines gain is not in these numbers, and neither is what their network costs."
    )
    work = here.token_file.parents[1] / "shared"
    work.mkdir()
    limit = ["--queue-limit", str(plan.short_runs)]
    local = Alone(here, LOCAL, here.tox, work, processes, limit)
    dial_in = Hub(here, DIAL_IN, 1, here.tox, work, processes, limit)
    shared = nats_hubs(here, 1, work, processes, limit)
    servers = (local, dial_in, *shared)
    turns = Turns(section, plan, processes)
    for _ in range(plan.shared_rounds):
        turns.round(servers, lambda subject, turn: _output(subject, turn, plan, processes))
        turns.round(servers, lambda subject, turn: _lines(subject, turn, plan, processes))
        turns.round(servers, lambda subject, turn: _short(subject, turn, plan))
        turns.round(shared, lambda subject, turn: _writes(subject, turn, plan))
    for server in servers:
        server.end()


def _output(server, turn, plan, processes):
    before = server.processor_seconds()
    steady, _ = copy(server, turn, plan.throughput_blocks, processes)
    turn.add("output, first byte to last", "MB/s", steady)
    for what, busy in server.processor_seconds().items():
        turn.add(f"processor of {what} for 1 GB of output", "s", (busy - before[what]) / turn.arrived * 1000 * MB)


def _lines(server, turn, plan, processes):
    turn.expect(plan.shared_lines, "lines")
    late = lateness(server, turn, processes)
    turn.add("a line, p50", "ms", p50(late))
    turn.add("a line, p99", "ms", p99(late))


def _short(server, turn, plan):
    """Detached runs of a program that does nothing, one after another on one runner."""
    turn.expect(plan.short_runs, "runs")
    runs = [f"short-{time.monotonic_ns()}-{number}" for number in range(plan.short_runs)]
    with server.connect() as client:
        began = time.monotonic()
        ask_for_runs(client, runs, ["true"])
        while answer(client, "tox.ping", {})["tasks"] > 1:
            time.sleep(0.01)
        turn.arrived = plan.short_runs
        turn.add("short runs", "a second", plan.short_runs / (time.monotonic() - began))


def _writes(hub, turn, plan):
    writes = Writes(hub)
    try:
        millis = writes.one_after_another(plan.writes // 10)
        turn.add("a write to NATS, p50", "ms", p50(millis))
        turn.add("a write to NATS, p99", "ms", p99(millis))
        before = hub.processor_seconds()["NATS"]
        turn.add("writes to NATS, 64 under way", "a second", writes.a_second(plan.writes))
        turn.add("processor of NATS for such a write", "µs", (hub.processor_seconds()["NATS"] - before) / plan.writes * 1e6)
    finally:
        writes.close()
