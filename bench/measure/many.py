"""A hub of very many runners, and of very many runs that wait."""

import resource
import statistics
import time

from .bridge import read_frame, request
from .hub import Hub, LightRunner
from .plan import Missing
from .proc import memory, processor_seconds
from .turns import Turns

BUSY = 429


def measure(section, subjects, plan, processes):
    here = [subject for subject in subjects if subject.is_ours and not subject.is_tls][-1]
    runners, waiting = plan.light_runners, plan.waiting_runs
    section.title = f"Many runners: a hub of {here.name} with {runners:,} runners and {waiting:,} runs that wait"
    section.lead = (
        "The runners are connections of the harness, which ping every 2 s as a runner does, and carry out nothing."
        " From the exit that a runner sends to the order to start its next run, one after another."
    )
    _allow_files(runners + 100)
    serve = ["--queue-limit", str(waiting), "--max-connections", str(runners + 20)]
    work = here.token_file.parents[1]
    hub = Hub(here, "the hub", 0, here.tox, work, processes, serve)
    turns = Turns(section, plan, processes)
    turns.round([hub], lambda subject, turn: _once(subject, turn, plan))
    hub.end()


def _allow_files(count):
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if least < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, max(most, count)))


def _once(hub, turn, plan):
    pid = hub.daemon.pid
    light = []
    try:
        turn.add("resident, without any", "MiB", memory([pid], "VmRSS"))
        with hub.connect() as client:
            version = _ask(client, "tox.ping", {})["version"]
            light += [LightRunner(hub, f"light{number}", version) for number in range(plan.light_runners)]
            turn.add("resident, with the runners", "MiB", memory([pid], "VmRSS"))
            turn.add("processor while they only ping", "% of a core", _rest(pid, light, plan.rest_seconds))
            for number in range(plan.light_runners + plan.waiting_runs):
                _ask(client, "tox.run", {"id": f"run{number}", "args": [], "detach": True})
                if number % 500 == 0:
                    _ping(light)
            turn.add("resident, with the runs that wait, too", "MiB", memory([pid], "VmRSS"))
            turn.expect(plan.dispatched_runs, "runs")
            millis = _dispatch(light, plan.dispatched_runs, turn)
            turn.add("from a free place to the next order, p50", "ms", statistics.median(millis))
            turn.add("from a free place to the next order, p99", "ms", _p99(millis))
    finally:
        for runner in light:
            runner.connection.close()


def _ask(client, address, body):
    """What is answered; who is told that the disk is too slow for so many runs asks again."""
    client.sendall(request(address, body))
    told = read_frame(client)
    while told.get("failureCode") == BUSY and "disk" in told["message"]:
        time.sleep(0.05)
        client.sendall(request(address, body))
        told = read_frame(client)
    if told["type"] == "err":
        raise Missing(f"{address} was refused: {told['message']}", in_short="was refused")
    return told["body"]


def _ping(light):
    for runner in light:
        runner.ping()


def _rest(pid, light, seconds):
    busy, began = processor_seconds(pid), time.monotonic()
    while time.monotonic() - began < seconds:
        _ping(light)
        time.sleep(2)
    return (processor_seconds(pid) - busy) / (time.monotonic() - began) * 100


def _dispatch(light, count, turn):
    millis = []
    pinged = time.monotonic()
    for number in range(count):
        runner = light[number % len(light)]
        run, seq = runner.start()
        began = time.perf_counter()
        runner.end(run, seq)
        following = runner.start()
        millis.append((time.perf_counter() - began) * 1000)
        runner.put_back(following)
        turn.arrived += 1
        if time.monotonic() - pinged > 2:
            _ping(light)
            pinged = time.monotonic()
    return millis


def _p99(values):
    return sorted(values)[max(0, int(len(values) * 0.99) - 1)]
