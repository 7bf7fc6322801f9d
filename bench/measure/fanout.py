"""How much a server gives out when many read one run."""

import selectors
import subprocess
import sys
import time
from pathlib import Path

from .bridge import await_port, frame, free_port, read_frame, request
from .plan import BLOCK, MB, Missing, say
from .result import Collector, Goal

GOAL = (Goal("≥ 200 MB/s", 200, at_least=True),)
EXIT = b'"type":"exit"'
PING_SECONDS = 5
PUMP = Path(__file__).with_name("pump.py")


def measure(subjects, plan, processes):
    count = plan.fanout_subscribers
    capacity = _capacity(count, processes)
    say(f"the readers alone take {capacity:.0f} MB/s")
    collector = Collector(
        f"Fan-out: one run to {count} subscribers, payload in all"
        f" (the readers can take {capacity:.0f} MB/s of the protocol's bytes, 4/3 of the payload)"
    )
    for _ in range(plan.fanout_rounds):
        for subject in subjects:
            if subject.is_ours:
                seconds = _once(subject, count, plan.fanout_blocks, processes)
                total = count * plan.fanout_blocks * BLOCK / MB
                collector.add(subject, f"{count} subscribers", "MB/s", total / seconds, GOAL)
    return collector.results()


class Subscriber:
    """Counts bytes, and looks only at the last of them for the end."""

    def __init__(self, connection):
        self.connection = connection
        self.bytes = 0
        self.done = False
        self._tail = b""

    def take(self, data):
        self.bytes += len(data)
        self._tail = (self._tail + bytes(data[-512:]))[-512:]
        self.done = EXIT in self._tail


def _once(subject, count, blocks, processes):
    run = f"bench-{time.monotonic_ns()}"
    subscribers = []
    try:
        for _ in range(count):
            connection = await_port(subject.port, subject.daemon, processes)
            connection.sendall(frame(type="register", address=f"tox.output.{run}") + frame(type="ping"))
            read_frame(connection)  # the pong: it is registered
            subscribers.append(Subscriber(connection))
        command = ["dd", "if=/dev/zero", f"bs={BLOCK}", f"count={blocks}", "status=none"]
        began = time.perf_counter()
        subscribers[0].connection.sendall(request("tox.run", {"id": run, "args": command}))
        _read_all(subscribers)
        seconds = time.perf_counter() - began
    finally:
        for subscriber in subscribers:
            subscriber.connection.close()
    got = {subscriber.bytes for subscriber in subscribers[1:]}
    if len(got) > 1 or min(got) < blocks * BLOCK * 4 / 3:
        raise Missing(f"{subject.name}: the subscribers got different amounts: {sorted(got)}")
    return seconds


def _read_all(subscribers):
    buffer = memoryview(bytearray(1 << 20))
    next_ping = time.monotonic() + PING_SECONDS
    with selectors.DefaultSelector() as selector:
        for subscriber in subscribers:
            selector.register(subscriber.connection, selectors.EVENT_READ, subscriber)
        while selector.get_map():
            ready = selector.select(60)
            if not ready:
                raise Missing("nothing came for 60 s")
            for key, _ in ready:
                count = key.fileobj.recv_into(buffer)
                if not count and not key.data.bytes:
                    raise Missing("the server closed a subscriber's connection")
                key.data.take(buffer[:count])
                if key.data.done or not count:
                    selector.unregister(key.fileobj)
            if time.monotonic() > next_ping:
                next_ping += PING_SECONDS
                for key in list(selector.get_map().values()):
                    key.fileobj.sendall(frame(type="ping"))


def _capacity(count, processes):
    """MB/s that the same readers take from a process that only writes, on the same machine."""
    port = free_port()
    pump = processes.start([sys.executable, PUMP, port, count], stdout=subprocess.DEVNULL)
    subscribers = [Subscriber(await_port(port, pump, processes)) for _ in range(count)]
    began = time.perf_counter()
    _read_all(subscribers)
    seconds = time.perf_counter() - began
    for subscriber in subscribers:
        subscriber.connection.close()
    processes.wait(pump)
    return sum(subscriber.bytes for subscriber in subscribers) / seconds / MB
