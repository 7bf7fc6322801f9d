"""How late a line arrives that was printed while little else is: the child prints the time."""

import gc
import subprocess
import sys
import time
from pathlib import Path

from .result import Collector, Goal

SECTION = "Latency: 100 lines a second, from the child's write to the reader of the client's output"
GOALS = {"p50": (Goal("< 1 ms", 1),), "p99": (Goal("< 10 ms", 10),), "max": ()}
CHILD = Path(__file__).with_name("lines.py")


def measure(subjects, plan, processes):
    collector = Collector(SECTION)
    for _ in range(plan.latency_rounds):
        for subject in subjects:
            late = sorted(_once(subject, plan.latency_lines, processes))
            for name, goals in GOALS.items():
                value = late[-1] if name == "max" else late[int(len(late) * int(name[1:]) / 100)]
                collector.add(subject, name, "ms", value, goals if subject.is_ours else ())
    return collector.results()


def _once(subject, lines, processes):
    """Milliseconds for each line, from the very first on."""
    command = [sys.executable, "-S", str(CHILD), str(lines)]
    process = processes.start(subject.argv(command), stdout=subprocess.PIPE, env=subject.env)
    late = []
    gc.disable()
    try:
        for line in iter(process.stdout.readline, b""):
            now = time.monotonic_ns()
            if line.strip().isdigit():
                late.append((now - int(line)) / 1e6)
    finally:
        gc.enable()
    process.stdout.close()
    processes.wait(process)
    if len(late) != lines:
        raise RuntimeError(f"{subject.name}: {len(late)} of {lines} lines arrived")
    return late
