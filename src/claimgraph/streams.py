"""Where the results of a command go: standard output, or a file that is there only when it is complete."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from claimgraph.errors import SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


@contextmanager
def results() -> Iterator[BinaryIO]:
    """Standard output for bytes; a reader that has seen enough of it (`head`) ends the writing quietly."""
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def writer(path: Path | None) -> Iterator[BinaryIO]:
    """A file to write: standard output, or a new file that takes its name only when it is complete."""
    if path is None:
        with results() as file:
            yield file
        return
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        raise SurroundingsError(path, f"cannot be written: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Nothing; the file holds these bytes."""
    with writer(path) as file:
        file.write(data)
