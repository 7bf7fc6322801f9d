"""Runs tox through a tox-server: python3 subscriber.py HOST PORT [TOX ARGUMENT...]"""
import base64
import json
import select
import signal
import socket
import sys
import uuid

signal.signal(signal.SIGINT, signal.SIG_DFL)  # ^C: we are gone, and so the run is cancelled
if len(sys.argv) < 3:
    sys.exit(__doc__)
server = socket.create_connection((sys.argv[1], int(sys.argv[2])))
server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # two small frames at once

def send(**frame):
    payload = json.dumps(frame).encode()
    server.sendall(len(payload).to_bytes(4, "big") + payload)

def receive(count, data=b""):
    while len(data) < count:
        while not select.select([server], [], [], 5)[0]:
            send(type="ping")  # a sign of life while nothing comes
        data += server.recv(count - len(data)) or sys.exit("The server closed the connection.")
    return data

run = str(uuid.uuid4())
send(type="register", address="tox.output." + run)  # first, so that nothing is missed
send(type="send", address="tox.run", replyAddress="answer", body={"id": run, "args": sys.argv[3:]})
while True:
    frame = json.loads(receive(int.from_bytes(receive(4), "big")))
    event = frame.get("body", {})
    if frame["type"] == "err":
        sys.exit(frame["message"])
    if event.get("type") == "output":
        getattr(sys, event["stream"]).buffer.write(base64.b64decode(event["data"]))
        getattr(sys, event["stream"]).flush()
    if event.get("type") == "exit":
        sys.stderr.write(event["error"] + "\n" if "error" in event else "")
        sys.exit(event["returncode"])
