"""How soon a server answers, and what it takes while it does nothing."""

import time

from .bridge import free_port
from .processes import memory, tree
from .result import Collector, Goal
from .subjects import Server

SECTION = "Server"
READY = Goal("≤ 500 ms", 500)
IDLE = Goal("≤ 64 MiB", 64)


def measure(subjects, plan, processes):
    collector = Collector(SECTION)
    for _ in range(plan.server_rounds):
        for subject in subjects:
            if isinstance(subject, Server):
                _once(subject, plan, processes, collector)
    return collector.results()


def _once(subject, plan, processes, collector):
    port = free_port()
    before = time.perf_counter()
    process = subject.start(port)
    subject.await_ready(port, process)
    ready = time.perf_counter() - before
    time.sleep(plan.idle_seconds)
    if subject.is_ours:  # the original speaks another protocol
        collector.add(subject, "start to first answered ping", "ms", ready * 1000, (READY,))
    idle = (IDLE,) if subject.is_ours else ()
    everything = memory(tree(process.pid), "VmRSS")
    alone = memory([process.pid], "VmRSS")
    collector.add(subject, f"resident, idle for {plan.idle_seconds} s", "MiB", alone, idle)
    collector.add(subject, "… with its helper processes", "MiB", everything)
    processes.end(process)
