"""How fast much output comes through, and what it costs the server in memory."""

import os
import subprocess
import time

from .plan import BLOCK, MB
from .processes import forget_peak, memory, tree
from .result import Collector, Goal
from .subjects import ORIGINAL, Server

SECTION = "Throughput: `dd` writes blocks of 64 KiB, a pipe at the client's end is read"
GOALS = (Goal("≥ 100 MB/s", 100, at_least=True), Goal("≥ 0.4 × ssh", 0.4, at_least=True, of_ssh=True))


def measure(subjects, plan, processes):
    collector = Collector(SECTION)
    for _ in range(plan.throughput_rounds):
        for subject in subjects:
            # It is so slow that a part has to do.
            blocks = plan.throughput_blocks // (16 if subject.name == ORIGINAL else 1)
            _once(subject, blocks, processes, collector)
    return collector.results()


def _once(subject, blocks, processes, collector):
    servers = tree(subject.daemon.pid) if isinstance(subject, Server) else []
    forget_peak(servers)
    command = ["dd", "if=/dev/zero", f"bs={BLOCK}", f"count={blocks}", "status=none"]
    began = time.perf_counter()
    process = processes.start(subject.argv(command), stdout=subprocess.PIPE, env=subject.env)
    first, last, arrived = _drain(process.stdout.fileno())
    process.stdout.close()
    processes.wait(process)
    whole = time.perf_counter() - began
    goals = GOALS if subject.is_ours else ()
    result = collector.add(subject, "first byte to last", "MB/s", arrived / (last - first) / MB, goals)
    collector.add(subject, "whole process", "MB/s", arrived / whole / MB)
    if arrived < blocks * BLOCK:
        result.notes = [f"of {blocks * BLOCK} bytes only {arrived} arrived"]
    if servers:
        collector.add(subject, "server's peak resident memory", "MiB", memory(servers[:1], "VmHWM"))


def _drain(pipe):
    """Times of the first and the last byte, and how many came."""
    arrived, first, last = 0, None, None
    while data := os.read(pipe, 1 << 20):
        last = time.perf_counter()
        first = first or last
        arrived += len(data)
    return first, last, arrived
