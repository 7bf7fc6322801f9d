"""How large what is built is, and how much of that is there for NATS."""

import re
import zipfile
from pathlib import Path

from .plan import Missing
from .turns import Turns

KB = 1000
LIBRARY = re.compile(r"io/nats/|org/jspecify/|META-INF/.*(jnats|jspecify)")
OURS = re.compile(r"dev/toxserver/(nats|runner/nats|server/shared)/")


def measure(section, subjects, plan, processes):
    section.title = "Size"
    section.references = ()
    turns = Turns(section, plan, processes, shared_server=False)
    mine = [subject for subject in subjects if subject.is_distribution and not subject.is_tls]
    if not mine:
        raise Missing("there is no distribution to weigh", in_short="there is no distribution")
    turns.round(mine, _weigh)


def _weigh(subject, turn):
    folder = Path(subject.launcher()[0]).parents[1]
    jar = next(folder.rglob("tox-server.jar"))
    turn.add("the jar", "kB", jar.stat().st_size / KB)
    turn.add("… of it NATS' library", "kB", _share(jar, LIBRARY) / KB)
    turn.add("… of it our classes for NATS", "kB", _share(jar, OURS) / KB)
    for packed in folder.parent.glob("tox-server*.tar.gz"):
        turn.add("the distribution, packed", "kB", packed.stat().st_size / KB)
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    turn.add("the distribution, unpacked", "kB", sum(file.stat().st_size for file in files) / KB)


def _share(jar, names):
    """Packed, with what each entry takes beside its data."""
    with zipfile.ZipFile(jar) as entries:
        return sum(
            entry.compress_size + 76 + 2 * len(entry.filename)
            for entry in entries.infolist()
            if names.match(entry.filename)
        )
