import json
import threading
import unittest
from urllib.error import HTTPError
from urllib.request import urlopen

from greeter import serve


class Service(unittest.TestCase):
    def setUp(self):
        self.server = serve(0)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def tearDown(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def get(self, path):
        host, port = self.server.server_address
        with urlopen(f"http://{host}:{port}{path}", timeout=10) as answer:
            return json.load(answer)

    def test_that_a_name_in_the_path_is_greeted(self):
        self.assertEqual(self.get("/hello/you%20there"), {"greeting": "Hello, you there!"})

    def test_that_other_paths_are_not_found(self):
        with self.assertRaises(HTTPError) as raised:
            self.get("/goodbye")
        with raised.exception as answer:
            self.assertEqual(answer.code, 404)
