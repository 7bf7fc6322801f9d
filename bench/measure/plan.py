"""How much is measured, and how the harness speaks."""

import sys
from dataclasses import dataclass

MB = 1_000_000
BLOCK = 65_536


class Missing(Exception):
    """Something that is needed is not there; the message says what to do, in_short what the results say of it."""

    def __init__(self, message, in_short=None):
        super().__init__(message)
        self.in_short = in_short


@dataclass(frozen=True)
class Plan:
    """Rounds, and the size of the work in each. In a round every subject has one turn, of so many seconds at most."""

    turn_seconds: float
    start_rounds: int
    server_rounds: int
    idle_seconds: float
    throughput_rounds: int
    throughput_blocks: int
    latency_rounds: int
    latency_lines: int
    keystroke_rounds: int
    keystrokes: int
    save_rounds: int
    saves: int
    saved_files: int
    fanout_rounds: int
    fanout_blocks: int
    fanout_subscribers: int
    matrix_rounds: int
    matrix_seconds: float
    many_seconds: float
    light_runners: int
    waiting_runs: int
    dispatched_runs: int
    rest_seconds: float
    short_runs: int
    shared_rounds: int
    shared_lines: int
    writes: int
    jmh_arguments: tuple


FULL = Plan(
    turn_seconds=60,
    start_rounds=21,
    server_rounds=5,
    idle_seconds=3,
    throughput_rounds=5,
    throughput_blocks=4096,
    latency_rounds=3,
    latency_lines=1000,
    keystroke_rounds=3,
    keystrokes=500,
    save_rounds=3,
    saves=15,
    saved_files=50_000,
    fanout_rounds=3,
    fanout_blocks=256,
    fanout_subscribers=100,
    matrix_rounds=3,
    matrix_seconds=1,
    many_seconds=150,
    light_runners=1000,
    waiting_runs=10_000,
    dispatched_runs=200,
    rest_seconds=6,
    short_runs=300,
    shared_rounds=3,
    shared_lines=300,
    writes=20_000,
    jmh_arguments=(),
)
QUICK = Plan(
    turn_seconds=10,
    start_rounds=1,
    server_rounds=1,
    idle_seconds=0.2,
    throughput_rounds=1,
    throughput_blocks=64,
    latency_rounds=1,
    latency_lines=20,
    keystroke_rounds=1,
    keystrokes=20,
    save_rounds=1,
    saves=3,
    saved_files=100,
    fanout_rounds=1,
    fanout_blocks=8,
    fanout_subscribers=10,
    matrix_rounds=1,
    matrix_seconds=0.2,
    many_seconds=30,
    light_runners=20,
    waiting_runs=50,
    dispatched_runs=20,
    rest_seconds=2,
    short_runs=20,
    shared_rounds=1,
    shared_lines=20,
    writes=500,
    jmh_arguments=("-wi", "1", "-i", "1", "-w", "100ms", "-r", "100ms"),
)


def say(line):
    print(f"bench: {line}", file=sys.stderr, flush=True)
