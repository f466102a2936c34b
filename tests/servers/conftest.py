"""Real servers on loopback, each in a temporary folder and on free ports, always stopped.

Oxigraph's comes with the test requirements. Virtuoso's is a package of Debian: it takes part where `make test-servers`
has looked for it (CLAIMGRAPH_VIRTUOSO=1), and must then be there.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

START, STOP = 90, 20
"""Seconds a server may take: on a busy machine Virtuoso's first start writes 50 MB."""
INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 10000
"""  # the limit of rows is that of the packaged configuration


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that serves a folder; `variables` are the credentials that it wants, `store` and `sparql` addresses."""

    variables: dict[str, str] = {}  # noqa: RUF012 - constants of the class

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None

    def start(self):
        log = (self.folder / "output.log").open("ab")
        self.process = subprocess.Popen(
            self.command(), cwd=self.folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        log.close()
        self._await()

    def _await(self):
        until = time.monotonic() + START
        while time.monotonic() < until:
            assert self.process.poll() is None, (self.folder / "output.log").read_text(errors="replace")
            try:
                if self.rows("ASK {}") is not None:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        pytest.fail(f"{type(self).__name__} did not answer in {START} s")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP)
        except subprocess.TimeoutExpired:
            self.kill()

    def rows(self, query):
        """The answer's variables and bindings (SPARQL 1.1 Query Results JSON), an ASK's truth."""
        answer = httpx.post(
            self.sparql,
            data={"query": query},
            headers={"Accept": "application/sparql-results+json"},
            timeout=120,
            trust_env=False,
        )
        assert answer.status_code == 200, answer.text
        told = answer.json()
        return told["boolean"] if "boolean" in told else (told["head"]["vars"], told["results"]["bindings"])


class Oxigraph(Server):
    def command(self):
        program = Path(sys.executable).with_name("oxigraph")
        return [program, "serve", "--location", "data", "--bind", f"127.0.0.1:{self.port}", "--union-default-graph"]

    @property
    def store(self):
        return f"http://127.0.0.1:{self.port}/store"

    @property
    def sparql(self):
        return f"http://127.0.0.1:{self.port}/query"


class Virtuoso(Server):
    variables = {"CLAIMGRAPH_USER": "dba", "CLAIMGRAPH_PASSWORD": "dba"}  # noqa: RUF012 - of a database that is thrown away

    def command(self):
        program = shutil.which("virtuoso-t")
        assert program, "make test-servers installs Virtuoso (virtuoso-t)"
        (self.folder / "virtuoso.ini").write_text(INI.format(sql=free_port(), http=self.port))
        return [program, "+foreground", "+configfile", "virtuoso.ini"]

    @property
    def store(self):
        return f"http://127.0.0.1:{self.port}/sparql-graph-crud-auth"

    @property
    def sparql(self):
        return f"http://127.0.0.1:{self.port}/sparql"


SERVERS = [Oxigraph, *([Virtuoso] if os.environ.get("CLAIMGRAPH_VIRTUOSO") else [])]


@pytest.fixture(params=SERVERS, ids=lambda kind: kind.__name__)
def server(request, tmp_path, monkeypatch):
    """A running server without data, and its credentials in the environment."""
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"CLAIMGRAPH_{name}", raising=False)
    for key, value in {**request.param.variables, "NO_PROXY": "127.0.0.1", "NETRC": str(tmp_path / "none")}.items():
        monkeypatch.setenv(key, value)
    folder = tmp_path / "server"
    folder.mkdir()
    running = request.param(folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()
