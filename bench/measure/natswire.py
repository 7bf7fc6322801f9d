"""As much of NATS' protocol as the harness speaks itself: docs.nats.io, NATS client protocol."""

import json
import select
import socket
import time

from .plan import Missing


class Nats:
    """A connection. Whoever asks reads until the answer is there; nothing runs beside it."""

    def __init__(self, port, name):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._data = b""
        self._line()  # INFO
        self._inbox = f"_INBOX.{name}"
        self._asked = 0
        self._came = {}
        options = {"verbose": False, "pedantic": False, "headers": True, "no_responders": True, "name": name}
        self._send(f"CONNECT {json.dumps(options)}\r\n".encode())

    def close(self):
        self._socket.close()

    def publish(self, subject, body):
        self._publish(subject, "", json.dumps(body).encode())

    def ask(self, subject, body):
        """Returns what take() takes the answer by."""
        self._asked += 1
        # A subscription for each, since what is pulled comes under its own subject, and not the inbox's.
        self._send(f"SUB {self._inbox}.{self._asked} {self._asked}\r\nUNSUB {self._asked} 1\r\n".encode())
        self._publish(subject, f"{self._inbox}.{self._asked} ", json.dumps(body).encode())
        return self._asked

    def take(self, asked, seconds=30):
        """The subject to answer at, and the body of an answer; what has a status of NATS' own is a failure."""
        deadline = time.monotonic() + seconds
        while asked not in self._came:
            self._read(deadline)
        return self._came.pop(asked)

    def drain(self):
        """Reads what is there, so that pings are answered; answers stay until they are taken."""
        while self._data or select.select([self._socket], [], [], 0)[0]:
            self._read(time.monotonic() + 5)

    def _publish(self, subject, reply, payload):
        self._send(f"PUB {subject} {reply}{len(payload)}\r\n".encode() + payload + b"\r\n")

    def _send(self, data):
        self._socket.sendall(data)

    def _read(self, deadline):
        if time.monotonic() > deadline:
            raise Missing("NATS or a hub did not answer in time", in_short="no answer")
        words = self._line().split(" ")
        if words[0] == "PING":
            self._send(b"PONG\r\n")
        elif words[0] in ("MSG", "HMSG"):
            body = self._exactly(int(words[-1]))
            self._exactly(2)
            headers = int(words[-2]) if words[0] == "HMSG" else 0
            reply = words[3] if len(words) == (6 if headers else 5) else None
            if headers and body[:headers].split(b"\r\n")[0] != b"NATS/1.0":
                raise Missing(f"NATS says {body[:headers].decode()}", in_short="NATS refused")
            self._came[int(words[2])] = (reply, body[headers:])
        elif words[0] == "-ERR":
            raise Missing(f"NATS says {' '.join(words)}", in_short="NATS refused")

    def _line(self):
        while b"\r\n" not in self._data:
            self._more()
        line, self._data = self._data.split(b"\r\n", 1)
        return line.decode()

    def _exactly(self, count):
        while len(self._data) < count:
            self._more()
        data, self._data = self._data[:count], self._data[count:]
        return data

    def _more(self):
        more = self._socket.recv(1 << 16)
        if not more:
            raise Missing("NATS closed the connection")
        self._data += more
