"""The ontology answers its questions exactly, its checks and shapes bite, and every term says what it means."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SKOS, Dataset, Graph, Namespace, URIRef

import claimgraph
from claimgraph.lexicon import load_table
from claimgraph.model import Certainty, Comparator, Factuality, Form, Polarity, RelationType
from claimgraph.ontology_files import ontology_folder

pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph)[. ]:DeprecationWarning"
)  # rdflib calls its own old names

ONTOLOGY = ontology_folder()
SH = Namespace("http://www.w3.org/ns/shacl#")
CG = "https://w3id.org/claimgraph/ns#"
CGC = Namespace("https://w3id.org/claimgraph/concept/")
FILES = ("claimgraph", "alignments", "concepts", "authority", "shapes")
EXAMPLES = sorted((ONTOLOGY / "examples").glob("*.trig"))
BAD = sorted((ONTOLOGY / "examples" / "bad").glob("*.trig"))
QUESTIONS = sorted((ONTOLOGY / "questions").glob("*.rq"))
CHECKS = sorted((ONTOLOGY / "checks").glob("*.rq"))
# Cue verbs that also name an act; where they attribute, the cue goes first.
ACTS_AND_CUES = {"celebrate", "decline", "demonstrate", "dismiss", "press", "protest"}

PLANTED = {
    "blank-node": "_:x a <urn:Thing> .",
    "canonical-of-canonical": "<urn:a> cg:canonical <urn:b> . <urn:b> cg:canonical <urn:c> .",
    "claim-without-ground": "<urn:a> a cg:Claim .",
    "inside-itself": "<urn:a> cg:inside <urn:b> . <urn:b> cg:inside <urn:a> .",
    "leaked-event": "<urn:a> a sem:Event ; cg:voice cgc:Narrated ; cg:reportedIn <urn:c> .",
    "notation-twice": 'cgc:A skos:inScheme cgc:S ; skos:notation "a" . cgc:B skos:inScheme cgc:S ; skos:notation "a" .',
    "reported-event-without-claim": "<urn:a> a sem:Event ; cg:voice cgc:Reported .",
    "schema-org-over-http": "<urn:a> <http://schema.org/text> 1 .",
    "span-across-articles": "<urn:a> a cg:Claim ; cg:evidence <urn:s> ; cg:contentSpan <urn:t> . "
    "<urn:s> nif:referenceContext <urn:one> . <urn:t> nif:referenceContext <urn:other> .",
    "span-differs-from-text": "<urn:s> nif:beginIndex 0 ; nif:endIndex 2 ; nif:referenceContext <urn:t> . "
    '<urn:s> nif:anchorOf "no" . <urn:t> nif:isString "yes" .',
    "statement-without-evidence": "<urn:a> a cg:Mention .",
    "subject-without-type": "<urn:a> cg:confidence 1.0 .",
    "term-without-definition": "<urn:a> rdfs:isDefinedBy <https://w3id.org/claimgraph/ns> .",
    "trigger-of-two-kinds": 'cgc:A skos:inScheme cgc:EventKind ; skos:hiddenLabel "go"@en . '
    'cgc:B skos:inScheme cgc:EventKind ; skos:hiddenLabel "go"@en .',
    "two-canonical-entities": "<urn:a> cg:canonical <urn:b> , <urn:c> .",
    "undefined-concept-used": "<urn:a> cg:voice cgc:Whispered .",
    "undefined-term-used": "<urn:a> cg:wisdom 1 .",
}
PREFIXES = """@prefix cg: <https://w3id.org/claimgraph/ns#> . @prefix cgc: <https://w3id.org/claimgraph/concept/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> ."""


def stem(path: Path) -> str:
    return path.stem


@cache
def ontology() -> Graph:
    graph = Graph()
    for name in FILES:
        graph.parse(ONTOLOGY / f"{name}.ttl")
    return graph


