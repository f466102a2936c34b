"""A real `claimgraph serve` on a free port of this machine, and a client that shows everything of an answer."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from claimgraph.store import KnowledgeGraph

START = 60
"""Seconds that a start may take on a busy machine."""


class Got(NamedTuple):
    """An answer over HTTP."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    @property
    def media(self):
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def rows(self):
        """The values of a JSON answer's rows."""
        return [{k: v["value"] for k, v in row.items()} for row in json.loads(self.body)["results"]["bindings"]]


class Served(NamedTuple):
    """A running service."""

    process: subprocess.Popen
    port: int
    lines: list[str]

    def ask(self, method="GET", path="/sparql", *, headers=None, body=None, timeout=60, host=None, **fields):
        """The answer to one request; `fields` are its parameters, lists where a name comes again."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {"Host": host or f"127.0.0.1:{self.port}", **(headers or {})}
        query = urlencode(fields, doseq=True, quote_via=quote)
        try:
            connection.request(method, f"{path}?{query}" if query else path, body=body, headers=sent)
            answer = connection.getresponse()
            return Got(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def workers(self):
        """Process ids of the workers."""
        told = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
        rows = (line.split(None, 2) for line in told.splitlines())
        return [int(r[0]) for r in rows if r[1] == str(self.process.pid) and "claimgraph.server.worker" in r[2]]


@contextmanager
def serving(folder, *options):
    """The service of a folder, stopped afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "claimgraph", "serve", str(folder), "--port", "0", *map(str, options)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    lines, there = [], threading.Event()

    def listen():
        for line in process.stderr:
            lines.append(line.rstrip())
            if "/sparql" in line:
                there.set()
        there.set()

    reader = threading.Thread(target=listen)
    reader.start()
    try:
        assert there.wait(START)
        found = re.search(r":(\d+)/sparql", "\n".join(lines))
        assert found, lines
        yield Served(process, int(found[1]), lines)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            reader.join()
            process.stderr.close()


def store(folder, quads):
    """A folder with a store as a build writes it, of N-Quads or of pyoxigraph's quads."""
    if not isinstance(quads, str | bytes):
        quads = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    KnowledgeGraph.write(folder / "store", quads.encode() if isinstance(quads, str) else quads)
    return folder


def soon(true, seconds=10):
    """Whether something becomes true."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def state(pid):
    """How a process of Linux does: R runs, S waits; nothing where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return ""
