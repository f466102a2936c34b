"""The error tree. Every error says what, where and what to do, and carries its facts as attributes.

ClaimgraphError
├── InputError          one input cannot be read: .path, .reason (.line in a .jsonl)   exit 1
├── LanguageError       the text is not English: .path, .language                      exit 1
├── EvidenceError       a span does not say what it is said to say: .span              exit 1
├── QueryError          a SPARQL query is wrong: .message, .line, .column              exit 2
├── UsageError          a question, name or option that does not exist: .name          exit 2
└── SurroundingsError   the output cannot be written, a store is missing: .path        exit 3
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from claimgraph.model import Span


class ClaimgraphError(Exception):
    """Anything that this package raises on purpose; `exit_status` is the command's (contract)."""

    exit_status = 1

    def __reduce__(self) -> tuple[Any, ...]:
        """What pickle needs to carry an error, facts and all, out of a worker process."""
        return _restore, (type(self), self.args, self.__dict__)


def _restore(kind: type[ClaimgraphError], words: tuple[object, ...], facts: dict[str, object]) -> ClaimgraphError:
    """The error as it was, without building its message again."""
    error = kind.__new__(kind, *words)
    error.__dict__.update(facts)
    return error


class InputError(ClaimgraphError):
    """One input cannot be read; the others can."""

    def __init__(self, path: Path | str, reason: str, *, line: int | None = None) -> None:
        self.path, self.reason, self.line = path, reason, line
        super().__init__(f"{path}{f':{line}' if line else ''}: {reason}")


class LanguageError(InputError):
    """The text is not English, the one language that is read."""

    def __init__(self, path: Path | str, language: str, *, line: int | None = None) -> None:
        self.language = language
        super().__init__(path, f"language is {language!r}, only English is read; left out", line=line)


class EvidenceError(ClaimgraphError):
    """A span does not hold the words that it claims to hold."""

    def __init__(self, span: Span, found: str) -> None:
        self.span, self.found = span, found
        super().__init__(f"characters {span.start}-{span.end} are {found!r}, not {span.text!r}")


class QueryError(ClaimgraphError):
    """A SPARQL query that cannot be parsed or is refused."""

    exit_status = 2

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        self.message, self.line, self.column = message, line, column
        place = f"line {line}, column {column}: " if line else ""
        super().__init__(f"query: {place}{message}")


class UsageError(ClaimgraphError):
    """A name that does not exist: a question, an actor to focus on, an option's value."""

    exit_status = 2

    def __init__(self, name: str, advice: str) -> None:
        self.name, self.advice = name, advice
        super().__init__(f"{name}: {advice}")


class SurroundingsError(ClaimgraphError):
    """The place around us fails: output not writable, no graph there."""

    exit_status = 3

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")