def dataset(*files: Path, ontology_too: bool = False) -> Dataset:
    loaded = Dataset(store="Oxigraph", default_union=True)
    for file in files:
        loaded.parse(file, format="trig")
    for name in ("claimgraph", "concepts") if ontology_too else ():
        loaded.graph(URIRef(f"urn:{name}")).parse(ONTOLOGY / f"{name}.ttl", format="turtle")
    return loaded


@cache
def examples() -> Dataset:
    return dataset(*EXAMPLES, ontology_too=True)


def shapes_broken(*files: Path) -> set[str]:
    shapes, data = Graph().parse(ONTOLOGY / "shapes.ttl"), Graph()
    for triple in dataset(*files).triples((None, None, None)):
        data.add(triple)
    _, report, _ = validate(data, shacl_graph=shapes, advanced=True)
    return {named_shape(shapes, source) for source in report.objects(None, SH.sourceShape)}


def named_shape(shapes: Graph, node) -> str:
    while not isinstance(node, URIRef):
        node = next(iter(shapes.subjects(None, node)))
    return node.rsplit("/", 1)[-1]


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("question", QUESTIONS, ids=stem)
def test_questions_have_exactly_the_rows_written_beside_them(question):
    answer = examples().query(question.read_text(encoding="utf-8")).serialize(format="csv").decode()
    expected = rows(question.with_suffix(".csv").read_text(encoding="utf-8"))
    assert rows(answer) == expected
    assert len(expected) > 1, "a question without an answer proves nothing"


@pytest.mark.parametrize("question", QUESTIONS, ids=stem)
def test_questions_are_portable_and_say_what_they_ask(question):
    text = question.read_text(encoding="utf-8")
    assert re.match(r"# .+\?\n", text)
    assert "GRAPH" not in text
    assert "ORDER BY" in text


def test_questions_are_in_the_table_of_the_readme():
    readme = (ONTOLOGY / "README.md").read_text(encoding="utf-8")
    for question in QUESTIONS:
        asked = question.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        assert f"| `{question.stem}` | {asked} |" in readme


