"""Many connections that read one run: one selector, one buffer, and as little as can be done for each byte.

All count what comes and look for the end. Only a few keep what they get, for a check afterwards:
whether every event came once and in order, and every byte of the run's.
"""

import base64
import json
import selectors
import time

from .bridge import frame
from .plan import Missing

EXIT = b'"type":"exit"'
TAIL = 512
PING_SECONDS = 5
PONG_BYTES = len(b'\0\0\0\0{"type":"pong"}')


class Reader:
    def __init__(self, connection, keeps=False):
        self.connection = connection
        self.bytes = 0
        self.pings = 0
        self.kept = bytearray() if keeps else None
        self._tail = b""

    def take(self, data):
        self.bytes += len(data)
        self._tail = (self._tail + bytes(data[-TAIL:]))[-TAIL:]
        if self.kept is not None:
            self.kept += data

    def has_the_end(self):
        return EXIT in self._tail

    def ping(self):
        self.connection.sendall(frame(type="ping"))
        self.pings += 1

    def may_have_got(self, count):
        """Whether it has so many bytes of the run, besides the answers to its pings that have come."""
        return any(self.bytes == count + pongs * PONG_BYTES for pongs in range(self.pings + 1))


def read_all(readers, turn, until_exit=True):
    """Reads until each has the end, or the other side has closed all."""
    buffer = memoryview(bytearray(1 << 20))
    next_ping = time.monotonic() + PING_SECONDS
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader.connection, selectors.EVENT_READ, reader)
        while selector.get_map():
            for key, _ in selector.select(1):
                reader = key.data
                count = key.fileobj.recv_into(buffer)
                turn.arrived += count
                reader.take(buffer[:count])
                if not count and until_exit:
                    raise Missing("the server closed a subscriber's connection", in_short="the server closed a connection")
                if not count or until_exit and reader.has_the_end():
                    selector.unregister(key.fileobj)
            if until_exit and time.monotonic() > next_ping:
                next_ping += PING_SECONDS
                for key in list(selector.get_map().values()):
                    key.data.ping()


def check(readers, run, size):
    """All must have got the same; those that kept it must have every event, and all the output."""
    for reader in readers:
        if reader.kept is not None:
            count = _check_events(reader.kept, run, size)
    wrong = sum(not reader.may_have_got(count) for reader in readers)
    if wrong:
        text = f"{wrong} of {len(readers)} subscribers got another number of bytes than the others"
        raise Missing(text, in_short=text)


def _check_events(kept, run, size):
    """How many bytes the run's events have on the wire."""
    at, due, output, on_the_wire = 0, None, 0, 0
    while at < len(kept):
        end = at + 4 + int.from_bytes(kept[at : at + 4], "big")
        message = json.loads(kept[at + 4 : end])
        if message.get("address") == f"tox.output.{run}":
            event = message["body"]
            if "seq" in event:  # a notice has none
                if due is not None and event["seq"] != due:
                    raise Missing(f"{event['seq']} came, {due} was due", in_short="an event is missing or came twice")
                due = event["seq"] + 1
            output += len(base64.b64decode(event.get("data", "")))
            on_the_wire += end - at
        at = end
    if output != size:
        text = f"a subscriber got {output:,} of {size:,} bytes"
        raise Missing(text, in_short=text)
    return on_the_wire
