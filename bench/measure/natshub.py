"""NATS servers of the harness, a hub that shares its runs over them, and runners that pull them."""

import json
import secrets
import time

from .bridge import await_port, free_port
from .hub import Hub
from .natswire import Nats
from .plan import Missing

BEAT_SECONDS = 2


class NatsHub(Hub):
    """Beside a server of ours, the same program around so many NATS servers, with one runner or none."""

    def __init__(self, of, servers, storage, runners, tox, work, processes, serve=()):
        name = f"{'one NATS' if servers == 1 else f'{servers} NATS'}, {storage}"
        self._servers = servers
        self._folder = work / name.replace(", ", "-").replace(" ", "-")
        self._nats = []
        self.nats_ports = []
        shared = ["--nats-replicas", str(servers), "--nats-storage", storage]
        super().__init__(of, name, runners, tox, work, processes, [*shared, *serve])

    def be_ready(self):
        if not self._nats:
            self._start_nats()
        super().be_ready()

    def start(self, port):
        return self._processes.start([*self._argv, "-p", port, "serve", *self.urls(), *self._serve], env=self.env)

    def joining(self):
        return self.urls()

    def urls(self):
        return ["--nats", ",".join(f"nats://127.0.0.1:{port}" for port in self.nats_ports)]

    def end(self):
        super().end()
        for process in self._nats:
            self._processes.end(process)
        self._nats = []

    def _start_nats(self):
        self._folder.mkdir()
        self.nats_ports = [free_port() for _ in range(self._servers)]
        routes = [free_port() for _ in range(self._servers)]
        for number, (port, route) in enumerate(zip(self.nats_ports, routes)):
            conf = self._folder / f"{number}.conf"
            text = f'server_name: n{number}\nlisten: "127.0.0.1:{port}"\njetstream {{ store_dir: "{self._folder}/{number}" }}\n'
            if self._servers > 1:
                others = ", ".join(f"nats://127.0.0.1:{each}" for each in routes)
                text += f'cluster {{ name: bench, listen: "127.0.0.1:{route}", routes: [{others}] }}\n'
            conf.write_text(text)
            self._nats.append(self._processes.start(["nats-server", "-c", conf]))
        for port, process in zip(self.nats_ports, self._nats):
            await_port(port, process, self._processes).close()


class LightRunners:
    """Very many, over few connections; each takes one run at once, and carries out none."""

    def __init__(self, hub, count, version, connections=8):
        self._connections = [
            Nats(hub.nats_ports[number % len(hub.nats_ports)], f"light{number}") for number in range(connections)
        ]
        self._names = [f"light{number}" for number in range(count)]
        self._version = version
        self._session = f"{int(time.time() * 1000):012x}-{secrets.token_hex(8)}"
        self._told = 0
        self.beat()
        for name in self._names:
            self._ask(name, f"tox.hub.join.{name}", self._join(name))

    def beat(self):
        """Each says that it is there, if it is time."""
        if time.monotonic() - self._told > BEAT_SECONDS:
            self._told = time.monotonic()
            for name in self._names:
                self._of(name).publish(f"$KV.tox-peers.runner.{name}", self._join(name))
        for connection in self._connections:
            connection.drain()

    def pull(self, name):
        """Begins to wait for a run."""
        return self._of(name).ask("$JS.API.CONSUMER.MSG.NEXT.TOX_WORK.any", {"batch": 1, "expires": 30_000_000_000})

    def start(self, name, pulled):
        """Has the run that is pulled granted: its id and placement."""
        ack, body = self._of(name).take(pulled)
        work = json.loads(body)
        claim = {field: work[field] for field in ("generation", "nonce", "asked")}
        claim |= {"session": self._session, "run": work["run"]["id"], "ack": ack}
        granted = self._ask(name, f"tox.hub.claim.{name}", claim)
        if "placement" not in granted:
            raise Missing(f"a claim was answered {granted}", in_short="was not granted")
        return work["run"]["id"], granted["placement"]

    def end(self, name, run, placement):
        exit_event = {"seq": 0, "type": "exit", "returncode": 0, "cancelled": False}
        body = {"session": self._session, "run": run, "placement": placement, "index": 0, "exit": exit_event}
        self._ask(name, f"tox.hub.ended.{name}", body)

    def close(self):
        for connection in self._connections:
            connection.close()

    def __iter__(self):
        return iter(self._names)

    def _of(self, name):
        return self._connections[int(name.removeprefix("light")) % len(self._connections)]

    def _ask(self, name, subject, body):
        connection = self._of(name)
        return json.loads(connection.take(connection.ask(subject, body))[1])

    def _join(self, name):
        return {
            "name": name,
            "session": self._session,
            "version": self._version,
            "labels": [],
            "capacity": 1,
            "window": 65536,
            "runs": {},
        }
