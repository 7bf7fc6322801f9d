"""Runs the microbenchmarks of bench/jmh and reads what they wrote."""

import json
import tempfile
from pathlib import Path

from .plan import say

# A short-lived client gets only the fast compiler; whoever runs for long could have both.
JAVAS = {
    "C1": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    "C1 and C2": "-XX:+UseSerialGC",
}


def measure(section, bench, root, plan, processes):
    section.title = "Parts (JMH)"
    processes.end_all()  # it is the last section, and not beside idle servers
    for compilers, flags in JAVAS.items():
        say(f"jmh, {compilers} …")
        section.micro += [_row(entry, compilers) for entry in _run(bench, root, flags, plan, processes)]
        section.micro.sort(key=lambda row: (row["name"], int(row["size"])))


def _run(bench, root, flags, plan, processes):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jmh.json"
        argv = [bench / "jmh/run", root.resolve(), "-rf", "json", "-rff", file, "-jvmArgs", flags]
        processes.wait(processes.start([*argv, *plan.jmh_arguments], cwd=bench))
        return json.loads(file.read_text())


def _row(entry, compilers):
    score = entry["primaryMetric"]
    values = score["rawData"][0]
    return {
        "name": ".".join(entry["benchmark"].split(".")[-2:]),
        "size": entry["params"]["size"],
        "compilers": compilers,
        "time": score["score"],
        "spread": (min(values), max(values)),
        "unit": score["scoreUnit"].replace("us/op", "µs"),
    }
