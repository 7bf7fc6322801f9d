"""An sshd of our own, with keys of its own, on a free port of the loopback interface."""

import getpass
import os
import shutil
import subprocess
import time

from .bridge import await_port, free_port
from .plan import Missing

# Another home: what the shell of whoever measures does at its start is not what ssh takes.
SERVER = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
SetEnv HOME={folder}
"""

CLIENT = """\
Host bench
  HostName 127.0.0.1
  Port {port}
  User {user}
  IdentityFile {folder}/user_key
  IdentitiesOnly yes
  UserKnownHostsFile {folder}/known_hosts
  StrictHostKeyChecking yes
  LogLevel ERROR
"""


class Daemon:
    def __init__(self, sshd, work, processes):
        sshd = sshd or shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
        if not sshd or not shutil.which("ssh"):
            raise Missing("ssh (no ssh or no sshd: install openssh-client and openssh-server)")
        self._folder = work / "ssh"
        self._folder.mkdir(mode=0o700)
        port = free_port()
        self._write("sshd_config", SERVER, port)
        self._write("ssh_config", CLIENT, port)
        for key in ("host_key", "user_key"):
            make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self._folder / key]
            subprocess.run(make, check=True, stdin=subprocess.DEVNULL)
        host_key = (self._folder / "host_key.pub").read_text()
        (self._folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host_key}")
        daemon = processes.start([sshd, "-D", "-e", "-f", self._folder / "sshd_config"])
        try:
            await_port(port, daemon, processes).close()
        except Missing as missing:
            raise Missing(f"ssh ({missing})") from None
        self._open_control(processes)

    def client(self, control):
        argv = ["ssh", "-F", str(self._folder / "ssh_config")]
        argv += ["-S", str(self._folder / "control") if control else "none"]
        return [*argv, "bench"]

    def _open_control(self, processes):
        argv = self.client(True)
        master = processes.start([*argv[:-1], "-M", "-N", argv[-1]])
        deadline = time.monotonic() + 10
        while not (self._folder / "control").exists():
            if master.poll() is not None or time.monotonic() > deadline:
                raise Missing(f"ssh (no connection to our own sshd){processes.last_words()}")
            time.sleep(0.01)

    def _write(self, name, text, port):
        filled = text.format(port=port, folder=self._folder, user=getpass.getuser())
        (self._folder / name).write_text(filled)
