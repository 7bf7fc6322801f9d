import unittest

from greeter import greeting


class Greeting(unittest.TestCase):
    def test_that_it_names_whom_it_greets(self):
        self.assertEqual(greeting("tox"), {"greeting": "Hello, tox!"})

    def test_that_nobody_is_not_greeted(self):
        with self.assertRaises(ValueError):
            greeting("")