@pytest.mark.parametrize("check", CHECKS, ids=stem)
def test_checks_find_nothing_in_the_examples_and_the_ontology(check):
    assert list(examples().query(check.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("check", CHECKS, ids=stem)
def test_checks_find_what_is_planted(check):
    loaded = dataset(ontology_too=True)
    loaded.graph(URIRef("urn:planted")).parse(data=PREFIXES + PLANTED[check.stem], format="turtle")
    assert list(loaded.query(check.read_text(encoding="utf-8")))


def test_examples_satisfy_every_shape():
    assert shapes_broken(*EXAMPLES) == set()


@pytest.mark.parametrize("bad", BAD, ids=stem)
def test_bad_examples_break_the_shape_of_their_name_alone(bad):
    assert shapes_broken(bad) == {bad.stem}


def test_every_shape_has_an_example_that_breaks_it():
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    assert {bad.stem for bad in BAD} == {str(s).rsplit("/", 1)[-1] for s in shapes.subjects(RDF.type, SH.NodeShape)}


def test_every_message_of_a_shape_is_one_english_sentence():
    for message in Graph().parse(ONTOLOGY / "shapes.ttl").objects(None, SH.message):
        assert re.fullmatch(r"[A-Z][^.!?]*\.", str(message)), message


def test_core_loads_alone_and_imports_nothing():
    core = Graph().parse(ONTOLOGY / "claimgraph.ttl")
    assert not list(core.objects(None, URIRef("http://www.w3.org/2002/07/owl#imports")))
    used = {term for triple in core for term in triple if isinstance(term, URIRef) and str(term).startswith(CG)}
    assert used == set(core.subjects(RDFS.isDefinedBy, None))


def test_alignments_speak_of_terms_that_exist():
    defined = set(ontology().subjects(RDFS.isDefinedBy, None))
    aligned = {s for s in Graph().parse(ONTOLOGY / "alignments.ttl").subjects() if str(s).startswith(CG)}
    assert aligned
    assert aligned <= defined


# ---- event kinds


def triggers() -> dict[str, set[tuple[str, str]]]:
    """Kind to its (lemma, word class) pairs."""
    found = defaultdict(set)
    for kind in ontology().subjects(SKOS.inScheme, CGC.EventKind):
        for label in ontology().objects(kind, SKOS.hiddenLabel):
            lemma, word_class = re.fullmatch(r"(.+?)(?: \((verb|noun)\))?", str(label)).groups()
            found[str(kind)] |= {(lemma, w) for w in ([word_class] if word_class else ["verb", "noun"])}
    return found


def test_a_lemma_triggers_one_kind_for_each_word_class():
    kinds = defaultdict(set)
    for kind, pairs in triggers().items():
        for pair in pairs:
            kinds[pair].add(kind)
    assert [pair for pair, of in kinds.items() if len(of) > 1] == []


def test_event_kinds_cover_the_news():
    lemmas = {lemma for pairs in triggers().values() for lemma, _ in pairs}
    assert len(lemmas) >= 500
    assert len(triggers()) >= 60
    by_pair = {pair: kind for kind, pairs in triggers().items() for pair in pairs}
    wanted = {
        ("seize", "verb"): CGC.Seizure,
        ("confiscation", "noun"): CGC.Seizure,
        ("smuggler", "noun"): CGC.Trafficking,
        ("pressure", "verb"): CGC.Demand,
        ("raid", "noun"): CGC.Raid,
        ("arrest", "noun"): CGC.Arrest,
        ("die", "verb"): CGC.Death,
        ("layoff", "noun"): CGC.Dismissal,
        ("earthquake", "noun"): CGC.Disaster,
    }
    assert {pair: by_pair.get(pair) for pair in wanted} == {pair: str(kind) for pair, kind in wanted.items()}


def test_lemmas_are_lower_case():
    assert [lemma for pairs in triggers().values() for lemma, _ in pairs if lemma != lemma.lower()] == []


def test_verbs_of_saying_trigger_no_event():
    cues = {row[0] for row in load_table("cues")}
    verbs = {lemma for pairs in triggers().values() for lemma, word_class in pairs if word_class == "verb"}
    assert verbs & cues <= ACTS_AND_CUES
    assert verbs.isdisjoint({"say", "announce", "warn", "accuse", "praise", "claim", "tell", "deny"})


def test_cue_classes_are_those_of_the_lexicon():
    codes = {str(ontology().value(c, SKOS.notation)) for c in ontology().subjects(SKOS.inScheme, CGC.CueClass)}
    assert codes == {row[1] for row in load_table("cues")}


# ---- code and ontology


def defined_terms() -> set[str]:
    return {str(term).removeprefix(CG) for term in ontology().subjects(RDFS.isDefinedBy, None)}


@cache
def source() -> str:
    folder = Path(claimgraph.__file__).parent
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))


def code_terms() -> set[str]:
    named = re.findall(r"\bcg:([A-Za-z0-9]+)|\bCG \+ .([A-Za-z0-9]+)", source())
    return {one or other for one, other in named}


def test_code_names_only_terms_that_the_ontology_defines():
    assert code_terms()
    assert code_terms() - defined_terms() == set()


def test_code_names_only_concepts_that_the_ontology_defines():
    concepts = {str(c).removeprefix(str(CGC)) for c in ontology().subjects(SKOS.inScheme, None)}
    named = set(re.findall(r"\bcgc:([A-Za-z0-9]+)", source()))
    assert named
    assert named - concepts == set()


def test_code_names_every_term_of_the_ontology():
    camel = (code.title().replace("-", "") for code in get_args(RelationType))
    edges = {name[0].lower() + name[1:] for name in camel}  # written as the name of the relation's type
    assert defined_terms() - code_terms() - edges == set()


def test_codes_of_annotations_are_those_of_the_schemes():
    types = {"Polarity": Polarity, "Form": Form, "Certainty": Certainty, "Comparator": Comparator}
    types |= {"Factuality": Factuality, "RelationType": RelationType}
    for scheme, codes in types.items():
        written = {str(ontology().value(c, SKOS.notation)) for c in ontology().subjects(SKOS.inScheme, CGC[scheme])}
        assert written == set(get_args(codes)), scheme
