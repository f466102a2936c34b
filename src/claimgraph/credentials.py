"""Who we are to a server: out of the environment or netrc, never from a command line, and in no message."""

from __future__ import annotations

import base64
import netrc
import os
from typing import NamedTuple

from claimgraph.errors import SurroundingsError, UsageError


class Credentials(NamedTuple):
    """A user and a password, or a token; what is not given is None."""

    user: str | None = None
    password: str | None = None
    token: str | None = None

    def hide(self, words: str) -> str:
        """The words without password and token, should a server have sent them back."""
        pair = f"{self.user}:{self.password}"
        for secret in (self.token, base64.b64encode(pair.encode()).decode() if self.password else None, self.password):
            words = words.replace(secret, "***") if secret else words
        return words


def credentials(host: str) -> Credentials:
    """What the environment says, else the entry of netrc for this host, else nothing.

    Raises:
        UsageError: a user without a password, or the reverse.
        SurroundingsError: netrc cannot be read.

    """
    token, user, password = (os.environ.get(f"CLAIMGRAPH_{name}") for name in ("TOKEN", "USER", "PASSWORD"))
    if token:
        return Credentials(token=token)
    if bool(user) != bool(password):
        raise UsageError("credentials", "CLAIMGRAPH_USER and CLAIMGRAPH_PASSWORD belong together; one is missing")
    return Credentials(user, password) if user else _netrc(host)


def _netrc(host: str) -> Credentials:
    path = os.environ.get("NETRC")
    try:
        entry = netrc.netrc(path).authenticators(host)
    except FileNotFoundError:
        return Credentials()
    except (OSError, netrc.NetrcParseError) as error:  # whose message may quote the line, so it is not repeated
        line = f", line {error.lineno}" if isinstance(error, netrc.NetrcParseError) and error.lineno else ""
        raise SurroundingsError(path or "~/.netrc", f"cannot be read{line}; others must not be able to") from None
    return Credentials(entry[0], entry[2]) if entry and entry[2] else Credentials()
