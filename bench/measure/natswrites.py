"""What one decision costs NATS: a name that is written once, and acknowledged when it is kept."""

import json
import time
from collections import deque

from .natswire import Nats
from .plan import Missing

STREAM = "BENCH"
# As long as a fact of a run is.
BODY = {"at": "x" * 140}
UNDER_WAY = 64


class Writes:
    """Into a stream of its own, made as that is which has the runs' facts."""

    def __init__(self, hub):
        self._nats = Nats(hub.nats_ports[0], "writes")
        self._written = 0
        config = {
            "name": STREAM,
            "subjects": [f"{STREAM}.>"],
            "storage": hub.storage,
            "num_replicas": hub.servers,
            "max_msgs_per_subject": 1,
            "discard": "new",
            "republish": {"src": f"{STREAM}.>", "dest": "kept.>"},
        }
        self._checked(self._nats.ask(f"$JS.API.STREAM.CREATE.{STREAM}", config))

    def one_after_another(self, count):
        """Milliseconds of each."""
        millis = []
        for _ in range(count):
            began = time.perf_counter()
            self._checked(self._write())
            millis.append((time.perf_counter() - began) * 1000)
        return millis

    def a_second(self, count):
        """With as many under way as a hub may have."""
        began, under_way = time.perf_counter(), deque()
        for number in range(count + UNDER_WAY):
            if number < count:
                under_way.append(self._write())
            if number >= UNDER_WAY:
                self._checked(under_way.popleft())
        return count / (time.perf_counter() - began)

    def close(self):
        self._checked(self._nats.ask(f"$JS.API.STREAM.DELETE.{STREAM}", {}))
        self._nats.close()

    def _write(self):
        self._written += 1
        return self._nats.ask(f"{STREAM}.{self._written}", BODY)

    def _checked(self, asked):
        told = json.loads(self._nats.take(asked)[1])
        if "error" in told:
            raise Missing(f"NATS says {told['error']}", in_short="NATS refused")
