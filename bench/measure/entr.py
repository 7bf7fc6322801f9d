"""entr, which runs a command whenever a file changes that it was told of: beside our watch."""

import shutil
from pathlib import Path

from .plan import Missing

LIST = ".watched-by-entr"


class Entr:
    """Starts a client of ours for each run, as people do who have no watch."""

    is_ours = False
    is_distribution = False
    is_tls = False

    def __init__(self, server):
        if not shutil.which("entr"):
            raise Missing("entr (apt-get install entr)")
        self.name = f"entr with {server.name} run"
        self.env = server.env
        self.java = server.java
        self._server = server

    @property
    def daemon(self):
        return self._server.daemon

    def be_ready(self):
        self._server.be_ready()

    def watching(self, folder, command):
        files = Path(folder) / LIST
        files.write_text("".join(f"{file}\n" for file in Path(folder).rglob("*.py")))
        return ["sh", "-c", 'list=$1; shift; exec entr -n "$@" <"$list"', "sh", files, *self._server.argv(command)]
