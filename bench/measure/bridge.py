"""As much of docs/protocol.md as the harness speaks itself."""

import json
import socket
import time

from .plan import Missing


def frame(token=None, **fields):
    """The first of a connection to a tox-server shows its token."""
    if token:
        fields["headers"] = {"token": token}
    payload = json.dumps(fields).encode()
    return len(payload).to_bytes(4, "big") + payload


def request(address, body, token=None):
    return frame(token, type="send", address=address, replyAddress="answer", body=body)


def read_frame(connection):
    length = int.from_bytes(_exactly(connection, 4), "big")
    return json.loads(_exactly(connection, length))


def _exactly(connection, count):
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise Missing("the server closed the connection")
        data += more
    return data


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def at_once(connection):
    """Nothing waits for the acknowledgement of what was sent before it: that would take 40 ms."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def await_port(port, process, processes, seconds=20):
    """A connection to a server that is about to listen. What is sent over it leaves at once."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return at_once(socket.create_connection(("127.0.0.1", port), timeout=60))
        except ConnectionRefusedError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise Missing(f"{process.args[0]} does not listen{processes.last_words()}") from None
            time.sleep(0.001)


def await_ping(port, process, processes, token_file):
    """Returns as soon as the server has answered a ping. It makes its token before it listens."""
    with await_port(port, process, processes) as connection:
        connection.sendall(request("tox.ping", {}, token_file.read_text().strip()))
        read_frame(connection)
