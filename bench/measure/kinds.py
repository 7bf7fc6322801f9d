"""Hubs around NATS, of each kind that is compared: as many servers, which keep all there."""

import shutil

from .natshub import NatsHub
from .plan import say

KINDS = ((1, "memory"), (1, "file"), (3, "memory"), (3, "file"))


def nats_hubs(of, runners, work, processes, serve):
    """None without a nats-server, which is said."""
    if not shutil.which("nats-server"):
        say("left out: hubs around NATS (there is no nats-server: apt-get install nats-server)")
        return []
    return [NatsHub(of, *kind, runners, of.tox, work, processes, serve) for kind in KINDS]
