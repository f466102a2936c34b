"""RSS (0.9x, 1.0, 2.0) and Atom files to Articles: one for each item, of the longest text that it holds.

A feed is read as XML without entities of its own, without DTD and without a look at the network, so that none can
grow or fetch (billion laughs, XXE); one that declares entities is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as markup

from claimgraph.articles.dates import to_iso
from claimgraph.articles.front import find_front
from claimgraph.errors import InputError
from claimgraph.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOTS = {"rss", "RDF", "feed"}
ITEMS = {"item", "entry"}
TEXTS = ("encoded", "content", "description", "summary")
DATES = ("published", "pubDate", "date", "issued", "updated", "modified")
BLOCKS = ["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "tr"]
UNREAD = ["script", "style", "iframe", "object", "figure", "figcaption"]
DECLARES = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)


def to_articles(data: bytes, *, id: str, origin: Path | str) -> Iterator[Article | InputError]:  # noqa: A002 - as the field
    """The article of each item, in order; an InputError for the file that is no feed, or the item that has no text."""
    root = _parse(data, origin)
    if isinstance(root, InputError):
        yield root
        return
    publisher = next((_words(one) for one in root.iter() if _name(one) == "title"), None)
    items = [one for one in root.iter() if _name(one) in ITEMS]
    if not items:
        yield InputError(origin, "holds no items")
    for number, item in enumerate(items, 1):
        yield _to_article(item, fallback=f"{id}-{number}", origin=f"{origin}:{number}", publisher=publisher)


def _parse(data: bytes, origin: Path | str) -> etree._Element | InputError:
    """The feed's root, or why it is none."""
    if DECLARES.search(data.replace(b"\0", b"")):  # in UTF-16 every other byte is none
        return InputError(origin, "declares entities: a feed needs none, and they may be used for harm")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return root if root is not None and _name(root) in ROOTS else InputError(origin, "is no RSS or Atom feed")


def _to_article(item: etree._Element, *, fallback: str, origin: str, publisher: str | None) -> Article | InputError:
    """The article of one item."""
    known = {name: _first(item, name) for name in ("guid", "id", "title", "creator", "author")}
    title = known["title"]
    body = max((_text(child) for child in item if _name(child) in TEXTS), key=len, default="")
    if not body:
        return InputError(origin, "this item has no text")
    lines = [line for line in body.split("\n\n") if line != title]
    text = "\n\n".join([title, *lines] if title else lines) + "\n"
    front = find_front(text, title=title)
    address = _link(item)
    written = (to_iso(words) for name in DATES if (words := _first(item, name)))
    return Article(
        id=known["guid"] or known["id"] or address or fallback,
        text=text,
        title=title,
        author=known["creator"] or known["author"] or front.author,
        published=next(filter(None, written), None) or front.published,
        publisher=publisher,
        url=address,
        zones=front.zones,
        origin=origin,
    )


def _name(element: etree._Element) -> str:
    """The name without its namespace, in which the formats differ; nothing for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _first(item: etree._Element, name: str) -> str | None:
    return next((_words(child) for child in item if _name(child) == name), None)


def _words(element: etree._Element) -> str | None:
    """What an element says in one line, markup in it left out: an Atom author is `<author><name>`."""
    named = next((one for one in element if _name(one) == "name"), element)
    return " ".join(_text(named).split()) or None


def _link(item: etree._Element) -> str | None:
    """The address of the article: RSS has it as text, Atom as an attribute."""
    for link in (one for one in item if _name(one) == "link" and one.get("rel", "alternate") == "alternate"):
        address = (link.get("href") or link.text or "").strip()
        if re.fullmatch(r"https?://\S+", address):
            return address
    return None


def _text(element: etree._Element) -> str:
    """The paragraphs of an element, parted by blank lines: of markup, or of markup that is written as text."""
    written = "".join(etree.tostring(child, encoding="unicode") for child in element) if len(element) else ""
    source = (element.text or "") + written
    if not re.search(r"<[a-zA-Z!/]|&\w+;", source):
        return "\n\n".join(filter(None, (" ".join(part.split()) for part in re.split(r"\n\s*\n", source))))
    tree = markup.fragment_fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", source), create_parent="div")
    for unread in [one for one in tree.iter(*UNREAD) if one is not tree]:
        unread.drop_tree()
    for block in tree.iter(*BLOCKS):
        block.text, block.tail = f"\n\n{block.text or ''}", f"\n\n{block.tail or ''}"
    parts = (" ".join(part.split()) for part in re.split(r"\n\n+", tree.text_content()))
    return "\n\n".join(filter(None, parts))
