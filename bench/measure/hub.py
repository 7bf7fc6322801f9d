"""Servers of ours with settings of their own, and those that run nothing themselves and have runners."""

import secrets
import time

from .asking import answer
from .bridge import await_port, frame, read_frame
from .plan import Missing
from .proc import processor_seconds
from .subjects import Server


class Alone(Server):
    """Beside a server of ours, the same program with other settings; it runs all by itself."""

    def __init__(self, of, name, tox, work, processes, serve=()):
        token_file = work / f"token-{name.replace(' ', '-')}"
        token_file.write_text(secrets.token_hex(32))
        self.runner_token = secrets.token_hex(32)
        env = of.env | {
            "TOX_SERVER_TOKEN": token_file.read_text(),
            "TOX_SERVER_RUNNER_TOKEN": self.runner_token,
        }
        super().__init__(name, of.launcher(), env, [*serve, "--tox", tox], processes, token_file, of.java)

    def connect(self):
        """A connection that has shown the clients' token."""
        connection = await_port(self.port, self.daemon, self._processes)
        connection.sendall(frame(self.token_file.read_text(), type="ping"))
        read_frame(connection)
        return connection

    def pids(self):
        """Of what the server consists of, by name."""
        return {"hub": [self.daemon.pid]}

    def processor_seconds(self):
        """What each of these has taken until now, all its processes together."""
        return {what: sum(processor_seconds(pid) for pid in pids) for what, pids in self.pids().items()}

    def end(self):
        if self.daemon:
            self._processes.end(self.daemon)
        self.daemon = None


class Hub(Alone):
    """One that has so many runners in place of its own, each for one run at a time."""

    def __init__(self, of, name, runners, tox, work, processes, serve=()):
        super().__init__(of, name, tox, work, processes, ["--no-local", *serve])
        self._count = runners
        self._runners = []

    def be_ready(self):
        """Starts the hub, unless it runs, and its runners; all have joined then."""
        if self.daemon and self.daemon.poll() is None:
            return
        self._end_runners()
        super().be_ready()
        join = [*self._argv, "runner", *self.joining(), "--no-tee", "--tox", self.tox]
        self._runners = [
            self._processes.start([*join, "--name", f"r{number}"], env=self.env)
            for number in range(self._count)
        ]
        self._await_runners()

    def joining(self):
        """How its runners find it."""
        return ["--join", f"127.0.0.1:{self.port}"]

    def end(self):
        self._end_runners()
        super().end()

    def _end_runners(self):
        for runner in self._runners:
            self._processes.end(runner)
        self._runners = []

    def _await_runners(self, seconds=20):
        deadline = time.monotonic() + seconds
        with self.connect() as connection:
            while len(answer(connection, "tox.runners", {})["runners"]) != self._count:
                if time.monotonic() > deadline:
                    raise Missing(f"not all runners have joined{self._processes.last_words()}")
                time.sleep(0.01)
