"""NATS servers of the harness, and a hub that shares its runs over them."""

from .bridge import await_port, free_port
from .hub import Hub


class NatsHub(Hub):
    """Beside a server of ours, the same program around so many NATS servers, with one runner or none."""

    def __init__(self, of, servers, storage, runners, tox, work, processes, serve=()):
        name = f"{'one NATS' if servers == 1 else f'{servers} NATS'}, {storage}"
        self.servers = servers
        self.storage = storage
        self._folder = work / f"nats-{servers}-{storage}"
        self._nats = []
        self.nats_ports = []
        shared = ["--nats-replicas", str(servers), "--nats-storage", storage]
        super().__init__(of, name, runners, tox, work, processes, [*shared, *serve])

    def be_ready(self):
        if not self._nats:
            self._start_nats()
        super().be_ready()

    def start(self, port):
        return self._processes.start([*self._argv, "-p", port, "serve", *self.joining(), *self._serve], env=self.env)

    def joining(self):
        return ["--nats", ",".join(f"nats://127.0.0.1:{port}" for port in self.nats_ports)]

    def pids(self):
        return super().pids() | {"NATS": [process.pid for process in self._nats]}

    def end(self):
        super().end()
        for process in self._nats:
            self._processes.end(process)
        self._nats = []

    def _start_nats(self):
        self._folder.mkdir()
        self.nats_ports = [free_port() for _ in range(self.servers)]
        routes = [free_port() for _ in range(self.servers)]
        for number, (port, route) in enumerate(zip(self.nats_ports, routes)):
            conf = self._folder / f"{number}.conf"
            text = f'server_name: n{number}\nlisten: "127.0.0.1:{port}"\njetstream {{ store_dir: "{self._folder}/{number}" }}\n'
            if self.servers > 1:
                others = ", ".join(f"nats://127.0.0.1:{each}" for each in routes)
                text += f'cluster {{ name: bench, listen: "127.0.0.1:{route}", routes: [{others}] }}\n'
            conf.write_text(text)
            self._nats.append(self._processes.start(["nats-server", "-c", conf]))
        for port, process in zip(self.nats_ports, self._nats):
            await_port(port, process, self._processes).close()
