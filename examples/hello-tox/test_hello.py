"""Two small groups of tests: one passes, the other fails on purpose."""

import time
import unittest


class Passing(unittest.TestCase):
    def test_greeting(self):
        self.assertEqual("hello " + "tox", "hello tox")

    def test_ticks(self):
        # Each tick should appear as it happens, not all at the end.
        for tick in range(1, 6):
            print("tick", tick, "of 5", flush=True)
            time.sleep(0.3)


class Failing(unittest.TestCase):
    def test_that_fails_on_purpose(self):
        self.assertEqual(6 * 9, 42, "this test fails on purpose")
