"""A terminal window around a command: standard input is its keyboard, standard output its screen.

    terminal.py COLUMNS ROWS COMMAND [ARGUMENT...]

The first line on standard error names the terminal's file and the command's process id. At the end of
standard input the window is closed. Leaves with the command's exit code, or 128 + N if signal N ended it.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios

PIECE = 65536


def start(columns, rows, command):
    """Starts a command that leads a session on a terminal of this size: (master, process id)."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    print(os.ttyname(slave), end=" ", file=sys.stderr)
    pid = os.fork()
    if pid == 0:
        os.close(master)
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for stream in 0, 1, 2:
            os.dup2(slave, stream)
        os.closerange(3, slave + 1)
        os.execvp(command[0], command)
    os.close(slave)
    print(pid, file=sys.stderr, flush=True)
    return master, pid


def pass_on(master):
    """Returns when the window is closed, or nobody has the terminal open any more."""
    os.set_blocking(master, False)
    typed = b""
    while True:
        readers = [master] if typed else [master, 0]
        readable, writable, _ = select.select(readers, [master] if typed else [], [])
        if 0 in readable:
            typed = os.read(0, PIECE)
            if not typed:
                return
        if writable:
            typed = typed[os.write(master, typed) :]
        if master in readable:
            try:
                shown = os.read(master, PIECE)
            except OSError:  # EIO
                return
            while shown:
                shown = shown[os.write(1, shown) :]


master, pid = start(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
pass_on(master)
os.close(master)
_, status = os.waitpid(pid, 0)
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
