import os
import sys
import unittest

from roman import roman


class Roman(unittest.TestCase):
    def test_that_numbers_are_written_as_the_romans_did(self):
        self.assertEqual([roman(n) for n in (4, 9, 1987, 2026)], ["IV", "IX", "MCMLXXXVII", "MMXXVI"])

    def test_that_this_is_the_python_that_the_environment_is_named_after(self):
        self.assertEqual("py%d%d" % sys.version_info[:2], os.environ["TOX_ENV_NAME"])
