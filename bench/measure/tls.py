"""Certificates for a server over TLS and its clients, made as docs/security.md shows."""

import shutil
import subprocess

from .plan import Missing

REQUEST = ["openssl", "req", "-x509", "-noenc", "-days", "2", "-newkey", "rsa:3072"]


class Certificates:
    def __init__(self, folder):
        if not shutil.which("openssl"):
            raise Missing("TLS (no openssl)")
        self._folder = folder
        folder.mkdir(mode=0o700)
        self._make("ca", "/CN=bench CA")
        signed = ["-CA", self._file("ca.pem"), "-CAkey", self._file("ca.key")]
        signed += ["-addext", "basicConstraints=critical,CA:FALSE", "-addext", "subjectAltName=DNS:localhost"]
        self._make("server", "/CN=server", *signed)

    def for_server(self):
        return ["--tls-cert", self._file("server.pem"), "--tls-key", self._file("server.key")]

    def for_client(self):
        return ["--tls-ca", self._file("ca.pem")]

    def _make(self, name, subject, *more):
        files = ["-keyout", self._file(name + ".key"), "-out", self._file(name + ".pem")]
        argv = [*REQUEST, *files, "-subj", subject, *more]
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise Missing(f"TLS (openssl: {done.stderr.strip()})")

    def _file(self, name):
        return str(self._folder / name)
