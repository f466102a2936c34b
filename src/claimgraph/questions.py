"""Competency questions in SPARQL, shipped in ontology/questions, and the text of any other."""

from __future__ import annotations

import re
from pathlib import Path

from claimgraph.errors import UsageError
from claimgraph.ontology_files import ontology_folder


def questions() -> dict[str, Path]:
    """The shipped competency questions by name."""
    return {path.stem: path for path in sorted((ontology_folder() / "questions").glob("*.rq"))}


def text_of(question: str) -> str:
    """The SPARQL of a question: the file's, the shipped one's, or the words themselves.

    Raises:
        UsageError: no question or file has this name.

    """
    if "{" in question:
        return question
    known = questions()
    for stem, path in known.items():
        if question in {stem, stem.partition("-")[0], stem.partition("-")[2]}:
            return path.read_text(encoding="utf-8")
    path = Path(question)
    if path.suffix == ".rq" or path.is_file():
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise UsageError(question, f"cannot be read ({error.strerror})") from None
    if re.match(
        r"\s*(?:#.*\n\s*)*(?:select|ask|construct|describe|prefix|base|insert|delete|load|clear|drop|create)\b",
        question,
        re.IGNORECASE,
    ):
        return question
    raise UsageError(question, f"no such question; known are {', '.join(known)}")
