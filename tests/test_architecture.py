"""The house rules that a machine can hold: who may import whom, one home for each package, sizes, licences."""

from __future__ import annotations

import ast
import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "claimgraph"
# Lower lines never import from higher ones; modules of one line never import each other, but for the pairs below.
LAYERS = (
    "errors",
    "model ontology_files scoring progress generations streams commands.options sparql building.sorting workers",
    "duplicates.shelf duplicates.sketches",
    (
        "lexicon vocab iris temporal.timex temporal.holidays actors.known drawing.finding drawing.choosing questions "
        "paragraphs"
    ),
    "language quads actors.names numeric.numerals building.record proof relating.joining",
    "actors.authority credentials facts relating.bases",
    (
        "identifying.same_name relating.propositions terms subjects.media_topics actors.officeholders speech.cues "
        "speech.quotations actors.nominals syntax.phrases syntax.slots syntax.tense temporal.grammar "
        "syntax.factuality articles actors.clusters"
    ),
    (
        "graph_store subjects.topics subjects.occurrences curation.ledger curation.values relating.measures "
        "relating.replies"
    ),
    "relating.pairs",
    "relating.alike",
    (
        "subjects.happenings subjects.storylines speech.frames actors.people syntax.event_kinds temporal.meaning "
        "numeric.grammar actors.naming actors.descriptions actors.anaphora actors.pronouns rdf attribution "
        "actors.types actors.namesakes"
    ),
    "numeric.checks temporal.setting actors.edges curation.rejecting subjects.happening_graph syntax.event_times",
    "temporal.periods actors.spots curation.curated",
    (
        "speech.running speech.turns speech.attitudes temporal.reckoning coreference actors.linking roles mentions "
        "events"
    ),
    "speech.tagged speech.leads",
    "claims times quantities",
    "speech.voices",
    "speech.claimants speech.speakers",
    "speech.statements relations identity infer relating.meetings duplicates.revisions duplicates.kinship",
    "relating.across identifying.relinking duplicates.copies curation.ends",
    "duplicates.printed duplicates.reprints curation.entities curation.happenings",
    "curation.settling curation.quads",
    "curation.changes",
    "duplicates.editions",
    "reader changes shapes building.contributions",
    "store building.graph_files",
    "writer export claim_export building.readings removal curation.doubts",
    "curation.sheet curation.doubts_across",
    "drawing.things duplicates.comparison",
    "drawing.figures drawing.part drawing.stories drawing.decided",
    "network drawing.since subjects.chronicle",
    "page",
    "reporting.rows",
    "report",
    "corpus cluster reporting.text gold server drawing.notebook",
    "building.intake",
    "building.workshop",
    "pipeline evaluate publish",
    "scoreboard commands.output commands.compare curate",
    "commands.curate",
    "cli",
    "__init__ __main__",
)
HOMES = {
    "spacy": {"language"},
    "py3langid": {"language"},
    "pyvis": {"page"},
    "jinja2": {"page", "server"},
    "markupsafe": {"page"},
    "networkx": {
        "network",
        "page",
        "drawing.stories",
        "drawing.decided",
        "store",
        "drawing.since",
        "pipeline",
    },  # in the last five for a type alone
    "numpy": {"page", "attribution", "duplicates.sketches", "relating.joining"},
    "onnxruntime": {"attribution"},
    "tokenizers": {"attribution"},
    "pycrfsuite": {"attribution"},
    "pyoxigraph": {
        "relating.across",
        "duplicates.printed",
        "identifying.relinking",
        "store",
        "shapes",
        "changes",
        "curation.changes",
        "writer",
        "server",
        "ontology_files",
        "claim_export",
        "drawing.finding",
        "drawing.part",
    },
    "oxrdflib": {"store"},
    "pyshacl": {"shapes"},
    "trafilatura": {"articles"},
    "lxml": {"articles"},
    "fastwarc": {"articles"},
    "rdflib": {"store", "shapes", "server"},
    "starlette": {"server"},
    "uvicorn": {"server"},
    "h11": {"server"},
    "typer": {"cli", "commands.compare", "commands.curate", "commands.options", "commands.output"},
    "click": {"cli"},
    "rich": {"cli", "commands.output"},
    "msgspec": {"model"},
    "httpx": {"graph_store"},
    "dask": {"cluster"},
    "distributed": {"cluster"},
}
# The reading, the report and the command line handle the model's own structs.
EVERYWHERE = {"msgspec"}
# Named upwards for a type: errors carry a Span, a graph opened for writing is a GraphWriter.
TYPES_ALONE = {
    "errors.py": {"model"},
    "store.py": {"writer", "drawing.notebook", "subjects.chronicle"},
}
LONGEST_FUNCTION, LONGEST_FILE = 50, 400
# Licences that would bind who ships this: none may be among what is installed for running.
BARRED = ("gpl", "general public", "affero", "noncommercial", "non-commercial", "cc-by-nc")
# Offered under several licences of which one is free of conditions on us; that one is taken.
CHOSEN = {"tld": "MPL-1.1", "text-unidecode": "Artistic"}


