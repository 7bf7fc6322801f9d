"""What e2e/container adds to the example's tests: such as only an end-to-end test wants."""

import signal
import subprocess
import time
import unittest


def leave_behind(command):
    """Starts a process in a session of its own whose parent has ended."""
    subprocess.run(["sh", "-c", f"setsid {command} </dev/null >/dev/null 2>&1 &"], check=True)


class Broken(unittest.TestCase):
    def test_that_fails(self):
        self.fail("this test fails on purpose")


class Orphans(unittest.TestCase):
    def test_that_leaves_one_that_ends_and_one_that_stays(self):
        leave_behind("sleep 0.1")
        leave_behind("sleep 6001")
        time.sleep(0.5)


class Slow(unittest.TestCase):
    def test_that_takes_for_ever(self):
        leave_behind("sleep 6002")
        subprocess.Popen(["sleep", "6003"])
        print("the slow test has begun", flush=True)
        # Not wait(), which takes a quarter of a second to be interrupted: tox loses patience at 0.3 s.
        signal.pause()
