"""As much of NATS' protocol as the harness speaks itself: docs.nats.io, NATS client protocol."""

import json
import select
import socket
import time

from .bridge import at_once
from .plan import Missing

ALL_ANSWERS = 1
PATIENCE_SECONDS = 30


class Nats:
    """A connection. Whoever asks reads until the answer is there; nothing runs beside it."""

    def __init__(self, port, name):
        self._socket = at_once(socket.create_connection(("127.0.0.1", port), timeout=60))
        self._data = b""
        self._line(time.monotonic() + PATIENCE_SECONDS)  # INFO
        self._name = name
        self._asked = ALL_ANSWERS
        self._came = {}
        options = {"verbose": False, "pedantic": False, "headers": True, "no_responders": True, "name": name}
        self._send(f"CONNECT {json.dumps(options)}\r\nSUB _INBOX.*.{name}.* {ALL_ANSWERS}\r\n".encode())

    def close(self):
        self._socket.close()

    def publish(self, subject, body):
        self._send(_published(subject, "", body))

    def ask(self, subject, body, of="us"):
        """Returns what take() takes the answer by; a hub answers a runner at inboxes of its name alone."""
        self._asked += 1
        self._send(_published(subject, f"_INBOX.{of}.{self._name}.{self._asked} ", body))
        return self._asked

    def pull(self, subject, body):
        """As ask(), of what comes under a subject of its own."""
        self._asked += 1
        to = f"_INBOX.us.{self._name}.pulled.{self._asked}"
        subscribed = f"SUB {to} {self._asked}\r\nUNSUB {self._asked} 1\r\n".encode()
        self._send(subscribed + _published(subject, f"{to} ", body))
        return self._asked

    def take(self, asked, seconds=PATIENCE_SECONDS):
        """The subject to answer at, and the body of an answer; a TimeoutError if there is none in time."""
        deadline = time.monotonic() + seconds
        while asked not in self._came:
            self._read(deadline)
        return self._came.pop(asked)

    def drain(self):
        """Reads what is there, so that pings are answered; answers stay until they are taken."""
        while self._data or select.select([self._socket], [], [], 0)[0]:
            self._read(time.monotonic() + PATIENCE_SECONDS)

    def _send(self, data):
        self._socket.sendall(data)

    def _read(self, deadline):
        words = self._line(deadline).split()
        if words[0] == "PING":
            self._send(b"PONG\r\n")
        elif words[0] in ("MSG", "HMSG"):
            self._came_in(words, self._exactly(int(words[-1]) + 2, deadline)[:-2])
        elif words[0] == "-ERR":
            raise Missing(f"NATS says {' '.join(words)}", in_short="NATS refused")

    def _came_in(self, words, body):
        headers = int(words[-2]) if words[0] == "HMSG" else 0
        if headers and body[:headers].split(b"\r\n")[0] != b"NATS/1.0":
            raise Missing(f"NATS says {body[:headers].decode()}", in_short="NATS refused")
        reply = words[3] if len(words) == (6 if headers else 5) else None
        asked = int(words[2])
        if asked == ALL_ANSWERS:
            asked = int(words[1].rpartition(".")[2])
        self._came[asked] = (reply, body[headers:])


    def _line(self, deadline):
        while b"\r\n" not in self._data:
            self._more(deadline)
        line, self._data = self._data.split(b"\r\n", 1)
        return line.decode()

    def _exactly(self, count, deadline):
        while len(self._data) < count:
            self._more(deadline)
        data, self._data = self._data[:count], self._data[count:]
        return data

    def _more(self, deadline):
        if not select.select([self._socket], [], [], max(0, deadline - time.monotonic()))[0]:
            raise TimeoutError("NATS or a hub did not answer in time")
        more = self._socket.recv(1 << 16)
        if not more:
            raise Missing("NATS closed the connection", in_short="NATS closed the connection")
        self._data += more


def _published(subject, reply, body):
    payload = json.dumps(body).encode()
    return f"PUB {subject} {reply}{len(payload)}\r\n".encode() + payload + b"\r\n"
