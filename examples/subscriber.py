"""Runs tox through a tox-server: python3 subscriber.py [--token-file FILE] HOST PORT [TOX ARGUMENT...]

Shows the token that is in FILE, or else in the variable TOX_SERVER_TOKEN. If the connection breaks,
it connects again for 10 s, and goes on where it was.
"""
import base64
import json
import os
import signal
import socket
import sys
import time
import uuid

signal.signal(signal.SIGINT, signal.SIG_DFL)  # ^C: we are gone, and so the run is cancelled
args, token = sys.argv[1:], os.environ.get("TOX_SERVER_TOKEN")
if args[:1] == ["--token-file"] and len(args) > 1:
    with open(args[1], encoding="utf-8") as file:
        token = file.read().strip()
    args = args[2:]
if len(args) < 2:
    sys.exit(__doc__)
run, next_seq, asked, accepted = str(uuid.uuid4()), 0, False, False

def send(**frame):
    payload = json.dumps(frame).encode()
    server.sendall(len(payload).to_bytes(4, "big") + payload)

def receive(count):
    data, pings = b"", 0
    while len(data) < count:
        try:
            part = server.recv(count - len(data))
        except socket.timeout:  # nothing came for 5 s
            if pings == 3:
                raise ConnectionError("The server does not answer any more.")
            pings += 1
            send(type="ping")  # a sign of life, which is answered with one
            continue
        if not part:
            raise ConnectionError("The server closed the connection.")
        data, pings = data + part, 0
    return data

def begin():  # first the address, so that nothing is missed
    send(type="register", address="tox.output." + run)
    send(type="send", address="tox.run", replyAddress="run", body={"id": run, "args": args[2:]})

def connect():
    global server, asked
    server = socket.create_connection(args[:2], 5)
    server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # two small frames at once
    if token:  # any frame can carry it, if it is the first
        send(type="ping", headers={"token": token})
    if asked:
        body = {"id": run, "from": next_seq, "requester": True}
        send(type="send", address="tox.attach", replyAddress="attach", body=body)
    else:
        asked = True
        begin()

def connect_again(why):
    until = time.monotonic() + 10  # so long the server waits for us
    while time.monotonic() < until:
        try:
            return connect()
        except OSError as error:
            why = error
            time.sleep(0.2)
    sys.exit(str(why))

try:
    connect()
except OSError as error:
    sys.exit(str(error))
while True:
    try:
        frame = json.loads(receive(int.from_bytes(receive(4), "big")))
    except OSError as error:
        connect_again(error)
        continue
    event = frame.get("body", {})
    if frame["type"] == "err":
        if frame.get("address") == "attach" and frame["failureCode"] == 404 and not accepted:
            begin()  # what was sent before the connection broke did not arrive
            continue
        sys.exit(frame["message"])
    accepted = accepted or frame.get("address") in ("run", "attach")
    next_seq = event.get("seq", next_seq - 1) + 1
    if event.get("type") == "hole":
        sys.stderr.write("some output is missing here\n")
    if event.get("type") == "lost":
        sys.exit("The server died during the run.")
    if event.get("type") == "output":
        getattr(sys, event["stream"]).buffer.write(base64.b64decode(event["data"]))
        getattr(sys, event["stream"]).flush()
    if event.get("type") == "exit":
        sys.stderr.write(event["error"] + "\n" if "error" in event else "")
        sys.exit(event["returncode"])
