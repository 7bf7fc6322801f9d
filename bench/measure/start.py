"""How long a client takes, from its start to its end, for a command that does nothing."""

import time

from .goals import of_start
from .turns import Turns


def measure(section, subjects, plan, processes):
    section.title = "Start: a command that does nothing, the client's whole process"
    turns = Turns(section, plan, processes)

    def warm_up(subject, _):  # what is read from disk for the first time is no one's fault
        _seconds(subject, processes)

    def once(subject, turn):
        turn.add("time", "ms", _seconds(subject, processes) * 1000, of_start(subject))

    turns.round(subjects, warm_up)
    for _ in range(plan.start_rounds):
        turns.round(subjects, once)


def _seconds(subject, processes):
    before = time.perf_counter()
    process = processes.start(subject.argv(["true"]), env=subject.env)
    processes.wait(process)
    return time.perf_counter() - before
