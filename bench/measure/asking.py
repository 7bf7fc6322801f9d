"""What the harness asks of a server of ours over a connection of its own."""

import time

from .bridge import frame, read_frame
from .plan import Missing

BUSY = 429
UNDER_WAY = 100


def answer(client, address, body):
    return _answers(client, address, {"answer": body})["answer"]


def ask_for_runs(client, ids, args, between=lambda: None):
    """Asks for detached runs, some at a time; between is called again and again meanwhile."""
    for first in range(0, len(ids), UNDER_WAY):
        some = ids[first : first + UNDER_WAY]
        _answers(client, "tox.run", {run: {"id": run, "args": args, "detach": True} for run in some}, between)


def _answers(client, address, bodies, between=lambda: None):
    """By the name of each; who is told that the disk is too slow for so many runs asks again."""
    found = {}
    while missing := [name for name in bodies if name not in found]:
        between()
        for name in missing:
            client.sendall(frame(type="send", address=address, replyAddress=name, body=bodies[name]))
        for _ in missing:
            told = read_frame(client)
            if told["type"] != "err":
                found[told["address"]] = told["body"]
            elif told.get("failureCode") != BUSY or "disk" not in told["message"]:
                raise Missing(f"{address} was refused: {told['message']}", in_short="was refused")
        if len(found) < len(bodies):
            time.sleep(0.05)
    return found
