"""Fixtures for the original's own tests that start this project's server in place of its own (see e2e/original)."""

import asyncio
import contextlib
import functools
import os
import signal
import subprocess

import pytest
import zmq.asyncio

import tox_server as ts
from tox_server.protocol import Command, Message

from . import helpers

STARTED = "^C to exit"
JVM_SECONDS = 20

DIFFERENT = {
    "test_server_interrupt[tcp]": "a run is cancelled by signals: its exit code is 130, not what a mock answers",
    "test_server_cancel_hang[tcp]": "a second cancel ends all of a run, and does not give up waiting for it",
    "test_server_interrupt_hang[tcp]": "the same of an interrupt",
}


def pytest_collection_modifyitems(items):
    for item in items:
        if item.name in DIFFERENT:
            item.add_marker(pytest.mark.xfail(reason=DIFFERENT[item.name], strict=True))


class JavaServer:
    """A server with a port for the original's clients, and a folder of its own."""

    def __init__(self, port, folder, *options):
        jar = os.environ["TOX_SERVER_JAR"]
        self.process = subprocess.Popen(
            ["java", "-jar", jar, "-p", "0", "-l", "info", "serve", "--zmtp", str(port), *options],
            cwd=folder,
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in self.process.stderr:
            if STARTED in line:
                return
        raise AssertionError(f"the server left with {self.process.wait()}")

    @property
    def pid(self):
        return self.process.pid

    def finished(self):
        return Finished(self.process.wait(JVM_SECONDS))

    def end(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()


class Finished:
    def __init__(self, exit_code):
        self.exit_code = exit_code


class Tox:
    """A tox that ends when, and as, a test says."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "tox"
        self.path.write_text(
            "#!/bin/sh\n"
            f"while [ ! -e {folder}/returncode ] || [ -e {folder}/hang ]; do sleep 0.01; done\n"
            f"exit $(cat {folder}/returncode)\n"
        )
        self.path.chmod(0o755)

    @property
    def returncode(self):
        return self

    @property
    def state(self):
        return self

    def set_result(self, code):
        (self.folder / "written").write_text(str(code))
        (self.folder / "written").rename(self.folder / "returncode")

    @property
    def hang(self):
        return (self.folder / "hang").exists()

    @hang.setter
    def hang(self, value):
        assert value
        (self.folder / "hang").touch()


# test_server.py imports these names from here.
SubprocessManager = Tox
URI = helpers.URI

SERVERS = []


async def ended(server):
    while server.process.poll() is None:
        await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def run_server(uri, zctx):
    task = asyncio.create_task(ended(SERVERS[-1]))
    yield task
    task.cancel()


async def check_command(command, args, uri, zctx, process):
    async with run_server(uri.bind, zctx) as server:
        message = Message(command=Command[command], args=args)
        client = asyncio.create_task(ts.client.client(uri.connect, message, zctx=zctx, timeout=JVM_SECONDS))
        process.returncode.set_result(0)
        answer = await client
        done, _ = await asyncio.wait((server,), timeout=5)
    return answer, server in done


def mark_asyncio_timeout(seconds):
    def limited(test):
        @pytest.mark.asyncio
        @functools.wraps(test)
        async def within(*args, **kwargs):
            return await asyncio.wait_for(test(*args, **kwargs), timeout=JVM_SECONDS)

        return within

    return limited


# Before the tests import them by name.
helpers.run_server = run_server
helpers.check_command = check_command
helpers.mark_asyncio_timeout = mark_asyncio_timeout


@pytest.fixture
def zctx():
    context = zmq.asyncio.Context()
    yield context
    context.destroy(linger=0)


@pytest.fixture(params=["tcp"])
def protocol(request):
    return request.param


@pytest.fixture
def uri(protocol, unused_tcp_port):
    return URI(f"tcp://localhost:{unused_tcp_port}", f"tcp://127.0.0.1:{unused_tcp_port}")


@pytest.fixture
def process(uri, tmp_path):
    tox = Tox(tmp_path)
    SERVERS.append(JavaServer(uri.bind.rsplit(":", 1)[1], tmp_path, "--tox", str(tox.path)))
    yield tox
    SERVERS.pop().end()


@pytest.fixture
async def server(process, uri, zctx):
    async with run_server(uri.bind, zctx) as task:
        yield task


@pytest.fixture(autouse=True)
def server_of_the_command_line(request, monkeypatch, tmp_path):
    if not hasattr(request.module, "server_in_process"):
        return

    @contextlib.contextmanager
    def server_in_process(port):
        server = JavaServer(port, tmp_path)
        try:
            yield server
            server.finished()
        finally:
            server.end()

    monkeypatch.setattr(request.module, "server_in_process", server_in_process)
