"""Runs elsewhere: what a hub in between costs, and what it gains."""

import time

from .goals import SPEED_UP
from .hub import Hub
from .plan import MB
from .proc import forget_peak, memory, processor_seconds
from .throughput import copy
from .turns import Turns

ENVIRONMENTS = 6


def measure(section, subjects, plan, processes):
    ours = [subject for subject in subjects if subject.is_ours and not subject.is_tls]
    here = ours[-1]
    section.title = f"Runners: by a hub of {here.name}"
    section.lead = (
        "Output passes through one more process, and in between is one more connection. In the matrix, each of"
        f" {ENVIRONMENTS} environments only waits, for {plan.matrix_seconds:g} s."
    )
    work = here.token_file.parents[1]
    through = Hub(here, "a runner elsewhere", 1, here.tox, work, processes)
    waits = work / "waits"
    waits.write_text(f"#!/bin/sh\nexec sleep {plan.matrix_seconds:g}\n")
    waits.chmod(0o755)
    one = Hub(here, "one runner", 1, waits, work, processes)
    two = Hub(here, "two runners", 2, waits, work, processes)

    turns = Turns(section, plan, processes)
    for _ in range(plan.throughput_rounds):
        speeds = {}
        turns.round([here, through], lambda subject, turn: _output(subject, turn, speeds, plan, processes))
    through.end()
    for _ in range(plan.matrix_rounds):
        seconds = {}
        turns.round([one, two], lambda subject, turn: _matrix(subject, turn, seconds, processes))
    for hub in (one, two):
        hub.end()


def _output(subject, turn, speeds, plan, processes):
    forget_peak([subject.daemon.pid])
    busy = processor_seconds(subject.daemon.pid)
    speeds[subject.name], _ = copy(subject, turn, plan.throughput_blocks, processes)
    busy = processor_seconds(subject.daemon.pid) - busy
    turn.add("output, first byte to last", "MB/s", speeds[subject.name])
    if len(speeds) == 2:
        own, elsewhere = speeds.values()
        turn.add("output beside the server's own runner", "×", elsewhere / own)
    turn.add("the server's processor time for 1 GB of output", "s", busy / turn.arrived * 1000 * MB)
    turn.add("the server's peak resident memory", "MiB", memory([subject.daemon.pid], "VmHWM"))


def _matrix(subject, turn, seconds, processes):
    names = ",".join(f"env{number}" for number in range(ENVIRONMENTS))
    began = time.perf_counter()
    processes.wait(processes.start(subject.client("matrix", "-e", names), env=subject.env))
    seconds[subject.name] = time.perf_counter() - began
    turn.add(f"a matrix of {ENVIRONMENTS}, the client's whole process", "s", seconds[subject.name])
    if len(seconds) == 2:
        first, second = seconds.values()
        turn.add("how many times as fast as one runner", "×", first / second, (SPEED_UP,))
