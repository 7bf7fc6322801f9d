"""Runs the microbenchmarks of bench/jmh and reads what they wrote."""

import json
import subprocess
import tempfile
from pathlib import Path

from .plan import Missing, say


def measure(bench, root, plan):
    say("jmh …")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jmh.json"
        argv = [bench / "jmh/run", root.resolve(), "-rf", "json", "-rff", file, *plan.jmh_arguments]
        if subprocess.run(argv, stdout=subprocess.DEVNULL).returncode != 0:
            raise Missing("bench/jmh/run failed: see above")
        return [_row(entry) for entry in json.loads(file.read_text())]


def _row(entry):
    score = entry["primaryMetric"]
    name = ".".join(entry["benchmark"].split(".")[-2:])
    low, high = score["scoreConfidence"]
    return {
        "name": name,
        "size": entry.get("params", {}).get("size", ""),
        "time": score["score"],
        "spread": f"{low:.3g} – {high:.3g}",
        "unit": score["scoreUnit"],
    }
