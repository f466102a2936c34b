"""The pages of a store: the query page, the page of each of its things and their data, and the search for names."""

from __future__ import annotations

import asyncio
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse

from claimgraph.drawing.finding import KINDS, holding, literal
from claimgraph.drawing.things import ENTITIES, prefixed
from claimgraph.generations import load_state
from claimgraph.iris import BASE
from claimgraph.questions import questions
from claimgraph.server import tell
from claimgraph.server.addresses import Addresses
from claimgraph.server.answers import Answer, Problem, ask
from claimgraph.server.frames import Job
from claimgraph.server.gather import BASE_QUERY, Asking, rdf_query, term
from claimgraph.server.negotiation import GRAPHS, negotiate
from claimgraph.server.rendering import HTML, QUERY_POLICY, page
from claimgraph.server.views import Views
from claimgraph.vocab import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import HTMLResponse
    from starlette.types import ASGIApp, Receive, Scope

    from claimgraph.server.workers import Pool

FORMATS = {"html": HTML, **{form: media for media, form in GRAPHS.items()}}
"""What ?format= may be: the ending of each format to its media type."""
FOUND = 50
"""Names that a search shows."""
LONGEST_NAME = 200
"""Characters that are searched for."""
ENTITY_CLASSES = frozenset(ENTITIES) | {"skos:Concept", "sem:Actor"}


@cache
def told_questions() -> list[tuple[str, str, str]]:
    """Name, English question and SPARQL of each competency question."""
    texts = {name: path.read_text(encoding="utf-8") for name, path in questions().items()}
    return [(name, text.partition("\n")[0].lstrip("# "), text.partition("\n")[2]) for name, text in texts.items()]


class Site:
    """The pages of one store."""

    def __init__(self, pool: Pool, store: Path) -> None:
        self.pool, self.store = pool, store
        self._base: tuple[int, str] | None = None

    def generation(self) -> int:
        """The number of the store's current state."""
        return load_state(self.store).generation

    async def addresses(self, asking: Asking, scope: Scope) -> Addresses:
        """Where the IRIs of the graph begin, asked once for each generation."""
        generation = self.generation()
        if self._base is None or self._base[0] != generation:
            rows = await asking.rows(BASE_QUERY)
            self._base = (generation, rows[0]["base"] if rows else BASE)
        return Addresses(self._base[1], scope.get("root_path", ""))

    async def query_page(self, scope: Scope, receive: Receive) -> HTMLResponse:
        """The page with the editor, the questions and the prefixes."""
        here = await self.addresses(Asking(self.pool, receive), scope)
        values = {"questions": told_questions(), "prefixes": PREFIXES, "base": here.base}
        return page("query.html", scope, values, headers={"content-security-policy": QUERY_POLICY})

    # ---- /id

    async def thing(self, request: Request) -> ASGIApp:
        """What a path under /id/ is for, as a page or as RDF."""
        asking = Asking(self.pool, request.receive)
        here = await self.addresses(asking, request.scope)
        iri = here.iri(request.path_params["document"], request.query_params.get("part", ""))
        return await self._answer(request, asking, here, iri)

    async def by_iri(self, request: Request) -> ASGIApp:
        """What /id?iri= is for: the page of a thing here, wherever its IRI begins."""
        asking = Asking(self.pool, request.receive)
        here = await self.addresses(asking, request.scope)
        iri = request.query_params.get("iri", "")
        if iri.startswith(here.base):
            return RedirectResponse(here.of(iri), 303)
        return await self._answer(request, asking, here, iri)

    async def _answer(self, request: Request, asking: Asking, here: Addresses, iri: str) -> ASGIApp:
        media = self._media(request)
        try:
            term(iri)
        except ValueError:
            raise Problem(400, f"{iri or 'nothing'}: is no absolute IRI") from None
        classes = await asking.classes(iri)
        if not classes:
            return await self._missing(request, asking, here, iri, media)
        own = here.of(iri)
        headers = {"link": _links(own, iri), "content-location": _formatted(own, media)}
        if media == HTML:
            return await self._page(request, asking, here, iri, classes, headers)
        job = Job(rdf_query(iri, article="schema:NewsArticle" in classes), graph=GRAPHS[media])
        answer = Answer(await ask(self.pool, job, request.receive), media)
        answer.headers += [(name.encode(), value.encode()) for name, value in headers.items()]
        return answer

    def _media(self, request: Request) -> str:
        """The media type that is asked for by ?format=, else by Accept."""
        form = request.query_params.get("format")
        if form is not None:
            if form not in FORMATS:
                raise Problem(400, f"format {form}: is none of {', '.join(FORMATS)}")
            return FORMATS[form]
        media = negotiate(request.headers.get("accept", ""), (HTML, *GRAPHS))
        if not media:
            raise Problem(406, f"none of the accepted media types is offered; these are: {', '.join((HTML, *GRAPHS))}")
        return media

    async def _page(
        self, request: Request, asking: Asking, here: Addresses, iri: str, classes: set[str], headers: dict[str, str]
    ) -> ASGIApp:
        """The page of the kind of thing that it is."""
        article = iri.partition("#")[0]
        of_article = "schema:NewsArticle" in classes or (
            "#" in iri and "schema:NewsArticle" in await asking.classes(article)
        )
        is_local = of_article and not classes.isdisjoint(ENTITY_CLASSES)
        gathered = await (asking.thing(iri) if is_local or not of_article else asking.article(article))
        views = Views(gathered, here)
        entity = views.things.entity(iri)
        if is_local and entity != iri:
            return RedirectResponse(here.of(entity), 303, {"vary": "accept"})
        return await asyncio.to_thread(_rendered, views, iri, classes, request.scope, headers)

    async def _missing(self, request: Request, asking: Asking, here: Addresses, iri: str, media: str) -> ASGIApp:
        """404, with names that are alike for people."""
        if media != HTML:
            raise Problem(404, f"this graph says nothing of <{iri}>")
        words = re.sub(r"(-[0-9a-f]{8})?$", "", re.split(r"[/#]", iri)[-1]).replace("-", " ").strip()
        found = await self._find(asking, here, words) if len(words) > 2 else []
        return page("missing.html", request.scope, {"iri": iri, "words": words, "found": found}, status=404)

    # ---- /find

    async def find(self, request: Request) -> ASGIApp:
        """Articles, actors, places and topics whose name holds words; without words the articles."""
        asking = Asking(self.pool, request.receive)
        here = await self.addresses(asking, request.scope)
        words = request.query_params.get("name", "")
        if len(words) > LONGEST_NAME:
            raise Problem(400, f"a name has at most {LONGEST_NAME} characters")
        words = words.strip()
        found = await self._find(asking, here, words)
        return page("find.html", request.scope, {"words": words, "found": found, "most": FOUND})

    async def _find(self, asking: Asking, here: Addresses, words: str) -> list[tuple[str, str, str]]:
        """Kind, name and address of what is called so."""
        rows = await asking.rows(holding(literal(words), FOUND) if words else FIND_ARTICLES)
        named = {row["thing"]: (KINDS[prefixed(row["class"])], row["name"], here.of(row["thing"])) for row in rows}
        return sorted(named.values())


