"""lines.py COUNT: prints the time, 100 times a second, as nanoseconds of CLOCK_MONOTONIC."""

import gc
import os
import sys
import time

INTERVAL_NS = 10_000_000

gc.disable()
due = time.monotonic_ns()
for _ in range(int(sys.argv[1])):
    due += INTERVAL_NS
    time.sleep(max(0, due - time.monotonic_ns()) / 1e9)
    os.write(1, b"%d\n" % time.monotonic_ns())
