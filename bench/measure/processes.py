"""The processes that the harness starts: each is ended by its id, whatever happens."""

import fcntl
import os
import signal
import subprocess
import termios
import threading
import time

from .plan import Missing
from .proc import adopt_orphans, children, tree

PATIENCE_SECONDS = 5


class Limit:
    """Kills what was started since its beginning, and one server, if its end is not reached in time."""

    def __init__(self, processes, seconds, server):
        self.expired = False
        self.mark = processes.mark()
        self._processes = processes
        self._server = server
        self._timer = threading.Timer(seconds, self._expire)

    def __enter__(self):
        self._timer.start()
        return self

    def __exit__(self, *_):
        self._timer.cancel()
        self._timer.join()

    def _expire(self):
        # Whoever waits for a byte or an end gets it now: no wait of the harness needs a limit of its own.
        self.expired = True
        self._processes.kill(self.mark, self._server)


class Processes:
    def __init__(self, work):
        self._work = work
        self._running = []

    def __enter__(self):
        adopt_orphans()
        return self

    def __exit__(self, *_):
        # A second ^C would leave some running; each of them is waited for a few seconds at most.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self.end_all()
        self._kill_orphans(frozenset())

    def start(self, argv, stdout=subprocess.DEVNULL, env=None, cwd=None):
        """Starts one in a session of its own, so that ^C reaches only us, and we end the others."""
        log = self._work / "stderr.log"
        with open(log, "ab") as stderr:
            process = subprocess.Popen(
                [str(word) for word in argv],
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                env=env,
                cwd=cwd or self._work,
                start_new_session=True,
            )
        self._running.append(process)
        return process

    def start_in(self, terminal, argv, env=None):
        """Starts one in a terminal that is its own, as a person would: all three streams are that."""
        process = subprocess.Popen(
            [str(word) for word in argv],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=env,
            cwd=self._work,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        self._running.append(process)
        return process

    def limit(self, seconds, server=None):
        return Limit(self, seconds, server)

    def wait(self, process):
        """Waits for one that must succeed."""
        # Not with a time limit: Python would then look every 50 ms only, and all times be multiples of that.
        code = process.wait()
        self._running.remove(process)
        if code != 0:
            raise Missing(
                f"{process.args[0]} left with {code}: {process.args}{self.last_words()}",
                in_short=f"left with {code}",
            )

    def end_all(self):
        # The last first: a client before its server, a connection before sshd.
        while self._running:
            self.end(self._running[-1])

    def end(self, process):
        """A tox-server drains at the first SIGTERM, and cancels its runs at the second."""
        for end in (process.terminate, process.terminate, process.kill):
            if process.poll() is None:
                end()
                try:
                    process.wait(PATIENCE_SECONDS)
                except subprocess.TimeoutExpired:
                    continue
        self._forget(process)

    def mark(self):
        """What is there already, and stays when all later ones are killed."""
        return frozenset(process.pid for process in self._running) | frozenset(self._orphans())

    def kill(self, mark, server=None):
        """Kills all that were started since the mark, what they have started, and one older server."""
        for process in list(self._running):
            if process.returncode is None and (process.pid not in mark or process is server):
                _kill(tree(process.pid))
        self._kill_orphans(mark)

    def kill_and_forget(self, mark, server=None):
        self.kill(mark, server)
        for process in list(self._running):
            if process.pid not in mark or process is server:
                process.wait()
                self._forget(process)

    def last_words(self):
        """The last lines that any of them has written to standard error."""
        lines = (self._work / "stderr.log").read_text(errors="replace").splitlines()[-3:]
        return "".join(f"\n  {line}" for line in lines)

    def _forget(self, process):
        if process.stdout:
            process.stdout.close()
        if process in self._running:
            self._running.remove(process)

    def _orphans(self):
        ours = {process.pid for process in self._running}
        return [pid for pid in children().get(os.getpid(), []) if pid not in ours]

    def _kill_orphans(self, mark):
        """A process that is killed leaves its own to us: until there are none."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while left := [pid for pid in self._orphans() if pid not in mark]:
            if time.monotonic() > deadline:
                return
            for pid in left:
                _kill(tree(pid))
            time.sleep(0.01)


def _kill(pids):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def environment(**extra):
    """Ours, without what would set up a tox-server from outside."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TOX_SERVER_")}
    return kept | {name: str(value) for name, value in extra.items()}
