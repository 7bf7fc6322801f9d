"""What Linux tells about processes: whose child is whose, and what memory they have."""

import ctypes
import os
import re
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans():
    """Whose parent ends becomes our child from now on: so nobody that we started is out of our sight."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children():
    """The living children of each process, by its id."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if fields[0] not in "ZX":
            found.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    return found


def tree(pid):
    """A process and all that it has started."""
    families = children()
    found = [pid]
    for each in found:
        found += families.get(each, [])
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


def processor_seconds(pid):
    """What a process has taken of all processors, in user mode and in the kernel's."""
    fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def forget_peak(pids):
    """From now on, VmHWM tells the most since now."""
    for pid in pids:
        try:
            Path(f"/proc/{pid}/clear_refs").write_text("5")
        except OSError:
            continue
