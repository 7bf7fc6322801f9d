"""A client that speaks as the original's does, over libzmq: PORT, then RUN's arguments.

Writes the run's output to its own streams and leaves with its exit code; at SIGINT it asks for the run's end.
"""

import base64
import json
import signal
import sys

import zmq

socket = zmq.Context.instance().socket(zmq.DEALER)
socket.connect("tcp://localhost:" + sys.argv[1])


def ask(command, args):
    socket.send_multipart([b"", json.dumps({"command": command, "args": args, "timeout": None}).encode()])


def answer():
    delimiter, text = socket.recv_multipart()
    assert delimiter == b""
    return json.loads(text)


signal.signal(signal.SIGINT, lambda *_: ask("INTERRUPT", {"command": "RUN"}))
ask("PING", None)
assert answer()["args"]["tasks"] == 1
ask("RUN", {"tox": sys.argv[2:]})
while (told := answer())["command"] == "OUTPUT":
    stream = {"STDOUT": sys.stdout, "STDERR": sys.stderr}[told["args"]["stream"]]
    stream.buffer.write(base64.b85decode(told["args"]["data"]))
    stream.flush()
if told["command"] != "RUN":
    sys.exit(json.dumps(told))
sys.exit(told["args"]["returncode"])
