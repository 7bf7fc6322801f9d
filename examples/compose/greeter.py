"""A small web service: GET /hello/NAME answers with a greeting, as JSON."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


def greeting(name):
    if not name:
        raise ValueError("nobody to greet")
    return {"greeting": f"Hello, {name}!"}


class Greeter(BaseHTTPRequestHandler):
    def do_GET(self):
        place, _, name = self.path.lstrip("/").partition("/")
        try:
            if place != "hello":
                raise LookupError(f"there is no /{place} here")
            self.answer(200, greeting(unquote(name)))
        except LookupError as problem:
            self.answer(404, {"error": str(problem)})
        except ValueError as problem:
            self.answer(400, {"error": str(problem)})

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        pass


def serve(port):
    """A server on the port, which is not running yet; 0 takes a free port."""
    return ThreadingHTTPServer(("127.0.0.1", port), Greeter)


if __name__ == "__main__":
    serve(8000).serve_forever()
