"""pump.py PORT COUNT: writes to so many connections for a second, as fast as they take it."""

import selectors
import socket
import sys
import time

# As long as an event of 64 KiB is in the protocol: the readers get it in pieces of the same size.
BLOCK = bytes(87_500)

with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024) as listener:
    connections = [listener.accept()[0] for _ in range(int(sys.argv[2]))]
with selectors.DefaultSelector() as selector:
    for connection in connections:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)
        selector.register(connection, selectors.EVENT_WRITE)
    end = time.monotonic() + 1
    while time.monotonic() < end:
        for key, _ in selector.select(1):
            key.fileobj.send(BLOCK)
for connection in connections:
    connection.close()
