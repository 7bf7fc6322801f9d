"""How soon a program's answer to a key is on the screen: a person types, as in a debugger."""

import gc
import os
import pty
import sys
import time
from pathlib import Path

from .goals import KEY_P50
from .percentiles import p50, p99
from .plan import Missing
from .turns import Turns

CHILD = Path(__file__).with_name("typist.py")
KEY = b"k"
ANSWER = b"K"
SECONDS_BETWEEN = 0.01


def measure(section, subjects, plan, processes):
    section.title = "Keystroke: from a key at the client's terminal to the program's answer on it"
    turns = Turns(section, plan, processes)

    def once(subject, turn):
        turn.expect(plan.keystrokes, "answers")
        late = _once(subject, turn, processes)
        goals = (KEY_P50,) if subject.is_ours else ()
        turn.add("p50", "ms", p50(late), goals)
        turn.add("p99", "ms", p99(late))
        turn.add("max", "ms", max(late))

    able = [subject for subject in subjects if subject.has_terminal and not subject.is_tls]
    for _ in range(plan.keystroke_rounds):
        turns.round(able, once)


def _once(subject, turn, processes):
    """Milliseconds for each key."""
    terminal, theirs = pty.openpty()
    try:
        command = [sys.executable, "-S", str(CHILD)]
        process = processes.start_in(theirs, subject.in_terminal(command), env=subject.env)
        os.close(theirs)
        _await(terminal, b"ready")
        late = []
        gc.disable()
        try:
            for _ in range(turn.expected):
                time.sleep(SECONDS_BETWEEN)
                typed = time.monotonic_ns()
                os.write(terminal, KEY)
                _await(terminal, ANSWER)
                late.append((time.monotonic_ns() - typed) / 1e6)
                turn.arrived += 1
        finally:
            gc.enable()
        os.write(terminal, b"q")
        _drain(terminal)
        processes.wait(process)
        return late
    finally:
        os.close(terminal)


def _await(terminal, text):
    seen = b""
    while text not in seen:
        more = _read(terminal)
        seen += more
        if not more:
            raise Missing("the terminal was closed", in_short="the terminal was closed")


def _drain(terminal):
    while _read(terminal):
        pass


def _read(terminal):
    """Empty at the end: Linux reports an error when nobody has the other side open."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