FIND_ARTICLES = f"""SELECT DISTINCT ?class ?name ?thing {{
  VALUES ?class {{ schema:NewsArticle }} ?thing a ?class ; rdfs:label ?name }} LIMIT {FOUND}"""


def _rendered(views: Views, iri: str, classes: set[str], scope: Scope, headers: dict[str, str]) -> HTMLResponse:
    """The page of a thing, with its data's addresses and all that is said of it."""
    name, values = _told(views, iri, classes)
    formats = [
        (form, media, _formatted(views.here.of(iri), media)) for form, media in FORMATS.items() if form != "html"
    ]
    shared: dict[str, Any] = {"iri": iri, "formats": formats, "statements": tell.statements(views, iri)}
    return page(name, scope, shared | values, headers=headers)


def _told(views: Views, iri: str, classes: set[str]) -> tuple[str, dict[str, Any]]:
    """The template for a thing of these classes, and its values."""
    if "schema:NewsArticle" in classes:
        return "article.html", tell.article(views, iri)
    if "cg:Claim" in classes:
        return "claim.html", tell.claim(views, iri)
    if "sem:Event" in classes:
        return "event.html", tell.event(views, iri)
    if not classes.isdisjoint(ENTITY_CLASSES):
        return "entity.html", tell.entity(views, iri)
    return "other.html", tell.other(views, iri)


def _formatted(address: str, media: str) -> str:
    """The address of a thing in one format."""
    form = next(form for form, named in FORMATS.items() if named == media)
    return f"{address}{'&' if '?' in address else '?'}format={form}"


def _links(address: str, iri: str) -> str:
    """Link of every answer (RFC 8288): what is described (RFC 6892), and the same in other formats."""
    alternates = [f'<{_formatted(address, media)}>; rel="alternate"; type="{media}"' for media in FORMATS.values()]
    return ", ".join([f'<{_ascii(iri)}>; rel="describes"', *alternates])


def _ascii(iri: str) -> str:
    """The IRI as a URI (RFC 3987, 3.1): headers are ASCII."""
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in iri)
