"""How soon a server answers, and what it takes while it does nothing."""

import time

from .bridge import free_port
from .goals import IDLE, READY
from .proc import memory, tree
from .subjects import Server
from .turns import Turns


def measure(section, subjects, plan, processes):
    turns = Turns(section, plan, processes, shared_server=False)
    servers = [subject for subject in subjects if isinstance(subject, Server) and not subject.is_tls]
    running = {}

    def start(subject, turn):
        port = free_port()
        before = time.perf_counter()
        running[subject] = subject.start(port)
        subject.await_ready(port, running[subject])
        ready = time.perf_counter() - before
        if subject.is_ours:  # the original speaks another protocol
            turn.add("start to first answered ping", "ms", ready * 1000, (READY,))

    def weigh(subject, turn):
        pid = running[subject].pid
        goals = (IDLE,) if subject.is_ours else ()
        # One turn waits for all: each has been idle for so long, or a little longer.
        turn.add(f"resident, idle for {plan.idle_seconds:g} s", "MiB", memory([pid], "VmRSS"), goals)
        turn.add("… with its helper processes", "MiB", memory(tree(pid), "VmRSS"))

    for _ in range(plan.server_rounds):
        running.clear()
        turns.round(servers, start)
        time.sleep(plan.idle_seconds)
        turns.round(servers, weigh)
        for process in running.values():
            processes.end(process)
