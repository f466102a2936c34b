"""Articles added, replaced and removed: what is there afterwards, and what is there when something goes wrong."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from msgspec import structs

from claimgraph import generations
from claimgraph.building import sorting
from claimgraph.errors import SurroundingsError, UsageError
from claimgraph.iris import Iris
from claimgraph.pipeline import build, to_graph
from claimgraph.quads import to_nquads
from claimgraph.store import KnowledgeGraph
from graphs import TEXT, reading
from served import serving

BRIDGE = "Prague, 3 May 2022\n\nThe mayor of Prague said on Monday that the bridge is safe.\n"
NORWAY = "Oslo, 4 May 2022\n\nNorway said on Tuesday that 30 tonnes of salmon were sold. Lena Holt denied that.\n"
KILLED = Path(__file__).parent.parent / "benchmarks" / "killed.py"
HOLDS = """
import sys
from claimgraph.store import KnowledgeGraph
graph = KnowledgeGraph.open(sys.argv[1], write=True)
graph.remove(["b"])
print("done", flush=True)
sys.stdin.read()
"""


def record(*readings, text: str = "full", iris: Iris | None = None, now: str | None = None) -> bytes:
    """graph.nq of a build of these articles."""
    ordered = sorted(readings, key=lambda r: r.article.id)
    return to_nquads(to_graph(ordered, iris=iris or Iris(), text=text, now=now)).encode()


def made(folder: Path, *readings, **options) -> Path:
    """A folder with the record and the store of some articles."""
    out = folder / "out"
    out.mkdir()
    (out / "graph.nq").write_bytes(record(*readings, **options))
    KnowledgeGraph.write(out / "store", record(*readings, **options))
    return out


def lines(graph: KnowledgeGraph) -> set[str]:
    return {f"{quad} ." for quad in graph.store}


def told(*readings, **options) -> set[str]:
    return set(record(*readings, **options).decode().splitlines())


def named(id_: str, text: str):
    """A reading under an id of its own."""
    read = reading("any", text)
    return structs.replace(read, article=structs.replace(read.article, id=id_))


def small(id_: str = "a"):
    return named(id_, TEXT)


def bridge(id_: str = "b"):
    return named(id_, BRIDGE)


def norway(id_: str = "c"):
    return named(id_, NORWAY)


# ---- what a change leaves


def test_what_is_changed_is_what_a_build_of_the_same_articles_writes(tmp_path):
    out = made(tmp_path, small())
    steps = [
        (lambda g: g.add([bridge(), norway()]), (small(), bridge(), norway())),
        (lambda g: g.remove(["a"]), (bridge(), norway())),
        (lambda g: g.replace([norway("b")]), (norway("b"), norway())),
        (lambda g: g.replace([small()]), (small(), norway("b"), norway())),
        (lambda g: g.remove(["c", "b"]), (small(),)),
    ]
    for step, left in steps:
        with KnowledgeGraph.open(out, write=True) as graph:
            step(graph)
            graph.save()  # what articles have in common with each other is told when a writer saves
            assert lines(graph) == told(*left)
            assert lines(KnowledgeGraph.open(out)) == told(*left), "others see it before the writer is closed"
        assert (out / "graph.nq").read_bytes() == record(*left)
    assert KnowledgeGraph.open(out).check().violations == ()


def test_an_emptied_graph_remembers_how_it_was_made(tmp_path):
    elsewhere = Iris("https://example.org/kg/")
    out = made(tmp_path, small(), text="none", iris=elsewhere)
    with KnowledgeGraph.open(out, write=True) as graph:
        graph.remove(["a"])
        assert not graph.query("SELECT ?c { ?c a cg:Claim }").rows
        graph.add([bridge()])
    assert (out / "graph.nq").read_bytes() == record(bridge(), text="none", iris=elsewhere), "no word of the text leaks"


def test_the_time_of_a_change_is_that_of_its_run(tmp_path):
    out = made(tmp_path, small(), now="2024-01-02T03:04:05Z")
    with KnowledgeGraph.open(out, write=True) as graph:
        graph.add([bridge()], now="2024-02-02T03:04:05Z")
    assert (out / "graph.nq").read_bytes() == record(small(), bridge(), now="2024-02-02T03:04:05Z")


def test_what_cannot_be_meant_changes_nothing(tmp_path):
    out = made(tmp_path, small(), bridge())
    with KnowledgeGraph.open(out, write=True) as graph:
        with pytest.raises(UsageError, match=r"^b: is in the graph already"):
            graph.add([norway(), bridge()])
        with pytest.raises(UsageError, match=r"^nobody: is no article"):
            graph.remove(["a", "nobody"])
        assert lines(graph) == told(small(), bridge())
    with pytest.raises(SurroundingsError, match="closed"):
        graph.remove(["a"])


def test_a_record_larger_than_memory_is_sorted_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(sorting, "RUN", 10_000)
    out = made(tmp_path, small())
    with KnowledgeGraph.open(out, write=True) as graph:
        graph.add([bridge(), norway()])
    assert (out / "graph.nq").read_bytes() == record(small(), bridge(), norway())


# ---- readers and other writers


def test_a_reader_keeps_what_it_opened_however_much_is_written(tmp_path):
    out = made(tmp_path, *(small(f"x{n}") for n in range(20)))
    with KnowledgeGraph.open(out, write=True) as graph:
        for n in range(4):  # several generations of files, so that RocksDB has some to compact away
            graph.replace([bridge(f"x{n}")])
        before = KnowledgeGraph.open(out)
        expected = lines(graph)
        for n in range(20):
            graph.replace([norway(f"x{n}")])
        graph.save()
        graph.optimize()
        assert lines(before) == expected
        assert before.query("SELECT ?t { ?a schema:headline ?t }").rows == [(ox.Literal("Ships"),)] * 20
        after = KnowledgeGraph.open(out)
        assert lines(after) == told(*(norway(f"x{n}") for n in range(20)))
        held = {path.name for path in (out / "store").iterdir() if path.name.isdigit()}
        assert len(held) == 2, "generations that nobody reads are gone"
        del before
    with KnowledgeGraph.open(out, write=True):
        assert len([path for path in (out / "store").iterdir() if path.name.isdigit()]) == 1


def test_a_second_writer_is_told_who_writes_and_a_killed_one_is_in_nobodys_way(tmp_path):
    out = made(tmp_path, small(), bridge())
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert first.stdout.readline() == "done\n"
        with pytest.raises(SurroundingsError, match=f"written by process {first.pid} on .*: wait"):
            KnowledgeGraph.open(out, write=True)
        with pytest.raises(SurroundingsError, match=f"written by process {first.pid}"):
            build([KILLED], out)
        assert lines(KnowledgeGraph.open(out)) == told(small())
    finally:
        first.kill()
        first.communicate()
    assert (out / "graph.nq").read_bytes() == record(small(), bridge()), "a killed writer leaves the record behind"
    assert any("graph.nq" in found for found in KnowledgeGraph.open(out).check().violations)
    with KnowledgeGraph.open(out, write=True):
        pass
    assert (out / "graph.nq").read_bytes() == record(small()), "the next one writes it"
    assert KnowledgeGraph.open(out).check().violations == ()
    assert {path.name for path in out.iterdir()} == {"graph.nq", "store"}


def test_a_record_that_somebody_changed_is_neither_lost_nor_taken(tmp_path):
    out = made(tmp_path, small())
    changed = (out / "graph.nq").read_bytes().replace(b"Ships", b"Boats")
    (out / "graph.nq").write_bytes(changed)
    assert any("graph.nq" in found for found in KnowledgeGraph.open(out).check().violations)
    with pytest.raises(SurroundingsError, match=r"graph\.nq: was changed by something else"):
        KnowledgeGraph.open(out, write=True)
    assert (out / "graph.nq").read_bytes() == changed
    (out / "graph.nq").unlink()
    with KnowledgeGraph.open(out, write=True):
        pass
    assert (out / "graph.nq").read_bytes() == record(small())


def test_a_build_over_a_graph_leaves_its_readers_whole(tmp_path):
    (tmp_path / "b.txt").write_text(BRIDGE, encoding="utf-8")
    out = made(tmp_path, small())
    (out / ".unfinished-killed").mkdir()
    reader = KnowledgeGraph.open(out)
    build([tmp_path / "b.txt"], out)
    assert lines(reader) == told(small())
    assert not list(out.glob(".*")), "what a killed build left is gone"
    assert lines(KnowledgeGraph.open(out)) == set((out / "graph.nq").read_text("utf-8").splitlines())
    assert KnowledgeGraph.open(out).check().violations == ()


# ---- formats


def test_a_store_of_another_format_is_refused_with_what_helps(tmp_path):
    out = made(tmp_path, small())
    state = out / "store" / "state.json"
    state.write_text(json.dumps(json.loads(state.read_bytes()) | {"format": generations.FORMAT + 1}))
    for write in (False, True):
        with pytest.raises(SurroundingsError, match="format 2, this claimgraph reads 1: a newer claimgraph"):
            KnowledgeGraph.open(out, write=write)
    state.write_text("{")
    with pytest.raises(SurroundingsError, match="damaged"):
        KnowledgeGraph.open(out)


def test_a_store_from_before_formats_is_made_again_from_its_record(tmp_path):
    out = made(tmp_path, small())
    (out / "store" / "1").rename(tmp_path / "old")
    (out / "store" / "state.json").unlink()
    (out / "store").rmdir()
    (tmp_path / "old").rename(out / "store")
    with pytest.raises(SurroundingsError, match=r"format 0.*write=True"):
        KnowledgeGraph.open(out)
    with KnowledgeGraph.open(out, write=True) as graph:
        graph.add([bridge()])
    assert lines(KnowledgeGraph.open(out)) == told(small(), bridge())


# ---- when it is stopped


def test_killed_at_any_moment_each_article_is_there_or_not_and_nothing_reported_is_lost():
    quick = ["--folder", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []
    done = subprocess.run([sys.executable, str(KILLED), "30", *quick], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "(30 writers killed" in done.stdout


def test_a_full_disk_leaves_the_graph_as_it_was(tmp_path):
    out = made(tmp_path, small())
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    with KnowledgeGraph.open(out, write=True) as graph:
        # a limit on the size of files is what a process can have of a full disk without being root
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, unlimited[1]))
        try:
            with pytest.raises(SurroundingsError, match=r"cannot be written.*nothing of this change is there"):
                graph.add([small(f"x{n}") for n in range(60)])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    assert lines(KnowledgeGraph.open(out)) == told(small())
    with KnowledgeGraph.open(out, write=True) as graph:
        graph.add([bridge()])
    assert (out / "graph.nq").read_bytes() == record(small(), bridge())


@pytest.fixture
def mounted(tmp_path):
    """A small file system of its own: how it is mounted again, and where."""

    def mount(options: str) -> bool:
        command = ["mount", "-t", "tmpfs", "-o", options, "none", str(tmp_path)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    if not mount("size=6m"):
        pytest.skip("mounting a small file system needs root")
    yield tmp_path, mount
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_a_disk_without_space_leaves_the_graph_as_it_was(mounted):
    out = made(mounted[0], small())
    graph = KnowledgeGraph.open(out, write=True)
    with pytest.raises(SurroundingsError, match="cannot be written"):
        graph.add([small(f"x{n}") for n in range(200)])
    assert lines(KnowledgeGraph.open(out)) == told(small())
    graph.close()
    with KnowledgeGraph.open(out, write=True) as graph:
        graph.replace([bridge("a")])
    assert lines(KnowledgeGraph.open(out)) == told(bridge("a"))


def test_a_disk_that_cannot_be_written_can_be_read(mounted):
    folder, mount = mounted
    out = made(folder, small())
    mount("remount,ro")
    assert lines(KnowledgeGraph.open(out)) == told(small())
    with pytest.raises(SurroundingsError, match="cannot be written"):
        KnowledgeGraph.open(out, write=True)


def test_a_service_answers_from_what_is_written_while_it_runs(tmp_path):
    out = made(tmp_path, small())
    asked = "SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }"
    with serving(out) as service, KnowledgeGraph.open(out, write=True) as graph:
        for count in (1, 2, 3):
            assert service.ask(query=asked, headers={"Accept": "application/sparql-results+json"}).rows == [
                {"n": str(count)}
            ]
            graph.add([bridge(f"b{count}")])
