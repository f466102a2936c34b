"""Who speaks where the text does not name a source in so many words: speakers of transcripts, several at once, who signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from claimgraph.actors.names import (
    ACRONYM,
    folded,
    is_given,
    person_key,
    speaks_for_body,
    title_head,
    title_length,
    without_article,
)
from claimgraph.lexicon import load_words
from claimgraph.model import Mention
from claimgraph.speech.cues import shape_of
from claimgraph.speech.turns import UNNAMED as UNNAMED_SPEAKERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.actors.authority import Authority
    from claimgraph.language import Parse, Sentence, Token
    from claimgraph.model import Article, Entity, Role, Span
    from claimgraph.speech.cues import Draft

UNNAMED = UNNAMED_SPEAKERS | {"q", "a", "staff", "participant"}
"""What transcripts call those whom they do not name."""
CLOSING = re.compile(
    r"(?:Sincerely|Respectfully|Regards|Yours (?:truly|sincerely|faithfully))(?: yours)?,?\s+"
    r"([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}?)"
    r"(?=\s+(?:United|U\.S|Member|Chair|Ranking|Secretary|Director|President)|\s*$|\s*\n)"
)
"""The end of a letter with the name of who wrote it."""
SIGNED = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}")
"""A name alone in a line."""
LONGEST_OFFICE = 5
"""Words of the longest office before a name in a row of names."""
ISSUED, ISSUING = {"letter", "statement", "op-ed"}, {"send", "write", "issue", "release", "publish", "pen", "make"}
"""What somebody gives out in the first person, and how news calls the giving."""
CAPITALISED = r"[A-Z][\w.'’&-]*(?: (?:(?:of|for|the|and|on|in) ){0,2}[A-Z][\w.'’&-]*)*"
TITLED_LINE = re.compile(rf"[A-Z][^,]+, (?P<title>{CAPITALISED}), (?P<body>{CAPITALISED})")
"""How a press release says who speaks: name, title, organisation."""
LONGEST_NAME = 4
"""Words of the longest name of a source that its given name alone shows to be a person's."""
FARTHEST = 60
"""Characters between two names in a row, titles and party included."""
JOINING = r"\band\b|&|\balong with\b|\bas well as\b|\btogether with\b|\bet al\b"
WE_ARE = re.compile(r"[Ww]e, (?=the )")
"""How those begin who say together who they are: "We, the ministers of ..."."""
PASSED_OVER = re.compile(
    r"\b(?:the|both|U\.S\.|US|(?:their|his|her) colleagues?|fellow|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?!\w)"
)
"""Words between the names of a row that name nobody."""
LEGISLATURE = re.compile(r"\b(?:Committee|Subcommittee|Senate|House|Congress|Parliament|Assembly|Caucus|Court)\b")
"""Names of bodies of many, of whom each speaks for himself whatever the office: "the chair of the Senate committee"."""
OWN_WORDS = re.compile(
    r"\b(?:remarks|speech|statement|op-?ed|column|testimony|letter|address|speaks|delivers|writes|my|why I)\b",
    re.IGNORECASE,
)
"""What a title calls somebody's own words, which the article then is."""
SPOKEN_BY = re.compile(r"\b[Ss]pokes(?:person|man|woman)$")
"""Who says nothing of himself."""
ATTRIBUTABLE = re.compile(r"attributable to (?:the )?([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,4}):")
"""How a press office says whose words follow."""


