"""What is compared. Each runs a command somewhere, and brings its output here."""

import os
import subprocess
from pathlib import Path

from .bridge import await_ping, await_port, free_port
from .plan import Missing, say
from .processes import environment
from .ssh import Daemon
from .tls import Certificates

SSH = "ssh, connection open"
ORIGINAL = "the original"
TLS = ", TLS"


class Direct:
    """No server: the least that anything can take."""

    name = "no server"
    is_ours = False
    is_distribution = False
    is_tls = False
    has_terminal = True
    daemon = None

    def __init__(self, tox):
        self._tox = tox

    def argv(self, command):
        return [self._tox, *command]

    in_terminal = argv

    def be_ready(self):
        pass

    env = None
    java = None


class Ssh:
    is_ours = False
    is_distribution = False
    is_tls = False
    has_terminal = True
    daemon = None
    env = None
    java = None

    def __init__(self, name, daemon, tox, control):
        self.name = name
        self._daemon = daemon
        self._tox = tox
        self._control = control

    def argv(self, command):
        return [*self._daemon.client(self._control), self._tox, *command]

    def in_terminal(self, command):
        ssh, *rest = self.argv(command)
        return [ssh, "-t", *rest]

    def be_ready(self):
        pass


class Server:
    """A tox-server, ours or the original: the same command line."""

    def __init__(
        self, name, argv, env, serve, processes, token_file=None, java=None, is_distribution=False, tls=None
    ):
        self.name = name + (TLS if tls else "")
        self.env = env
        self.is_ours = token_file is not None
        self.token_file = token_file
        self.java = java
        self.is_distribution = is_distribution
        self.is_tls = tls is not None
        self.has_terminal = self.is_ours
        self.daemon = None
        self.port = None
        self._argv = argv
        self.tox = serve[-1] if serve else None
        self._serve = [*serve, *(tls.for_server() if tls else [])]
        self._connect = tls.for_client() if tls else []
        self._processes = processes

    def argv(self, command):
        return [*self._argv, "-p", str(self.port), *self._connect, "run", *command]

    in_terminal = argv

    def client(self, *words):
        """Ours, with other words than run's."""
        return [*self._argv, "-p", str(self.port), *self._connect, *words]

    def launcher(self):
        return self._argv

    def watching(self, folder, command):
        where = ["-p", str(self.port), *self._connect]
        return [*self._argv, *where, "--watch", folder, "watch", *command]

    def start(self, port):
        return self._processes.start([*self._argv, "-p", port, "serve", *self._serve], env=self.env)

    def be_ready(self):
        """Starts the server that the sections share, unless it runs."""
        if self.daemon and self.daemon.poll() is None:
            return
        if self.daemon:
            self._processes.end(self.daemon)
        self.port = free_port()
        self.daemon = self.start(self.port)
        self.await_ready(self.port, self.daemon)

    def await_ready(self, port, process):
        if self.is_ours and not self.is_tls:
            await_ping(port, process, self._processes, self.token_file)
        else:
            await_port(port, process, self._processes).close()


def all_subjects(options, work, processes):
    """Those that can be had here; says which can't."""
    tox = _tox(work)
    found = [Direct(tox), *_ours(options, work, processes, tox)]
    for optional in (_ssh, _original):
        try:
            found += optional(options, work, processes, tox)
        except Missing as missing:
            say(f"left out: {missing}")
    return found


def _tox(work):
    """In the place of tox: runs its arguments, whoever starts it."""
    folder = work / "bin"
    folder.mkdir()
    tox = folder / "tox"
    tox.write_text('#!/bin/sh\nexec "$@"\n')
    tox.chmod(0o755)
    return tox


def _ours(options, work, processes, tox):
    root = options.root.resolve()
    jar = root / "target/tox-server.jar"
    if not jar.exists():
        raise Missing(f"there is no {jar}: build it with 'mvn package'")
    home = subprocess.run([root / "bin/java-home"], capture_output=True, text=True).stdout.strip()
    if not home:
        raise Missing("there is no JDK of version 17 or later: install one, or set JAVA_HOME")
    java = _version(Path(home))
    env = environment(JAVA_HOME=home, XDG_STATE_HOME=work / "state")
    token_file = work / ".tox-server/token"  # all work there

    def server(name, argv, runs_on, is_distribution=False, tls=None):
        serve = ["--tox", str(tox)]
        return Server(name, argv, env, serve, processes, token_file, runs_on, is_distribution, tls)

    subjects = [
        server(f"java -jar, {java}", [f"{home}/bin/java", "-jar", str(jar)], java),
        server(f"bin/tox-server, {java}", [str(root / "bin/tox-server")], java),
    ]
    usual = root / "target/tox-server"
    given = options.distribution or ([usual] if usual.is_dir() else [])
    if not given:
        say(f"left out: the distribution (there is no {usual})")
    # Over TLS, the distributions alone: other Javas are known to be slow at it.
    certificates = _certificates(work) if given else None
    javas = []
    for folder in given:
        launcher = folder.resolve() / "bin/tox-server"
        if not launcher.exists():
            raise Missing(f"{folder} is no distribution: there is no bin/tox-server")
        runs_on = _version(folder / "lib/runtime")
        javas.append(runs_on)
        # Two of one Java are an older and a newer build, for instance.
        number = f" {javas.count(runs_on)}" if runs_on in javas[:-1] else ""
        name = f"distribution{number}, {runs_on}"
        for tls in (None, certificates) if certificates else (None,):
            subjects.append(server(name, [str(launcher)], runs_on, True, tls))
    return subjects


def _certificates(work):
    try:
        return Certificates(work / "tls")
    except Missing as missing:
        say(f"left out: {missing}")
        return None


def _version(home):
    for line in (home / "release").read_text().splitlines():
        if line.startswith("JAVA_VERSION="):
            return "Java " + line.partition("=")[2].strip('"')
    return "Java"


def _ssh(options, work, processes, tox):
    daemon = Daemon(options.sshd, work, processes)
    return [Ssh("ssh", daemon, tox, False), Ssh(SSH, daemon, tox, True)]


def _original(options, work, processes, tox):
    if options.original is None:
        raise Missing("the original (--original DIR names a checkout of alexrudy/tox-server)")
    env = environment(
        PYTHONPATH=options.original.resolve(), PATH=f"{tox.parent}{os.pathsep}{os.environ['PATH']}"
    )
    tried = subprocess.run(
        [options.python, "-c", "import tox_server"], env=env, capture_output=True, text=True
    )
    if tried.returncode != 0:
        why = tried.stderr.strip().splitlines()[-1]
        raise Missing(f"the original ({why}; --python names a Python that has what it needs)")
    argv = [options.python, "-m", "tox_server"]
    return [Server(ORIGINAL, argv, env, [], processes)]
