"""What was measured, on what, and how busy that was with other things."""

import datetime
import os
import platform
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .subjects import ORIGINAL


@dataclass(frozen=True)
class Load:
    average: float
    busy: float

    def is_busy(self):
        return self.average >= 1 or self.busy >= 0.15

    def __str__(self):
        return f"load average {self.average:.2f}, processors {self.busy:.0%} busy"


def load():
    """The load average, which is old news, and what the processors do for two seconds, which is not."""
    before = _ticks()
    time.sleep(2)
    after = _ticks()
    passed = [new - old for new, old in zip(after, before)]
    idle = passed[3] + passed[4]
    return Load(os.getloadavg()[0], 1 - idle / max(1, sum(passed)))


def _ticks():
    return [int(tick) for tick in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]


def facts(subjects, options):
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    javas = sorted({subject.java for subject in subjects if subject.java})
    rows = {
        "date": datetime.date.today().isoformat(),
        "commit": _commit(options.root),
        "processor": f"{cpu.group(1) if cpu else platform.machine()}, {len(os.sched_getaffinity(0))} cores, {gib:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "Java": ", ".join(javas),
        "ssh": _output(["ssh", "-V"]) if any("ssh" in subject.name for subject in subjects) else "left out",
    }
    original = any(subject.name == ORIGINAL for subject in subjects)
    rows["the original"] = f"on {_output([options.python, '-V'])}" if original else "left out"
    return rows


def _commit(root):
    git = ["git", "-C", str(root)]
    changed = _output([*git, "status", "--porcelain", "--", ":!bench", ":!README.md"])
    commit = _output([*git, "log", "-1", "--format=%h (%s)"])
    return commit + (" with changes" if changed else "")


def _output(argv):
    try:
        done = subprocess.run(argv, capture_output=True, text=True)
    except FileNotFoundError:
        return "unknown"
    return (done.stdout + done.stderr).strip()
