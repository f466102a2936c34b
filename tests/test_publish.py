"""What is sent to a server and what is not, what happens when it fails, and that nobody learns the password."""

from __future__ import annotations

import logging
import os
import pty
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from claimgraph.errors import InputError, SurroundingsError, UsageError
from claimgraph.graph_store import LONGEST_WAIT, TRIES
from claimgraph.publish import FEWEST, publish
from small_store import PASSWORD, TOKEN, USER, Answer, small_store

BASE = "https://example.org/id/"
LIST = f"{BASE}graph/published"
SHARED = [f"{BASE}graph/dataset", f"{BASE}graph/identity"]


def article(number):
    return f"{BASE}article/{number}/graph"


def write(folder, numbers, *, words=None, base=BASE):
    """A folder with a graph of some articles, as `build` would leave it without its store."""
    folder.mkdir(exist_ok=True)
    graphs = [*(f"{base}article/{n}/graph" for n in numbers), *(iri.replace(BASE, base) for iri in SHARED)]
    told = dict.fromkeys(graphs, "é \\n") | (words or {})
    lines = [f'<{graph}#a> <urn:says> "{told[graph]}" <{graph}> .\n' for graph in graphs]
    (folder / "graph.nq").write_text("".join(sorted(lines)), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    """No credentials and no proxy of whoever runs the tests."""
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"CLAIMGRAPH_{name}", raising=False)
    for name in ("HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "output", "abc")


@pytest.fixture
def store():
    with small_store() as running:
        yield running


@pytest.fixture
def waits():
    """The pauses that were made, none of them real."""
    return []


def send(folder, store, waits=None, **options):
    return publish(folder, store.url, wait=(waits if waits is not None else []).append, **options)


# ---- what is sent


def test_the_server_holds_what_the_folder_holds(folder, store):
    done = send(folder, store)
    assert done.summary == "5 added, 0 changed, 0 removed, 0 the same"
    assert sorted(store.graphs) == sorted([article("a"), article("b"), article("c"), *SHARED, LIST])
    assert store.graphs[article("a")].decode() == f'<{article("a")}#a> <urn:says> "é \\n" .\n'


def test_the_second_time_nothing_is_sent(folder, store):
    send(folder, store)
    store.asked.clear()
    assert send(folder, store).summary == "0 added, 0 changed, 0 removed, 5 the same"
    assert [(a.method, a.graph) for a in store.asked] == [("GET", LIST)]


def test_only_what_changed_is_sent_and_what_is_gone_is_removed(folder, store):
    send(folder, store)
    store.asked.clear()
    write(folder, "abd", words={article("b"): "other"})
    done = send(folder, store)
    assert done.summary == "1 added, 1 changed, 1 removed, 3 the same"
    assert store.changes() == [("PUT", article("b")), ("PUT", article("d")), ("DELETE", article("c"))]
    assert b"other" in store.graphs[article("b")]


def test_graphs_of_others_stay(folder, store):
    store.graphs["https://example.org/mine"] = b"<urn:a> <urn:b> <urn:c> ."
    send(folder, store)
    send(write(folder, "a"), store)
    assert "https://example.org/mine" in store.graphs


def test_a_change_there_is_repaired_by_all(folder, store):
    send(folder, store)
    whole = dict(store.graphs)
    store.graphs[article("a")] = b""
    del store.graphs[article("b")]
    send(folder, store)
    assert store.graphs != whole
    assert send(folder, store, everything=True).summary == "0 added, 5 changed, 0 removed, 0 the same"
    assert store.graphs == whole


def test_an_emptied_server_gets_everything_again(folder, store):
    send(folder, store)
    store.graphs.clear()
    assert send(folder, store).summary.startswith("5 added")


def test_a_dry_run_sends_nothing(folder, store):
    assert send(folder, store, dry_run=True).plan.added == tuple(
        sorted([article("a"), article("b"), article("c"), *SHARED])
    )
    assert {a.method for a in store.asked} == {"GET"}
    assert store.graphs == {}


def test_another_graph_of_the_same_base_is_not_wiped_out(folder, store, tmp_path):
    send(folder, store)
    before = dict(store.graphs)
    other = write(tmp_path / "other", "xy")
    with pytest.raises(UsageError, match=r"3 other articles under https://example.org/id/.*--base.*--all"):
        send(other, store)
    assert store.graphs == before
    assert send(other, store, everything=True).summary == "2 added, 2 changed, 3 removed, 0 the same"


def test_graphs_of_two_bases_share_a_server(folder, store, tmp_path):
    send(folder, store)
    send(write(tmp_path / "other", "ab", base="https://example.org/two/"), store)
    send(write(folder, "a"), store)
    assert sum("/two/article/" in iri for iri in store.graphs) == 2


# ---- interruptions


@pytest.mark.parametrize("loss", ["drop", "lose the answer"])
@pytest.mark.parametrize("at", range(7))
def test_whatever_is_interrupted_is_finished_by_the_next_run(folder, store, tmp_path, at, loss):
    """Also when the articles have changed back in between: a list that promised too much would keep the wrong text."""
    send(folder, store)
    whole = dict(store.graphs)
    changed = write(tmp_path / "changed", "bcd", words=dict.fromkeys([article("b"), SHARED[1]], "other"))
    store.answers = [*[None] * at, *[loss] * TRIES]
    with pytest.raises(SurroundingsError, match="run it again"):
        send(changed, store)
    store.answers = []
    send(folder, store)
    assert store.graphs == whole


def test_a_long_publication_goes_on_near_where_it_stopped(store, tmp_path):
    many = write(tmp_path / "many", [f"{n:03}" for n in range(3 * FEWEST)])
    store.answers = [*[None] * (2 * FEWEST + 20), *["drop"] * TRIES]
    with pytest.raises(SurroundingsError, match=rf"\(1\d\d of {3 * FEWEST + 2} graphs were done\)"):
        send(many, store)
    store.asked.clear()
    done = send(many, store)
    assert len(done.plan.same) == 2 * FEWEST
    assert len(store.changes()) == FEWEST + 2


def test_a_list_that_comes_back_in_part_is_not_believed(folder, store):
    send(folder, store)
    store.graphs[LIST] = store.graphs[LIST].replace(b'"5"', b'"7"')
    with pytest.raises(SurroundingsError, match="gives 5 of the 7 graphs"):
        send(folder, store)


# ---- failures


@pytest.mark.parametrize("failure", ["drop", Answer(500), Answer(502), Answer(503), Answer(429)])
def test_a_passing_failure_is_tried_again_each_time_later(folder, store, waits, failure):
    store.answers = [None, None, failure, failure, failure]
    assert send(folder, store, waits).summary.startswith("5 added")
    assert waits == [0.5, 1, 2]


def test_a_failure_that_stays_ends_with_advice(folder, store, waits):
    store.answers = [Answer(503, body=b"down for\n  maintenance")] * TRIES
    with pytest.raises(
        SurroundingsError, match=r"fails \(503 Service Unavailable: down for maintenance\), 6 times.*run it again"
    ):
        send(folder, store, waits)
    assert waits == [0.5, 1, 2, 4, 8]


def test_what_the_server_says_of_waiting_is_heard(folder, store, waits):
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    store.answers = [
        Answer(429, {"Retry-After": "7"}),
        Answer(503, {"Retry-After": soon}),
        Answer(503, {"Retry-After": "soon"}),
    ]
    send(folder, store, waits)
    assert waits[0] == 7
    assert 25 < waits[1] <= 30
    assert waits[2] == 2


def test_a_server_that_asks_for_too_long_a_wait_is_left(folder, store, waits):
    store.answers = [Answer(503, {"Retry-After": "86400"})]
    with pytest.raises(SurroundingsError, match="come back in 86400 seconds"):
        send(folder, store, waits)
    assert max(waits, default=0) <= LONGEST_WAIT


def test_nobody_at_the_address_is_said(folder, waits):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(SurroundingsError, match=r"cannot be reached .*is the server running"):
            publish(folder, f"http://127.0.0.1:{unused.getsockname()[1]}/store", wait=waits.append)
    assert len(waits) == TRIES - 1


def test_a_graph_that_is_refused_is_named_and_the_rest_is_sent(folder, store):
    store.answers = [None, None, None, Answer(400, body=b"\x1b[31mtoo odd")]
    done = send(folder, store)
    assert [(type(e), str(e)) for e in done.errors] == [
        (InputError, f"{article('b')}: is refused by the server (400 Bad Request: [31mtoo odd)")
    ]
    assert done.summary == "4 added, 0 changed, 0 removed, 0 the same, 1 refused"
    assert sorted({article("a"), article("c")} - set(store.graphs)) == []
    assert send(folder, store).plan.changed == (article("b"),)


def test_a_server_that_refuses_everything_is_left(store, tmp_path):
    store.answers = [None, None, *[Answer(400)] * 50]
    with pytest.raises(SurroundingsError, match="refuses every graph"):
        send(write(tmp_path / "many", range(40)), store)
    assert len(store.asked) < 10


@pytest.mark.parametrize(
    ("status", "words"), [(404, "no Graph Store"), (405, "no Graph Store"), (403, "does not allow this")]
)
def test_an_address_that_takes_no_graphs_is_said(folder, store, status, words):
    store.answers = [Answer(404), Answer(status)]
    with pytest.raises(SurroundingsError, match=words):
        send(folder, store)


def test_a_page_instead_of_a_graph_is_said(folder, store):
    store.answers = [Answer(200, {"Content-Type": "text/html"}, b"<html>Welcome")]
    with pytest.raises(SurroundingsError, match="gives no Turtle"):
        send(folder, store)


def test_a_folder_that_build_did_not_write_is_refused(folder, store):
    (folder / "graph.nq").write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    with pytest.raises(SurroundingsError, match="build it again"):
        send(folder, store)


def test_a_certificate_that_nobody_vouches_for_is_said_at_once(folder, waits):
    with (
        small_store(tls=True) as store,
        pytest.raises(SurroundingsError, match=r"certificate is not trusted .*SSL_CERT_FILE"),
    ):
        send(folder, store, waits)
    assert waits == []
    assert store.asked == []


def test_http_behind_an_https_address_is_said(folder, store, waits):
    with pytest.raises(SurroundingsError, match="is it http://"):
        publish(folder, store.url.replace("http:", "https:"), wait=waits.append)


# ---- credentials


@pytest.fixture
def known(monkeypatch):
    monkeypatch.setenv("CLAIMGRAPH_USER", USER)
    monkeypatch.setenv("CLAIMGRAPH_PASSWORD", PASSWORD)


@pytest.mark.parametrize("wants", ["Basic", "Digest"])
@pytest.mark.usefixtures("known")
def test_user_and_password_are_given_the_way_they_are_asked_for(folder, wants):
    with small_store(wants=wants) as store:
        send(folder, store)
    assert len(store.graphs) == 6
    assert store.asked[0].authorization == ""
    assert sum(not a.authorization for a in store.asked) <= 2, "after the first time they go with each request"


def test_a_token_goes_with_every_request(folder, monkeypatch):
    monkeypatch.setenv("CLAIMGRAPH_TOKEN", TOKEN)
    with small_store(wants="Bearer") as store:
        send(folder, store)
    assert {a.authorization for a in store.asked} == {f"Bearer {TOKEN}"}


def test_netrc_is_read(folder, tmp_path, monkeypatch):
    path = tmp_path / "netrc"
    path.write_text(f'machine other.example login x password y\nmachine 127.0.0.1 login {USER} password "{PASSWORD}"\n')
    path.chmod(0o600)
    monkeypatch.setenv("NETRC", str(path))
    with small_store(wants="Basic") as store:
        assert send(folder, store).summary.startswith("5 added")


def test_a_broken_netrc_is_named_without_its_words(folder, store, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login {USER} pasword {PASSWORD.replace(' ', '')}\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with pytest.raises(SurroundingsError, match="netrc: cannot be read, line 1") as caught:
        send(folder, store)
    assert "s3cret" not in str(caught.value)


def test_without_credentials_the_way_to_give_them_is_said(folder):
    with (
        small_store(wants="Digest") as store,
        pytest.raises(SurroundingsError, match=r"asks for credentials .*CLAIMGRAPH_USER"),
    ):
        send(folder, store)


def test_half_of_the_credentials_is_wrong_usage(folder, store, monkeypatch):
    monkeypatch.setenv("CLAIMGRAPH_USER", USER)
    with pytest.raises(UsageError, match="belong together"):
        send(folder, store)


@pytest.mark.parametrize("wants", ["Digest", "Basic"])
@pytest.mark.usefixtures("known")
def test_no_redirect_is_followed_so_no_other_host_learns_them(folder, store, wants):
    with small_store(wants=wants) as other:
        store.answers = [Answer(307, {"Location": f"{other.url}?key=v"})]
        with pytest.raises(SurroundingsError, match=f"redirects to {other.url}; nothing follows it"):
            send(folder, store)
    assert other.asked == []


@pytest.mark.parametrize("algorithm", ["MD4", 'SHA-256, qop="auth-int"'])
@pytest.mark.usefixtures("known")
def test_an_unknown_form_of_digest_is_said(folder, store, algorithm):
    store.answers = [Answer(401, {"WWW-Authenticate": f'Digest realm="x", nonce="1", algorithm={algorithm}'})] * 9
    with pytest.raises(SurroundingsError, match="in no known form"):
        send(folder, store)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://ada:s3cret@127.0.0.1:1/store", "http://...@127.0.0.1:1: no user or password in an address"),
        ("ftp://ada:s3cret@127.0.0.1/store", "127.0.0.1/store: is no address"),
        ("http://127.0.0.1:1/store?access-token=s3cret", "without ? and #"),
        ("http://127.0.0.1:no/store", "is no address"),
        ("http://ada:s3cret@127.0.0.1:no/store", "is no address"),
        ("output", "output: is no address"),
        ("http://[::1/store", "is no address"),
        ("http:///store", "is no address"),
        ("http://127.0.0.1/st ore", "is no address"),
    ],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused(folder, url, said):
    with pytest.raises(UsageError) as caught:
        publish(folder, url)
    assert said in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.usefixtures("known")
def test_neither_messages_nor_logs_show_a_password(folder, caplog):
    caplog.set_level(logging.INFO)
    with small_store(wants="Basic") as store:
        send(folder, store)
        given = store.asked[-1].authorization
        store.answers = [Answer(200, body=b""), Answer(403, body=f"you said {given} and {PASSWORD}".encode())]
        with pytest.raises(SurroundingsError) as caught:
            send(folder, store)
    for shown in (str(caught.value), repr(caught.value), caplog.text):
        assert PASSWORD not in shown
        assert given.split()[1] not in shown
    assert "you said Basic *** and ***" in str(caught.value)


def test_readable_credentials_are_warned_of_before_they_are_sent(folder, monkeypatch):
    monkeypatch.setenv("CLAIMGRAPH_TOKEN", TOKEN)
    heard = []
    with pytest.raises(SurroundingsError):
        publish(folder, "http://claimgraph.invalid/store", warned=heard.append, wait=lambda _: None)
    assert heard == ["http://claimgraph.invalid/store: user, password or token travel readable; use https://"]


# ---- the command


def run(*arguments, **variables):
    return subprocess.run(
        [sys.executable, "-m", "claimgraph", "publish", *map(str, arguments)],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_command_prints_one_line_and_is_quiet_beside(folder, store):
    ran = run(folder, store.url)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"{store.url}: 5 added, 0 changed, 0 removed, 0 the same\n"


def test_a_terminal_shows_progress_and_a_server_cannot_spoil_it(folder, store):
    store.answers = [None, Answer(503, {"Retry-After": "0"}, reason="[/bold] \x1b[2J")]
    ours, theirs = pty.openpty()
    ran = subprocess.run(
        [sys.executable, "-m", "claimgraph", "publish", folder, store.url], stdout=subprocess.PIPE, stderr=theirs, check=False,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"}, timeout=120,
    )  # fmt: skip
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert ran.returncode == 0, shown
    assert b"publishing:" in shown
    assert b"\x1b[2J" not in shown


def test_the_command_lists_what_a_dry_run_would_do(folder, store):
    send(folder, store)
    ran = run(write(folder, "abd", words={article("a"): "new"}), store.url, "--dry-run")
    assert ran.returncode == 0
    assert ran.stdout.splitlines() == [
        f"add {article('d')}",
        f"change {article('a')}",
        f"remove {article('c')}",
        f"{store.url}: would be 1 added, 1 changed, 1 removed, 3 the same",
    ]


def test_exit_status_tells_who_is_at_fault(folder, store, tmp_path):
    store.answers = [None, None, Answer(400)]
    assert [
        run(folder, store.url).returncode,
        run(folder, "http://ada:pw@127.0.0.1/store").returncode,
        run(tmp_path, store.url).returncode,
        run(folder, store.url, HTTP_PROXY="nonsense://ada:pw@x").returncode,
    ] == [1, 2, 3, 3]
