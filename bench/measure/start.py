"""How long a client takes, from its start to its end, for a command that does nothing."""

import time

from .result import Collector

SECTION = "Start: a command that does nothing, the client's whole process"


def measure(subjects, plan, processes):
    collector = Collector(SECTION)
    for subject in subjects:
        _once(subject, processes)  # what is read from disk for the first time is no one's fault
    for _ in range(plan.start_rounds):
        for subject in subjects:
            collector.add(subject, "time", "ms", _once(subject, processes) * 1000)
    return collector.results()


def _once(subject, processes):
    before = time.perf_counter()
    process = processes.start(subject.argv(["true"]), env=subject.env)
    processes.wait(process)
    return time.perf_counter() - before
