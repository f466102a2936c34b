"""A Graph Store elsewhere: its named graphs by the SPARQL 1.1 Graph Store HTTP Protocol, with credentials and patience.

Credentials go to the host of the address and to no other, for no redirect is followed. What fails for the moment is
tried again, each time after a longer wait.
"""

from __future__ import annotations

import re
import ssl
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import urlsplit

import httpx

from claimgraph.credentials import Credentials, credentials
from claimgraph.errors import InputError, SurroundingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import TracebackType

TRIES = 6
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds: half a second doubled five times is 15.5 in all, enough for a server to start again. A server that asks for
more than a minute (Retry-After) is told to the user instead of waited for."""
TIMEOUT = httpx.Timeout(300.0, connect=10.0)  # a graph of all identities may take a server minutes to store
GIVEN_UP = {501, 505}  # of the 5xx, these stay as they are (RFC 9110, 15.6)
LONGEST_MESSAGE = 300
LONGEST_ANSWER = 1 << 29
"""Bytes: the list of a million graphs is half of it; what is longer is no answer to what was asked."""
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class _Authorization(httpx.Auth):
    """A token at once; user and password only after the server has said how: by Digest where it can, else by Basic."""

    def __init__(self, held: Credentials) -> None:
        self.held = held
        self.scheme: httpx.Auth | None = _Bearer(held.token) if held.token else None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request, and once more with what it was asked for (httpx's protocol)."""
        if self.scheme is None:
            response = yield request
            self.scheme = self._asked_for(response)
        if self.scheme is not None:
            yield from self.scheme.auth_flow(request)

    def _asked_for(self, response: httpx.Response) -> httpx.Auth | None:
        if response.status_code != 401 or self.held.user is None or self.held.password is None:
            return None
        asked = " ".join(response.headers.get_list("www-authenticate")).lower()
        if "digest " in asked:
            return httpx.DigestAuth(self.held.user, self.held.password)
        return httpx.BasicAuth(self.held.user, self.held.password) if "basic" in asked else None


