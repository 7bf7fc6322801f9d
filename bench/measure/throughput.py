"""How fast much output comes through, and what it costs the server in memory."""

import os
import subprocess
import time

from .goals import of_throughput
from .plan import BLOCK, MB, Missing
from .proc import forget_peak, memory, tree
from .subjects import ORIGINAL, Server
from .turns import Turns


def measure(section, subjects, plan, processes):
    section.title = "Throughput: `dd` writes blocks of 64 KiB, a pipe at the client's end is read"
    turns = Turns(section, plan, processes)

    def once(subject, turn):
        # It is so slow that a part has to do.
        blocks = plan.throughput_blocks // (16 if subject.name == ORIGINAL else 1)
        _once(subject, turn, blocks, processes)

    for _ in range(plan.throughput_rounds):
        turns.round(subjects, once)


def _once(subject, turn, blocks, processes):
    servers = tree(subject.daemon.pid) if isinstance(subject, Server) else []
    forget_peak(servers)
    steady, whole = copy(subject, turn, blocks, processes)
    turn.add("first byte to last", "MB/s", steady, of_throughput(subject))
    turn.add("whole process", "MB/s", whole)
    if servers:
        turn.add("server's peak resident memory", "MiB", memory(servers[:1], "VmHWM"))


def copy(subject, turn, blocks, processes):
    """Has so many blocks come through a client: MB/s from the first byte to the last, and of the whole process."""
    turn.expect(blocks * BLOCK)
    command = ["dd", "if=/dev/zero", f"bs={BLOCK}", f"count={blocks}", "status=none"]
    began = time.perf_counter()
    process = processes.start(subject.argv(command), stdout=subprocess.PIPE, env=subject.env)
    first, last = _drain(process.stdout.fileno(), turn)
    process.stdout.close()
    processes.wait(process)
    whole = time.perf_counter() - began
    if first == last:
        raise Missing(f"{turn.progress()}, all at once", in_short="no time between the first byte and the last")
    return turn.arrived / (last - first) / MB, turn.arrived / whole / MB


def _drain(pipe, turn):
    """Counts what comes, and returns the times of the first byte and of the last."""
    first, last = None, None
    while data := os.read(pipe, 1 << 20):
        last = time.perf_counter()
        first = first or last
        turn.arrived += len(data)
    return first, last
