"""Runs that hubs share over NATS, beside a server by itself and one with a runner that has joined it."""

import shutil
import statistics
import subprocess
import time

from .bridge import read_frame, request
from .hub import Hub
from .latency import lateness
from .natshub import LightRunners, NatsHub
from .plan import BLOCK, MB, Missing
from .throughput import drain
from .turns import Turns

KINDS = ((1, "memory"), (1, "file"), (3, "memory"), (3, "file"))
UNDER_WAY = 100


def measure(section, subjects, plan, processes):
    if not shutil.which("nats-server"):
        raise Missing("there is no nats-server: apt-get install nats-server", in_short="there is no nats-server")
    here = [subject for subject in subjects if subject.is_ours and not subject.is_tls][-1]
    section.title = f"NATS: a hub of {here.name} that shares its runs, all on this machine"
    section.lead = (
        "Three NATS servers, a hub, a runner and a client have the processors of this machine to themselves together:"
        " what three machines gain is not in these numbers, and neither is what their network costs."
    )
    work = here.token_file.parents[1]
    limit = ["--queue-limit", str(plan.waiting_runs + plan.light_runners)]
    joined = Hub(here, "a runner that has joined", 1, here.tox, work, processes, limit)
    shared = [NatsHub(here, *kind, 1, here.tox, work, processes, limit) for kind in KINDS]
    turns = Turns(section, plan, processes)
    for _ in range(plan.throughput_rounds):
        turns.round([here, joined, *shared], lambda subject, turn: _output(subject, turn, plan, processes))
    for _ in range(plan.latency_rounds):
        turns.round([here, joined, *shared], lambda subject, turn: _lines(subject, turn, plan, processes))
    for _ in range(plan.matrix_rounds):
        turns.round([joined, *shared], lambda subject, turn: _short(subject, turn, plan))
    for hub in (joined, *shared):
        hub.end()
    many = work / "many"
    many.mkdir()
    for kind in KINDS:
        hub = NatsHub(here, *kind, 0, here.tox, many, processes, limit)
        turns.round([hub], lambda subject, turn: _many(subject, turn, plan))
        hub.end()


def _output(subject, turn, plan, processes):
    blocks = plan.throughput_blocks
    turn.expect(blocks * BLOCK)
    command = ["dd", "if=/dev/zero", f"bs={BLOCK}", f"count={blocks}", "status=none"]
    process = processes.start(subject.argv(command), stdout=subprocess.PIPE, env=subject.env)
    first, last = drain(process.stdout.fileno(), turn)
    process.stdout.close()
    processes.wait(process)
    turn.add("output, first byte to last", "MB/s", turn.arrived / (last - first) / MB)


def _lines(subject, turn, plan, processes):
    turn.expect(plan.latency_lines, "lines")
    ordered = sorted(lateness(subject, turn, processes))
    turn.add("a line, p50", "ms", ordered[len(ordered) // 2])
    turn.add("a line, p99", "ms", ordered[int(len(ordered) * 0.99)])


def _short(hub, turn, plan):
    """Detached runs of a program that does nothing, one after another on one runner."""
    turn.expect(plan.short_runs, "runs")
    with hub.connect() as client:
        began = time.monotonic()
        _ask_for(client, plan.short_runs, ["true"], f"short{began}".replace(".", "-"))
        while _answer(client, "tox.ping", {})["tasks"] > 1:
            time.sleep(0.01)
        turn.arrived = plan.short_runs
        turn.add("short runs", "a second", plan.short_runs / (time.monotonic() - began))


def _many(hub, turn, plan):
    """From the end of a run to the grant of its runner's next, while all others are busy."""
    with hub.connect() as client:
        light = LightRunners(hub, plan.light_runners, _answer(client, "tox.ping", {})["version"])
        try:
            count = plan.light_runners + plan.waiting_runs
            _ask_for(client, count, [], "wait", light.beat)
            started = {}
            for name in light:
                started[name] = light.start(name, light.pull(name))
                light.beat()
            turn.expect(plan.dispatched_runs, "runs")
            millis = []
            for name in [*light][: plan.dispatched_runs]:
                began = time.perf_counter()
                pulled = light.pull(name)
                light.end(name, *started[name])
                light.start(name, pulled)
                millis.append((time.perf_counter() - began) * 1000)
                turn.arrived += 1
                light.beat()
            turn.add(f"{count:,} runs, {plan.light_runners:,} runners: end to next grant, p50", "ms", statistics.median(millis))
            turn.add("the same, p99", "ms", sorted(millis)[max(0, int(len(millis) * 0.99) - 1)])
        finally:
            light.close()


def _ask_for(client, count, args, name, between=lambda: None):
    for first in range(0, count, UNDER_WAY):
        some = range(first, min(count, first + UNDER_WAY))
        for number in some:
            body = {"id": f"{name}-{number}", "args": args, "detach": True}
            client.sendall(request("tox.run", body))
        for _ in some:
            _checked(read_frame(client), "tox.run")
        between()


def _answer(client, address, body):
    client.sendall(request(address, body))
    return _checked(read_frame(client), address)


def _checked(told, address):
    if told["type"] == "err":
        raise Missing(f"{address} was refused: {told['message']}", in_short="was refused")
    return told["body"]
