"""Things on disk of which memory holds a number each: any number of articles can be compared two by two."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

Thing = TypeVar("Thing")


class Shelf:
    """A file of things that is gone when it is closed; `put` says where a thing lies, and `get` gives it back."""

    def __init__(self, folder: Path | None = None) -> None:
        self.file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `close`
        self.end = 0

    def put(self, thing: Any) -> int:
        """The place of a thing."""
        written, place = msgspec.msgpack.encode(thing), self.end
        self.file.seek(place)
        self.file.write(len(written).to_bytes(4, "big") + written)
        self.end += 4 + len(written)
        return place

    def get(self, place: int, kind: type[Thing]) -> Thing:
        """The thing that lies there."""
        self.file.seek(place)
        length = int.from_bytes(self.file.read(4), "big")
        return msgspec.msgpack.decode(self.file.read(length), type=kind)

    def close(self) -> None:
        """Nothing; the file is gone."""
        self.file.close()
