"""How soon a save makes a run: from the write of a file to the program's first byte at the client."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from .entr import Entr
from .goals import SAVE_IDLE, SAVE_MEMORY, SAVE_OWN, SAVE_P50, SAVE_RUNS
from .plan import Missing, say
from .proc import memory, processor_seconds
from .turns import Turns

LINE = ["echo", "run"]
# So long watch waits on purpose, for another save: Burst in src/main.
QUIET_MS = 80
REST_SECONDS = 0.4
BURST = 20
FILES_IN_FOLDER = 20


def measure(section, subjects, plan, processes):
    section.title = "Save: from the write of a file to the first byte of the run that it makes, at the client"
    turns = Turns(section, plan, processes)

    with tempfile.TemporaryDirectory() as folder:
        files = _files(Path(folder), plan.saved_files)

        def once(subject, turn):
            turn.expect(plan.saves, "runs")
            watch = Watch(subject.watching(folder, LINE), subject, processes)
            late = watch.saves(files[0], plan.saves, turn)

            def add(measure, unit, value, goal):
                turn.add(measure, unit, value, (goal,) if subject.is_ours else ())

            add("p50", "ms", late, SAVE_P50)
            if subject.is_ours:
                add("p50 but for the wait for more saves", "ms", late - QUIET_MS, SAVE_OWN)
            add(f"runs of {BURST} saves in a second", "runs", watch.burst(files[1]), SAVE_RUNS)
            add(f"memory, {len(files):,} files", "MiB", memory([watch.pid], "VmRSS"), SAVE_MEMORY)
            rest = watch.at_rest(plan.idle_seconds)
            add(f"processor at rest, in {plan.idle_seconds} s", "ms", rest, SAVE_IDLE)
            watch.end()

        watching = [subject for subject in subjects if subject.is_ours and not subject.is_tls]
        watching += _beside(watching[-1])
        for _ in range(plan.save_rounds):
            turns.round(watching, once)


def _beside(server):
    try:
        return [Entr(server)]
    except Missing as missing:
        say(f"left out: {missing}")
        return []


class Watch:
    """A client that runs after each save; it has run once when this is made."""

    def __init__(self, argv, subject, processes):
        self._processes = processes
        self._process = processes.start(argv, stdout=subprocess.PIPE, env=subject.env)
        self._line()
        self.pid = self._process.pid

    def saves(self, file, count, turn):
        """The median time of some saves, in ms."""
        late = []
        for number in range(count):
            time.sleep(REST_SECONDS)
            saved = time.monotonic_ns()
            file.write_text(f"x = {number}\n")
            self._line()
            late.append((time.monotonic_ns() - saved) / 1e6)
            turn.arrived += 1
        return sorted(late)[count // 2]

    def burst(self, file):
        """How many runs some saves in a second make; another save is the last of all."""
        time.sleep(REST_SECONDS)
        for number in range(BURST):
            file.write_text(f"y = {number}\n")
            time.sleep(1 / BURST)
        self._line()
        time.sleep(REST_SECONDS)
        os.set_blocking(self._process.stdout.fileno(), False)
        more = (self._process.stdout.read() or b"").count(b"\n")
        os.set_blocking(self._process.stdout.fileno(), True)
        return 1 + more

    def at_rest(self, seconds):
        """The milliseconds of processor time that it takes meanwhile."""
        before = processor_seconds(self.pid)
        time.sleep(seconds)
        return (processor_seconds(self.pid) - before) * 1000

    def end(self):
        self._processes.end(self._process)

    def _line(self):
        if not self._process.stdout.readline():
            raise Missing("it has ended", in_short="it has ended")


def _files(folder, count):
    files = []
    for number in range(count):
        parent = folder / f"d{number // FILES_IN_FOLDER}"
        parent.mkdir(exist_ok=True)
        file = parent / f"f{number}.py"
        file.write_text("")
        files.append(file)
    return files