def turn_names(parse: Parse, drafts: list[Draft], mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions, with the name of each speaker of a transcript ("PRIME MINISTER REED:") instead of what was seen in it."""
    kept = list(mentions)
    for draft in drafts:
        if not is_turn(draft) or draft.source is None:
            continue
        tokens = parse.tokens_in(draft.source.start, draft.source.end)
        name = [t for t in tokens[_title_end(tokens) :] if t.text.strip("().")]
        if not name and not load_words("titles", "honorific").isdisjoint({tokens[0].lower, f"{tokens[0].lower}."}):
            name = tokens[-1:]  # "MR. PORTER": what an honorific stands before is a name
        if not name or name[0].lower in UNNAMED:
            kept = [m for m in kept if not draft.source.covers(m)] + _unnamed(parse, draft.source)
            continue
        start, end = name[0].start, name[-1].end
        kept = [m for m in kept if m.end <= start or end <= m.start]
        kept.append(_mention(parse, start, end, kind="name", origin="transcript"))
    return kept


def _unnamed(parse: Parse, label: Span) -> list[Mention]:
    """Somebody of whom a label says only what part he has: "QUESTION:"; of "Q:" nothing is said."""
    if len(label.text) == 1:
        return []
    found = _mention(parse, label.start, label.end, kind="nominal", origin="transcript")
    return [msgspec.structs.replace(found, type="person")]


def is_turn(draft: Draft) -> bool:
    """Whether a claim is what a speaker of a transcript says."""
    lined = draft.cue is not None and draft.cue.text in {":", ")"}
    return (draft.verb is None and lined) or shape_of(draft.origin) == "transcript"


def _title_end(tokens: list[Token]) -> int:
    """How many words of a speaker's line are the title before the name."""
    people, titles = load_words("actor_nouns", "person"), load_words("titles")
    return max((i + 1 for i, t in enumerate(tokens) if t.lower in people or t.lower in titles), default=0)


def _mention(parse: Parse, start: int, end: int, *, kind: str, origin: str) -> Mention:
    return Mention(
        start=start,
        end=end,
        text=parse.text[start:end],
        id="",
        kind="name" if kind == "name" else "nominal",
        type="person" if kind == "name" else "group",
        confidence=0.9,
        origin=origin,
    )


def signatures(parse: Parse, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Names below a letter's closing that nothing else saw, and all who sign together as one mention of several."""
    kept = list(mentions)
    lines = [s for s in parse.sentences if s.zone == "signature"]
    for line in lines:
        text = parse.text[line.start : line.end]
        seen = any(m.start < line.end and line.start < m.end for m in kept)
        if not seen and SIGNED.fullmatch(text) and title_head(text.lower()) not in load_words("actor_nouns"):
            kept.append(_mention(parse, line.start, line.end, kind="name", origin="signature"))
            yield kept[-1]
    people = [m for m in kept if m.type == "person" and m.kind == "name" and _is_in(m, lines)]
    if len(people) > 1:
        bounds = min(m.start for m in people), max(m.end for m in people)
        yield _mention(parse, *bounds, kind="nominal", origin="several")


def _is_in(mention: Mention, lines: Iterable[Sentence]) -> bool:
    return any(line.start <= mention.start and mention.end <= line.end for line in lines)


def find_signer(parse: Parse, mentions: Iterable[Mention]) -> str | None:
    """Entity of who signs a letter by its last lines: all together where they are several, else the one named there."""
    lines = [s for s in parse.sentences if s.zone == "signature"]
    if not lines:
        return None
    last = [m for m in mentions if lines[0].start <= m.start and m.end <= lines[-1].end]
    several = (m.entity for m in last if m.origin == "several")
    return next(several, next((m.entity for m in last if m.type == "person" and m.kind == "name"), None))


def joint_mentions(parse: Parse, drafts: list[Draft], mentions: list[Mention]) -> Iterator[Mention]:
    """A mention for each source that is several at once ("Reed and Hall"), and for people whom "they" may mean later."""
    spans = []
    for draft in drafts:
        declared = WE_ARE.match(draft.source.text) if draft.source is not None else None
        if draft.source is not None and declared is not None:
            yield _mention(
                parse, draft.source.start + declared.end(), draft.source.end, kind="nominal", origin="declared"
            )
        elif draft.source is not None and draft.head is not None and re.search(JOINING, draft.source.text):
            span = (draft.source.start, draft.source.end)
            several = len(joint_members(parse, span, mentions)) > 1
            if several or _with_others(parse, draft.source, mentions):
                spans.append(span)
                yield _mention(parse, *span, kind="nominal", origin="several" if several else "others")
    people = [m for m in mentions if m.kind == "name" and m.type == "person"]
    for first, last in _runs(parse, people):
        if not any(start <= first and last <= end for start, end in spans):
            yield _mention(parse, first, last, kind="nominal", origin="joint")


def source_names(parse: Parse, drafts: list[Draft], mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Names at the head of sources that nothing else saw: a person's by the given name, a body's in capitals ("APP")."""
    taken = list(mentions)
    for draft in drafts:
        if draft.source is None or draft.head is None or any(draft.source.overlaps(m) for m in taken):
            continue
        run = _capitalised(parse, draft.source, draft.head)
        words = [t.text for t in run]
        body = len(words) == 1 and ACRONYM.fullmatch(words[0]) and without_article(draft.source.text) == words[0]
        if body or (run and len(words) <= LONGEST_NAME and _is_persons(draft.source, run)):
            found = _mention(parse, run[0].start, run[-1].end, kind="name", origin="source name")
            taken.append(msgspec.structs.replace(found, type="organization") if body else found)
            yield taken[-1]


def employers(parse: Parse, drafts: list[Draft], mentions: Iterable[Mention]) -> Iterator[Mention]:
    """What a speaker is of by a release's line that nothing else saw: "Anna Reed, President, Fair Trade Project said"."""
    taken = list(mentions)
    for source in (d.source for d in drafts if d.source is not None):
        line = TITLED_LINE.fullmatch(source.text)
        if line is None or title_head(line["title"].lower()) not in load_words("actor_nouns", "person"):
            continue
        start, end = source.start + line.start("body"), source.start + line.end("body")
        if not any(m.start < end and start < m.end for m in taken):
            found = _mention(parse, start, end, kind="name", origin="source name")
            taken.append(msgspec.structs.replace(found, type="organization"))
            yield taken[-1]


def _is_persons(source: Span, run: list[Token]) -> bool:
    """Whether proper nouns are a person's name: by the given name, or by "of" or a comma behind two words that say nothing else."""
    nouns, behind = load_words("actor_nouns") | load_words("name_endings"), source.text[run[-1].end - source.start :]
    plain = len(run) > 1 and not any(t.lower in nouns or t.text.isupper() for t in run)
    return is_given(run[0].text) or (plain and behind.startswith((" of ", " from ", ", ")))


def _capitalised(parse: Parse, source: Span, head: Token) -> list[Token]:
    """The proper nouns that a source begins with, else those that end with its head."""
    tokens = parse.tokens_in(source.start, source.end)
    first = next((i for i, t in enumerate(tokens) if t.tag != "NNP" or not t.text[0].isupper()), len(tokens))
    if first or head not in tokens:
        return tokens[:first]
    last = tokens.index(head) + 1
    begin = last
    while begin and tokens[begin - 1].tag == "NNP" and tokens[begin - 1].text[0].isupper():
        begin -= 1
    return tokens[begin:last]


def _with_others(parse: Parse, source: Span, mentions: Iterable[Mention]) -> bool:
    """Whether a source is somebody named and others who are not, "Reed and her colleagues": a group, not Reed alone."""
    first = next((m for m in mentions if m.kind == "name" and source.covers(m)), None)
    if first is None:
        return False
    name = {t.i for t in parse.tokens_in(first.start, first.end)}
    joined = (t for t in parse.tokens_in(first.end, source.end) if t.dep == "conj" and t.head.i in name)
    others = any(t.tag == "NNS" or t.lower == "others" for t in joined)
    return others or bool(re.fullmatch(r" et al\.?", source.text[first.end - source.start :]))


def _runs(parse: Parse, people: list[Mention]) -> Iterator[tuple[int, int]]:
    """Bounds of people's names in a row that commas and "and" join."""
    text, at = parse.text, 0
    while at < len(people):
        end = at + 1
        while (
            end < len(people)
            and people[end].start - people[end - 1].end < FARTHEST
            and _side_by_side(text[people[end - 1].end : people[end].start])
        ):
            end += 1
        span = people[at].start, people[end - 1].end
        if end - at > 1 and re.search(JOINING, text[slice(*span)]):
            yield span
        at = end


def joint_members(parse: Parse, span: tuple[int, int], mentions: Iterable[Mention]) -> list[Mention]:
    """The names that a span puts side by side: the first one, and those that the parser or a comma and "and" coordinate with it."""
    text = parse.text
    names = [m for m in mentions if m.kind == "name" and span[0] <= m.start and m.end <= span[1]]
    names = [m for m in names if text[span[0] : m.start].count("(") == text[span[0] : m.start].count(")")]
    members: list[Mention] = []
    for name in names:
        alike = not members or (name.type == "person") == (members[0].type == "person")
        if not members or (alike and _side_by_side(text[members[-1].end : name.start])):
            members.append(name)
        elif len(members) == 1:  # "U.S. Senators Reed and Hall": what qualifies a title is no member
            members = [name]
    joined = text[members[0].end : members[-1].end] if members else ""
    return members if re.search(JOINING, joined) else []


def _side_by_side(between: str) -> bool:
    """Whether what stands between two names only adds the second to the first, titles left out."""
    plain = re.sub(r"\([^)]*\)", " ", between)
    rest = PASSED_OVER.sub(" ", re.sub(JOINING, " ", plain)).replace(",", " ").split()
    return bool(re.search(JOINING, plain) or "," in plain) and _is_title(rest)


def _is_title(words: list[str]) -> bool:
    """Whether words between two names are the second one's office: "Assistant Secretary", "British Prime Minister"."""
    if not words:
        return True
    last = words[-1].lower()
    person = load_words("actor_nouns", "person") | load_words("titles")
    known = bool({last, last.removesuffix("s"), last.strip(".").removesuffix("s") + "."} & person)
    return known and len(words) <= LONGEST_OFFICE and all(w[0].isupper() or w == "of" for w in words[:-1])


def signer_name(article: Article) -> str | None:
    """Who signs a letter or release, or to whom a press office attributes it; else its author."""
    for pattern in (CLOSING, ATTRIBUTABLE):
        match = pattern.search(article.text)
        if match:
            words = match[1].split()
            return " ".join(words[title_length(words) :])
    return article.author


def titled_speaker(article: Article, entities: Iterable[Entity]) -> str | None:
    """Entity of the only person in a title that announces somebody's own words: "Prepared remarks: Reed on the Harbour Act"."""
    title = article.title or ""
    if not OWN_WORDS.search(title):
        return None
    words = {folded(word) for word in re.findall(r"[\w’'-]+", title)}
    people = [e.id for e in entities if e.type == "person" and e.name and folded(e.name.split()[-1]) in words]
    return people[0] if len(people) == 1 else None


def find_issuer(parse: Parse, mentions: Iterable[Mention]) -> str | None:
    """Entity of who "sent a letter" or "issued the following statement", by the article's own first such words."""
    people = {t.i: m.entity for m in mentions if m.type == "person" for t in parse.tokens_in(m.start, m.end)}
    for token in parse.tokens:
        if token.lemma in ISSUED and token.dep == "dobj" and token.head.lemma in ISSUING:
            subjects = token.head.having("nsubj") or token.head.head.having("nsubj")
            words = [t.i for s in subjects for t in s.subtree() if t.i < token.i]
            found = next((people[i] for i in words if people.get(i)), None)
            if found is not None:
                return found
    return None


def is_name_of(signer: str, names: Iterable[str]) -> bool:
    """Whether one of an entity's names is the signer's."""
    key = folded(person_key(signer))
    return any(folded(person_key(name)) == key for name in names)


def bodies_spoken_for(
    article: Article, roles: Iterable[Role], entities: Iterable[Entity], authority: Authority, *, issuer: str | None
) -> dict[str, str]:
    """Person to the country or body that "we" means when the person speaks: that of the office, unless it is one of many's.

    A minister's "we" is the country's, a spokesperson's the organisation's (where the text does not say which, that of
    the body that issues the article), a senator's the senator's own. The office is the text's, else the title's, else
    the one that the authority knows of at the time.
    """
    found: dict[str, str] = {}
    by_iri = {e.iri: e.id for e in entities if e.iri}
    by_name = {name: e.id for e in entities if e.type == "organization" for name in (e.name, *e.aliases)}
    for entity in entities:
        if entity.type == "person":
            country = _titled_country(article.title or "", entity.name, authority) or _held_country(
                entity, authority, article.published
            )
            found.update({entity.id: by_iri[country]} if country in by_iri else {})
            body = by_name.get(_titled_body(article.title or "", entity.name))
            found.update({entity.id: body} if body is not None else {})
    chambers = {e.id for e in entities if LEGISLATURE.search(e.name)}
    for role in roles:
        if role.of and role.of not in chambers and speaks_for_body(role.title):
            found[role.holder] = role.of
        elif issuer is not None and role.of is None and SPOKEN_BY.search(role.title):
            found.setdefault(role.holder, issuer)
    return found


def speaks_for_country(title: str) -> bool:
    """Whether who holds an office says "we" of the country: a speaker of parliament does not."""
    return speaks_for_body(title) and not LEGISLATURE.search(title)


def _held_country(entity: Entity, authority: Authority, published: str | None) -> str | None:
    """IRI of the country whose office somebody held on a day."""
    known = authority.find(entity.iri)
    offices = known.offices if known is not None and published else ()
    held = (o.of for o in offices if o.of and o.held_on(str(published)) and speaks_for_country(o.title))
    return next(map(authority.country, held), None)


def _titled_country(title: str, name: str, authority: Authority) -> str | None:
    """IRI of the country whose office an article's title gives to a name: "French President Anna Reed Arrives"."""
    words = _before_office(title, name)
    lead = (" ".join(words[-k:]) for k in (2, 1) if len(words) >= k)
    return next((entry.iri for entry in map(authority.demonym, lead) if entry is not None), None)


def _titled_body(title: str, name: str) -> str:
    """The organisation whose office an article's title gives to a name: "NATO" of "NATO Secretary General Tom Hall"."""
    words = _before_office(title, name)
    return words[-1] if words and words[-1].isupper() and len(words[-1]) > 1 else ""


def _before_office(title: str, name: str) -> list[str]:
    """The words of an article's title before the office that it gives to a name; none where it gives none."""
    before, found, _ = title.partition(name)
    words = before.split()
    office = next((k for k in range(LONGEST_OFFICE, 0, -1) if " ".join(words[-k:]).lower() in load_words("titles")), 0)
    if not found or not office or not speaks_for_body(" ".join(words[-office:])):
        return []
    return words[:-office]