class _Bearer(httpx.Auth):
    """A token (RFC 6750)."""

    def __init__(self, token: str) -> None:
        self.token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with the token."""
        request.headers["Authorization"] = f"Bearer {self.token}"
        yield request


class _Answer(NamedTuple):
    """What a server said."""

    status: int
    reason: str
    headers: httpx.Headers
    body: bytes

    @property
    def said(self) -> str:
        """Status and message in one line, without the marks of HTML."""
        words = self.body[: 10 * LONGEST_MESSAGE].decode("utf-8", "replace")
        words = _line(re.sub(r"<[^>]*>", " ", words) if "html" in self.headers.get("content-type", "") else words)
        return f"{self.status} {_line(self.reason)}".strip() + (f": {words}" if words else "")


class GraphStore:
    """The named graphs behind an address.

    Raises:
        UsageError: the address is none, or holds a password.

    """

    def __init__(
        self, url: str, *, wait: Callable[[float], None] = time.sleep, told: Callable[[str], object] | None = None
    ) -> None:
        self.url = _address(url)
        self.wait, self.told = wait, told or (lambda _: None)
        self.credentials = credentials(urlsplit(url).hostname or "")
        try:
            self.client = httpx.Client(auth=_Authorization(self.credentials), timeout=TIMEOUT)
        except OSError as error:  # of the file that it names
            raise SurroundingsError("SSL_CERT_FILE", f"cannot be read ({error.strerror or error})") from None
        except (ValueError, httpx.InvalidURL):  # whose message may hold the proxy's password
            raise SurroundingsError("HTTP_PROXY", "the environment names a proxy that is none") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    @property
    def exposes(self) -> bool:
        """Whether credentials would travel readable, over HTTP without TLS and not to this machine."""
        parts = urlsplit(self.url)
        return self.credentials != Credentials() and parts.scheme == "http" and parts.hostname not in LOOPBACK

    def get(self, graph: str) -> bytes:
        """A graph in Turtle; nothing where the store has none."""
        answer = self._ask("GET", graph, headers={"Accept": "text/turtle, application/n-triples;q=0.5"}, but=404)
        return answer.body if answer.status == 200 else b""

    def put(self, graph: str, triples: bytes) -> None:
        """Nothing; the graph holds exactly these triples (in Turtle).

        Raises:
            InputError: the store refuses this graph.

        """
        self._ask("PUT", graph, content=triples, headers={"Content-Type": "text/turtle"})

    def delete(self, graph: str) -> None:
        """Nothing; the store has no such graph."""
        self._ask("DELETE", graph, but=404)

    # ---- one request

    def _ask(
        self,
        method: str,
        graph: str,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        but: int | None = None,
    ) -> _Answer:
        """The answer to a request that the store grants; `but` is a status that is an answer, too."""
        request = self.client.build_request(
            method, self.url, params={"graph": graph}, content=content, headers=headers or {}
        )
        answer = self._patiently(request)
        if not httpx.codes.is_success(answer.status) and answer.status != but:
            raise self._refusal(answer, graph)
        return answer

    def _patiently(self, request: httpx.Request) -> _Answer:
        """The answer, after further tries where the store is busy or out of reach."""
        for tries in range(TRIES):
            last, answer = tries == TRIES - 1, None
            try:
                answer = self._once(request)
                why = f"{answer.status} {_line(answer.reason)}"
            except httpx.TransportError as error:
                why = self._reason(error, last=last)
            except (httpx.HTTPError, KeyError, ValueError, NotImplementedError):  # a challenge that httpx cannot answer
                raise SurroundingsError(
                    self.url, "gives an answer, or asks for credentials, in no known form"
                ) from None
            if answer is not None and (last or not _is_passing(answer.status)):
                return answer
            pause = _pause(answer, tries)
            if pause > LONGEST_WAIT:
                raise SurroundingsError(self.url, f"asks to come back in {pause:.0f} seconds; run it again then")
            self.told(f"{why}; again in {pause:g} s")
            self.wait(pause)
        raise AssertionError  # the last try has returned or raised

    def _once(self, request: httpx.Request) -> _Answer:
        """The answer, read to its end."""
        answer = self.client.send(request, stream=True)
        try:
            body = bytearray()
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > LONGEST_ANSWER:
                    raise SurroundingsError(self.url, "sends more than was asked for; is it a Graph Store?")
        finally:
            answer.close()
        return _Answer(answer.status_code, answer.reason_phrase, answer.headers, bytes(body))

    def _reason(self, error: httpx.TransportError, *, last: bool) -> str:
        """Why no answer came; SurroundingsError where trying again is no use."""
        words = _line(self.credentials.hide(str(error))) or type(error).__name__
        cause = _tls(error)
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = (
                f"its certificate is not trusted ({cause.verify_message}); name your authority's file in SSL_CERT_FILE"
            )
        elif cause is not None:
            why = f"does not speak HTTPS as it should ({cause.reason or words}); is it http://?"
        elif isinstance(error, httpx.ProxyError):
            why = f"cannot be reached ({words}); look at the proxy that the environment names"
        elif not last:
            return words
        else:
            why = f"cannot be reached ({words}); is the server running? What was sent stays: run it again"
        raise SurroundingsError(self.url, why) from None

    def _refusal(self, answer: _Answer, graph: str) -> InputError | SurroundingsError:
        """The error that a status stands for."""
        said, known = self.credentials.hide(answer.said), self.credentials != Credentials()
        if 300 <= answer.status < 400:
            to = _line(self.credentials.hide(answer.headers.get("location", "nowhere").split("?")[0]))
            why = f"redirects to {to}; nothing follows it: give that address, if you trust it"
        elif answer.status == 401:
            had = "refuses the credentials" if known else "asks for credentials"
            why = f"{had} ({said}); set CLAIMGRAPH_USER and CLAIMGRAPH_PASSWORD, CLAIMGRAPH_TOKEN or ~/.netrc"
        elif answer.status == 403:
            why = f"does not allow this{'' if known else ' without credentials'} ({said})"
        elif answer.status in {404, 405, 501}:
            why = f"is no Graph Store that can be written ({said}); docs/publish.md has each server's address"
        elif answer.status != 500 and _is_passing(answer.status):  # Virtuoso's 500 may mean this graph alone
            why = f"fails ({said}), {TRIES} times; what was sent stays: run it again"
        else:
            return InputError(graph, f"is refused by the server ({said})")
        return SurroundingsError(self.url, why)


def _tls(error: BaseException | None) -> ssl.SSLError | None:
    """The failure of TLS behind an error, if it was one."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error


def _address(url: str) -> str:
    """The address as it was given, if it is one of a Graph Store."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or True)
        if known and "@" in parts.netloc:
            raise UsageError(
                f"{parts.scheme}://...@{parts.netloc.rpartition('@')[2]}",
                "no user or password in an address: set CLAIMGRAPH_USER and CLAIMGRAPH_PASSWORD, or use ~/.netrc",
            )
    except ValueError:
        known = False
    if not known or re.search(r"[\x00-\x20\x7f]", url):
        raise UsageError(
            _line(url.rpartition("@")[2].partition("?")[0]),
            "is no address of a Graph Store, such as http://127.0.0.1:7878/store",
        )
    if parts.query or parts.fragment:
        raise UsageError(
            f"{parts.scheme}://{parts.netloc}{parts.path}?...", "give the Graph Store's address without ? and #"
        )
    return url.rstrip("?#")


def _is_passing(status: int) -> bool:
    """Whether this status may be another one soon."""
    return status == 429 or (status >= 500 and status not in GIVEN_UP)


def _pause(answer: _Answer | None, tries: int) -> float:
    """Seconds to wait: what the server says (RFC 9110, 10.2.3), else twice as long as the time before."""
    told = answer.headers.get("retry-after", "").strip() if answer else ""
    if told.isdecimal():
        return float(told[:9])
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return FIRST_WAIT * float(2**tries)
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _line(words: str) -> str:
    """The beginning of a message as one line that a terminal can show."""
    shown = "".join(c if c.isprintable() else " " for c in words[: 10 * LONGEST_MESSAGE])
    return " ".join(shown.split())[:LONGEST_MESSAGE]
