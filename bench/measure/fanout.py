"""How much a server gives out when many read one run."""

import subprocess
import sys
import time
from pathlib import Path

from .bridge import await_port, frame, free_port, read_frame, request
from .goals import FAN_OUT
from .plan import BLOCK, MB
from .readers import Reader, check, read_all
from .turns import Turn, Turns

PUMP = Path(__file__).with_name("pump.py")
# The onlookers that keep what they get: of 100, it costs the others nothing that shows.
KEEPERS = 3


def measure(section, subjects, plan, processes):
    count = plan.fanout_subscribers
    section.title = f"Fan-out: one run to {count} subscribers"
    with processes.limit(plan.turn_seconds):
        capacity = _capacity(count, processes)
    section.lead = (
        f"The readers alone, reading from a process that only writes, took {capacity:.0f} MB/s of the protocol's"
        f" bytes, of which 3/4 are payload: only near {capacity * 3 / 4:.0f} MB/s would they be the bottleneck."
    )
    turns = Turns(section, plan, processes)

    def once(subject, turn):
        _once(subject, turn, count, plan.fanout_blocks, processes)

    for _ in range(plan.fanout_rounds):
        turns.round([subject for subject in subjects if subject.is_ours and not subject.is_tls], once)


def _once(subject, turn, count, blocks, processes):
    size = blocks * BLOCK
    turn.expect(count * size * 4 // 3)
    run = f"bench-{time.monotonic_ns()}"
    readers = []
    try:
        for number in range(count):
            connection = await_port(subject.port, subject.daemon, processes)
            token = subject.token_file.read_text().strip()
            register = frame(token, type="register", address=f"tox.output.{run}")
            connection.sendall(register + frame(type="ping"))
            read_frame(connection)  # the pong: it is registered
            readers.append(Reader(connection, 1 <= number <= KEEPERS))
        command = ["dd", "if=/dev/zero", f"bs={BLOCK}", f"count={blocks}", "status=none"]
        began, busy = time.perf_counter(), time.process_time()
        readers[0].connection.sendall(request("tox.run", {"id": run, "args": command}))
        read_all(readers, turn)
        seconds, busy = time.perf_counter() - began, time.process_time() - busy
    finally:
        for reader in readers:
            reader.connection.close()
    check(readers[1:], run, size)  # the requester also got the answer to its request
    goals = (FAN_OUT,) if count >= 100 else ()
    turn.add("payload of all together", "MB/s", count * size / seconds / MB, goals)
    turn.add("the readers' own processor time", "% of a core", busy / seconds * 100)


def _capacity(count, processes):
    """MB/s that the same readers take from a process that only writes, on the same machine."""
    port, turn = free_port(), Turn()
    pump = processes.start([sys.executable, PUMP, port, count], stdout=subprocess.DEVNULL)
    readers = [Reader(await_port(port, pump, processes), number < KEEPERS) for number in range(count)]
    began = time.perf_counter()
    read_all(readers, turn, until_exit=False)
    seconds = time.perf_counter() - began
    for reader in readers:
        reader.connection.close()
    processes.wait(pump)
    return turn.arrived / seconds / MB
