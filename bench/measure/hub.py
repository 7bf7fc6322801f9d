"""A server that runs nothing itself, and the runners that have joined it."""

import json
import secrets
import time

from .bridge import await_port, frame, read_frame, request
from .plan import Missing
from .subjects import Server


class Hub(Server):
    """Beside a server of ours, the same program: as a hub, with so many runners, each for one run."""

    def __init__(self, of, name, runners, tox, work, processes, serve=()):
        token_file = work / f"hub-token-{name.replace(' ', '-')}"
        token_file.write_text(secrets.token_hex(32))
        self.runner_token = secrets.token_hex(32)
        env = of.env | {
            "TOX_SERVER_TOKEN": token_file.read_text(),
            "TOX_SERVER_RUNNER_TOKEN": self.runner_token,
        }
        super().__init__(name, of.launcher(), env, ["--no-local", *serve], processes, token_file, of.java)
        self._tox = tox
        self._count = runners
        self._runners = []

    def be_ready(self):
        """Starts the hub, unless it runs, and its runners; all have joined then."""
        if self.daemon and self.daemon.poll() is None:
            return
        for runner in self._runners:
            self._processes.end(runner)
        super().be_ready()
        join = [*self._argv, "runner", *self.joining(), "--no-tee", "--tox", self._tox]
        self._runners = [
            self._processes.start([*join, "--name", f"r{number}"], env=self.env)
            for number in range(self._count)
        ]
        self._await_runners()

    def joining(self):
        """How its runners find it."""
        return ["--join", f"127.0.0.1:{self.port}"]

    def end(self):
        for process in [*self._runners, self.daemon]:
            if process:
                self._processes.end(process)
        self._runners, self.daemon = [], None

    def connect(self):
        """A connection that has shown the clients' token."""
        connection = await_port(self.port, self.daemon, self._processes)
        connection.sendall(frame(self.token_file.read_text(), type="ping"))
        read_frame(connection)
        return connection

    def _await_runners(self, seconds=20):
        deadline = time.monotonic() + seconds
        with self.connect() as connection:
            while True:
                connection.sendall(request("tox.runners", {}))
                if len(read_frame(connection)["body"]["runners"]) == self._count:
                    return
                if time.monotonic() > deadline:
                    raise Missing(f"not all runners have joined{self._processes.last_words()}")
                time.sleep(0.01)


class LightRunner:
    """Joins over a connection of its own, takes one run at once, and carries out none."""

    def __init__(self, hub, name, version):
        self._name = name
        self._kept = []
        self.connection = await_port(hub.port, hub.daemon, None)
        body = {
            "name": name,
            "session": name,
            "version": version,
            "labels": [],
            "capacity": 1,
            "window": 65536,
            "runs": {},
        }
        self.connection.sendall(
            frame(hub.runner_token, type="send", address="tox.runner.join", replyAddress="join", body=body)
        )
        self._expect("join")

    def ping(self):
        self.connection.sendall(frame(type="ping"))

    def start(self):
        """The next order, which is to start a run: its id, and the number of its first event."""
        if self._kept:
            return self._kept.pop()
        order = self._expect(f"tox.runner.{self._name}.start")["body"]
        return order["run"]["id"], order["nextSeq"]

    def put_back(self, started):
        """The next order is that again."""
        self._kept.append(started)

    def end(self, run, seq):
        body = {"seq": seq, "type": "exit", "returncode": 0, "cancelled": False}
        self.connection.sendall(frame(type="message", address=f"tox.output.{run}", headers={}, body=body))

    def _expect(self, address):
        while True:
            told = read_frame(self.connection)
            if told.get("address") == address:
                return told
            if told["type"] == "err":
                raise Missing(f"the server refused: {json.dumps(told)}", in_short="was refused")
