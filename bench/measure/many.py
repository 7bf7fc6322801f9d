"""Hubs of very many runners, and of very many runs that wait: dialled in, and over NATS."""

import resource
import time

from .asking import answer, ask_for_runs
from .hub import Hub
from .kinds import nats_hubs
from .light import JoinedRunners
from .lightnats import PullingRunners
from .percentiles import p50, p99
from .proc import memory
from .turns import Turns


def measure(section, subjects, plan, processes):
    here = [subject for subject in subjects if subject.is_ours and not subject.is_tls][-1]
    runners, waiting = plan.light_runners, plan.waiting_runs
    section.title = f"Many runners: a hub of {here.name} with {runners:,} runners and {waiting:,} runs that wait"
    section.references = (DIAL_IN,)
    section.lead = (
        "The runners are the harness's, which say every 2 s that they are there, as a runner does, and carry out nothing."
        " From the end of a run to the grant of its runner's next, one after another; then all end at once, again and again."
        " Hub, NATS servers and harness have the processors of this machine to themselves together."
    )
    _allow_files(runners + 100)
    work = here.token_file.parents[1] / "many"
    work.mkdir()
    # A slot for each run, whether it waits or not: over NATS, all of them wait before they are taken.
    # And none is forgotten for having begun long before others that have ended.
    serve = ["--queue-limit", str(runners + waiting), "--history", str(runners + waiting)]
    dial_in = Hub(here, DIAL_IN, 0, here.tox, work, processes, [*serve, "--max-connections", str(runners + 20)])
    turns = Turns(section, plan, processes, seconds=plan.many_seconds)
    for hub in (dial_in, *nats_hubs(here, 0, work, processes, serve)):
        joined = JoinedRunners if hub is dial_in else PullingRunners
        turns.round([hub], lambda subject, turn: _once(subject, turn, plan, joined))
        hub.end()


DIAL_IN = "dial-in"


def _allow_files(count):
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if least < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, max(most, count)))


def _once(hub, turn, plan, joined):
    with hub.connect() as client:
        version = answer(client, "tox.ping", {})["version"]
        _resident(hub, turn, "without any")
        light = joined(hub, plan.light_runners, version)
        try:
            _resident(hub, turn, "with the runners")
            _rest(hub, turn, plan, light)
            runs = [f"run{number}" for number in range(plan.light_runners + plan.waiting_runs)]
            began = time.monotonic()
            ask_for_runs(client, runs, [], light.beat)
            turn.add("runs taken on", "a second", len(runs) / (time.monotonic() - began))
            light.start()
            _resident(hub, turn, "with the runs, too")
            turn.expect(plan.dispatched_runs, "runs")
            _one_after_another(turn, plan, light)
            _all_at_once(hub, turn, plan, light)
        finally:
            light.close()


def _resident(hub, turn, when):
    for what, pids in hub.pids().items():
        turn.add(f"resident, {what}, {when}", "MiB", memory(pids, "VmRSS"))


def _rest(hub, turn, plan, light):
    before, began = hub.processor_seconds(), time.monotonic()
    while time.monotonic() - began < plan.rest_seconds:
        light.beat()
        time.sleep(0.1)
    seconds = time.monotonic() - began
    for what, busy in hub.processor_seconds().items():
        share = (busy - before[what]) / seconds * 100
        turn.add(f"processor of {what} while they only say that they are there", "% of a core", share)


def _one_after_another(turn, plan, light):
    millis = []
    for name in light.names[: plan.dispatched_runs]:
        began = time.perf_counter()
        light.next([name])
        millis.append((time.perf_counter() - began) * 1000)
        turn.arrived += 1
        light.beat()
    turn.add("from the end of a run to the next grant, p50", "ms", p50(millis))
    turn.add("from the end of a run to the next grant, p99", "ms", p99(millis))


def _all_at_once(hub, turn, plan, light):
    """As many rounds as there are runs that wait for them."""
    rounds = plan.waiting_runs // plan.light_runners // 2
    before, began = hub.processor_seconds(), time.monotonic()
    for _ in range(rounds):
        light.next(light.names)
        light.beat()
    seconds, count = time.monotonic() - began, rounds * plan.light_runners
    turn.add("runs that end and begin, all at once", "a second", count / seconds)
    for what, busy in hub.processor_seconds().items():
        turn.add(f"processor of {what} for such a run", "ms", (busy - before[what]) / count * 1000)
