"""How late a line arrives that was printed while little else is: the child prints the time."""

import gc
import subprocess
import sys
import time
from pathlib import Path

from .goals import P50, P99
from .percentiles import p50, p99
from .plan import Missing
from .turns import Turns

CHILD = Path(__file__).with_name("lines.py")


def measure(section, subjects, plan, processes):
    section.title = "Latency: 100 lines a second, from the child's write to the reader of the client's output"
    turns = Turns(section, plan, processes)

    def once(subject, turn):
        turn.expect(plan.latency_lines, "lines")
        late = lateness(subject, turn, processes)
        ours = subject.is_ours
        turn.add("p50", "ms", p50(late), (P50,) if ours else ())
        turn.add("p99", "ms", p99(late), (P99,) if ours else ())
        turn.add("max", "ms", max(late))
        turn.add("the very first line (counted above, too)", "ms", late[0])

    for _ in range(plan.latency_rounds):
        turns.round([subject for subject in subjects if not subject.is_tls], once)


def lateness(subject, turn, processes):
    """Milliseconds for each line, from the very first on."""
    command = [sys.executable, "-S", str(CHILD), str(turn.expected)]
    process = processes.start(subject.argv(command), stdout=subprocess.PIPE, env=subject.env)
    late = []
    gc.disable()
    try:
        for line in iter(process.stdout.readline, b""):
            now = time.monotonic_ns()
            if line.strip().isdigit():
                late.append((now - int(line)) / 1e6)
                turn.arrived += 1
    finally:
        gc.enable()
    process.stdout.close()
    processes.wait(process)
    if not late:
        raise Missing("no line arrived", in_short="no line arrived")
    return late
