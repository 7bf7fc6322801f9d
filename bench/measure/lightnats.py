"""Very many runners of the harness that pull runs over NATS: each takes one at once, and carries out none."""

import json
import secrets
import time

from .light import GONE_MILLIS, Beat, exit_event, join_body
from .natswire import Nats
from .plan import Missing

ANSWER_SECONDS = 3
TRIES = 5
PULL = {"batch": 1, "expires": 30_000_000_000}


class PullingRunners:
    """They share a few connections, since NATS counts those, and not runners."""

    def __init__(self, hub, count, version, connections=8):
        ports = hub.nats_ports
        self._connections = [Nats(ports[each % len(ports)], f"light{each}") for each in range(connections)]
        self.names = [f"light{number}" for number in range(count)]
        self._version = version
        self._session = f"{int(time.time() * 1000):012x}-{secrets.token_hex(8)}"
        self._runs = {}
        self._beat = Beat()
        self.beat()
        self._ask("join", {name: self._join(name) for name in self.names})

    def beat(self):
        """Each says that it is there, if it is time."""
        if self._beat.is_due():
            for name in self.names:
                self._of(name).publish(f"$KV.tox-peers.runner.{name}", self._join(name))
        for connection in self._connections:
            connection.drain()

    def start(self):
        """Waits until each has its first run."""
        self._claim(self._pull(self.names))

    def next(self, names):
        """These runners' runs end, and each waits for its next."""
        pulled = self._pull(names)
        self._ask("ended", {name: self._ended(self._runs.pop(name)) for name in names})
        self._claim(pulled)

    def close(self):
        for connection in self._connections:
            connection.close()

    def _pull(self, names):
        subject = "$JS.API.CONSUMER.MSG.NEXT.TOX_WORK.any"
        return {name: self._of(name).pull(subject, PULL) for name in names}

    def _claim(self, pulled):
        taken = {name: self._of(name).take(asked) for name, asked in pulled.items()}
        claims = {name: (json.loads(body), ack) for name, (ack, body) in taken.items()}
        granted = self._ask("claim", {name: self._wants(*claim) for name, claim in claims.items()})
        for name, told in granted.items():
            if "placement" not in told:
                raise Missing(f"a claim was answered {told}", in_short="was not granted")
            self._runs[name] = claims[name][0], told["placement"]

    def _wants(self, work, ack):
        told = {field: work[field] for field in ("generation", "nonce", "asked") if field in work}
        return told | {"session": self._session, "run": work["run"]["id"], "ack": ack, "gone": GONE_MILLIS}

    def _ended(self, run):
        work, placement = run
        told = {"session": self._session, "run": work["run"]["id"], "generation": work["generation"]}
        return told | {"placement": placement, "index": 0, "exit": exit_event(0)}

    def _of(self, name):
        return self._connections[int(name.removeprefix("light")) % len(self._connections)]

    def _ask(self, what, bodies):
        """Asks a hub for each at once, and then waits for the answers; what has none is asked again, as runners do."""
        found = {}
        for _ in range(TRIES):
            asked = {
                name: self._of(name).ask(f"tox.hub.{what}.{name}", body, name)
                for name, body in bodies.items()
                if name not in found
            }
            for name, number in asked.items():
                try:
                    found[name] = json.loads(self._of(name).take(number, ANSWER_SECONDS)[1])
                except TimeoutError:
                    continue
            if len(found) == len(bodies):
                return found
        raise Missing(f"no hub has answered {what}", in_short="no hub has answered")

    def _join(self, name):
        runs = {}
        if name in self._runs:
            work, placement = self._runs[name]
            runs[work["run"]["id"]] = {"placement": placement, "next": 0}
        return join_body(name, self._session, self._version) | {"runs": runs}
