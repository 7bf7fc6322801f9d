"""Very many runners of the harness that have joined a hub: each takes one run at once, and carries out none."""

import json
import time

from .bridge import await_port, frame, read_frame
from .plan import Missing

BEAT_SECONDS = 2

# As runners with default settings say it: after so much silence, nothing is left of what they ran.
GONE_MILLIS = 37_000


def exit_event(seq):
    return {"seq": seq, "type": "exit", "returncode": 0, "cancelled": False}


def join_body(name, session, version):
    """As a runner for one run says it, that has none."""
    return {
        "name": name,
        "session": session,
        "version": version,
        "labels": [],
        "capacity": 1,
        "window": 65536,
        "gone": GONE_MILLIS,
        "runs": {},
    }


class Beat:
    """Whether it is time to say that all are there."""

    def __init__(self):
        self._last = float("-inf")

    def is_due(self):
        due = time.monotonic() - self._last > BEAT_SECONDS
        if due:
            self._last = time.monotonic()
        return due


class JoinedRunners:
    """Each over a connection of its own, as runners dial in."""

    def __init__(self, hub, count, version):
        self._connections = {}
        self._runs = {}
        self._beat = Beat()
        for number in range(count):
            self._join(hub, f"light{number}", version)
            self.beat()

    @property
    def names(self):
        return list(self._connections)

    def beat(self):
        """Each says that it is there, if it is time."""
        if self._beat.is_due():
            for connection in self._connections.values():
                connection.sendall(frame(type="ping"))

    def start(self):
        """Waits until each has its first run."""
        for name in self._connections:
            self._await_order(name)

    def next(self, names):
        """These runners' runs end, and each waits for its next."""
        for name in names:
            run, seq = self._runs.pop(name)
            event = frame(type="message", address=f"tox.output.{run}", headers={}, body=exit_event(seq))
            self._connections[name].sendall(event)
        for name in names:
            self._await_order(name)

    def close(self):
        for connection in self._connections.values():
            connection.close()

    def _join(self, hub, name, version):
        self._connections[name] = await_port(hub.port, hub.daemon, None)
        body = join_body(name, name, version)
        join = frame(hub.runner_token, type="send", address="tox.runner.join", replyAddress="join", body=body)
        self._connections[name].sendall(join)
        self._expect(name, "join")

    def _await_order(self, name):
        order = self._expect(name, f"tox.runner.{name}.start")["body"]
        self._runs[name] = order["run"]["id"], order["nextSeq"]

    def _expect(self, name, address):
        while True:
            told = read_frame(self._connections[name])
            if told.get("address") == address:
                return told
            if told["type"] == "err":
                raise Missing(f"the server refused: {json.dumps(told)}", in_short="was refused")