@cache
def modules() -> dict[str, list[Path]]:
    """Module of the package to its files; a sub-package is one module, unless LAYERS places its modules one by one."""
    families = {name.partition(".")[0] for line in LAYERS for name in line.split() if "." in name}
    found: dict[str, list[Path]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        top, *rest = path.relative_to(SOURCE).with_suffix("").parts
        if rest != ["__init__"] or top not in families:
            found.setdefault(f"{top}.{rest[0]}" if top in families else top, []).append(path)
    return found


def module_of(name: str) -> str | None:
    """The module that a dotted name is, or is in."""
    parts = name.split(".")[1:]
    return next((known for known in (".".join(parts[:2]), parts[0]) if known in modules()), None)


def imports(path: Path) -> set[str]:
    """Dotted names that a file imports at any depth, those for types alone included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            within = node.module.startswith("claimgraph")
            names.update([f"{node.module}.{a.name}" for a in node.names] if within else [node.module])
    return names


def own(path: Path) -> set[str]:
    """Modules of this package that a file imports."""
    named = {module_of(name) for name in imports(path) if name.startswith("claimgraph.")}
    return {module for module in named if module and module not in TYPES_ALONE.get(path.name, set())}


def functions() -> list[tuple[Path, ast.FunctionDef]]:
    trees = ((p, ast.parse(p.read_text(encoding="utf-8"))) for files in modules().values() for p in files)
    return [
        (p, f) for p, tree in trees for f in ast.walk(tree) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_every_module_has_a_layer():
    placed = {name for line in LAYERS for name in line.split()}
    assert set(modules()) <= placed, "place a new module in LAYERS"


@pytest.mark.parametrize("module", sorted(modules()))
def test_imports_point_downwards(module):
    level = {name: i for i, line in enumerate(LAYERS) for name in line.split()}
    above = {
        other
        for path in modules()[module]
        for other in own(path)
        if other not in {module, "__init__"} and level[other] >= level[module] and module != "__init__"
    }
    assert not above


@pytest.mark.parametrize("module", sorted(modules()))
def test_each_package_has_one_home(module):
    named = {name.split(".")[0] for path in modules()[module] for name in imports(path)}
    foreign = {n for n in named if n != "claimgraph" and n not in sys.stdlib_module_names and n not in EVERYWHERE}
    assert {n for n in foreign if module not in HOMES.get(n, set())} == set()


def test_files_are_short():
    long = {
        str(p.relative_to(SOURCE)): n
        for files in modules().values()
        for p in files
        if (n := len(p.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    assert not long


def test_functions_are_short():
    long = [f"{p.name}:{f.name}" for p, f in functions() if f.end_lineno - f.lineno + 1 > LONGEST_FUNCTION]
    assert not long


def test_most_functions_are_shorter_still():
    lengths = sorted(f.end_lineno - f.lineno + 1 for _, f in functions())
    assert lengths[len(lengths) // 2] < 9
    assert lengths[int(len(lengths) * 0.9)] <= 25


def test_public_functions_say_what_comes_out():
    named = [(p, f) for p, f in functions() if not f.name.startswith("_")]
    named = [(p, f) for p, f in named if "overload" not in map(ast.unparse, f.decorator_list)]
    silent = [f"{p.name}:{f.name}" for p, f in named if not ast.get_docstring(f)]
    assert not silent


def test_no_licence_binds_who_ships_this():
    bound = {}
    for distribution in distributions():
        name, meta = distribution.metadata["Name"].lower(), distribution.metadata
        told = " ".join(
            [
                meta.get("License-Expression") or "",
                *(c for c in meta.get_all("Classifier") or [] if c.startswith("License")),
            ]
        ).lower()
        told = told or (meta.get("License") or "").splitlines()[0].lower() if meta.get("License") or told else told
        if any(word in told for word in BARRED) and name not in CHOSEN:
            bound[name] = told
    assert not bound


def test_requirements_name_no_address_and_every_hash():
    for path in (SOURCE.parent.parent / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") >= text.count("==")
