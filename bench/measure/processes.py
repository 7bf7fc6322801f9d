"""The processes that the harness starts: each is ended by its id, whatever happens."""

import os
import re
import signal
import subprocess
import threading
from pathlib import Path

from .plan import Missing

PATIENCE_SECONDS = 5


class Processes:
    def __init__(self, work):
        self._work = work
        self._running = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # A second ^C would leave some running; each of them is waited for a few seconds at most.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        # The last first: a client before its server, a connection before sshd.
        while self._running:
            self.end(self._running[-1])

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

    def wait(self, process, seconds=120):
        """Waits for one that must succeed, and ends it after a time."""
        late = threading.Timer(seconds, process.kill)
        late.start()
        # Not with a time limit: Python would then look every 50 ms only, and all times be multiples of that.
        code = process.wait()
        late.cancel()
        self._running.remove(process)
        if code != 0:
            raise Missing(f"{process.args[0]} left with {code}: {process.args}{self.last_words()}")

    def end(self, process):
        """A tox-server drains at the first SIGTERM, and cancels its runs at the second."""
        for end in (process.terminate, process.terminate, process.kill):
            if process.poll() is None:
                end()
                try:
                    process.wait(PATIENCE_SECONDS)
                except subprocess.TimeoutExpired:
                    continue
        if process.stdout:
            process.stdout.close()
        self._running.remove(process)

    def last_words(self):
        """The last lines that any of them has written to standard error."""
        lines = (self._work / "stderr.log").read_text(errors="replace").splitlines()[-3:]
        return "".join(f"\n  {line}" for line in lines)


def tree(pid):
    """A process and all that it has started."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def memory(pids, field):
    """VmRSS (now) or VmHWM (the most) of some processes together, in MiB."""
    total = 0
    for pid in pids:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            continue
        total += sum(int(kib) for kib in re.findall(rf"{field}:\s*(\d+) kB", status))
    return total / 1024


def forget_peak(pids):
    """From now on, VmHWM tells the most since now."""
    for pid in pids:
        try:
            Path(f"/proc/{pid}/clear_refs").write_text("5")
        except OSError:
            continue


def environment(**extra):
    """Ours, without what would set up a tox-server from outside."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TOX_SERVER_")}
    return kept | {name: str(value) for name, value in extra.items()}
