"""Runs the microbenchmarks of bench/jmh and reads what they wrote."""

import json
import subprocess
import tempfile
from pathlib import Path

from .plan import Missing, say

# A short-lived client gets only the fast compiler; whoever runs for long could have both.
JAVAS = {
    "C1": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    "C1 and C2": "-XX:+UseSerialGC",
}


def measure(bench, root, plan):
    rows = []
    for compilers, flags in JAVAS.items():
        say(f"jmh, {compilers} …")
        rows += [_row(entry, compilers) for entry in _run(bench, root, flags, plan)]
    return sorted(rows, key=lambda row: (row["name"], int(row["size"])))


def _run(bench, root, flags, plan):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jmh.json"
        argv = [bench / "jmh/run", root.resolve(), "-rf", "json", "-rff", file, "-jvmArgs", flags]
        if subprocess.run([*argv, *plan.jmh_arguments], stdout=subprocess.DEVNULL).returncode != 0:
            raise Missing("bench/jmh/run failed: see above")
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
