from __future__ import annotations

import json

import networkx as nx
import pytest

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article
from claimgraph.page import write_page

IRI = "https://example.org/id/article/harbour"
# Emoji outside the first plane, a family joined of several, letters with combining marks, and a paragraph from right to left.
TEXT = (
    "Harbour \U0001f6a2 closed\n\n"
    "\U0001f468‍\U0001f469‍\U0001f467 Réka Ångström said: “More than 1.8 million pills were found.”\n\n"
    "השרה ענת לוי אמרה כי הנמל סגור.\n\n"
    "She accused Otto Brandt of smuggling. Otto Brandt denied that he smuggled anything."
)


def at(words, part, *, start=0):
    begin = TEXT.index(words, start)
    return Evidence(part, IRI, begin, begin + len(words), words)


def claim(network, name, spans, speaker, **attributes):
    content = next(span for span in spans if span.part == "content")
    known = {"form": "indirect", "polarity": "affirmed", "certainty": "certain", "confidence": 0.9} | attributes
    cue = next((span.text for span in spans if span.part == "cue"), "")
    network.add_node(name, kind="claim", label=content.text, text=content.text, cue=cue, evidence=tuple(spans), **known)
    network.add_edge(speaker, name, type="said", weight=1, evidence=tuple(spans))


def harbour_network():
    network = nx.MultiDiGraph()
    people = {"x:reka": "Réka Ångström", "x:anat": "ענת לוי", "x:otto": "Otto Brandt"}
    for iri, name in people.items():
        network.add_node(iri, kind="person", label=name, evidence=(at(name, "mention"),))
    pills = {"text": "More than 1.8 million pills", "value": 1800000, "lower": 1800000, "comparator": ">"}
    pills |= {"unit": "count", "of": "pills", "per": "day", "period": "2021"}
    pills |= {"earliest": "2021-01-01", "latest": "2021-12-31"}
    found = [at(words, part) for words, part in (("Réka Ångström", "source"), ("said", "cue"))]
    found += [at("“More than 1.8 million pills were found.”", "content"), at(pills["text"], "figure")]
    claim(network, "https://example.org/id/claim/pills", found, "x:reka", form="direct", quantities=(pills,))
    hebrew = [at("השרה ענת לוי", "source"), at("אמרה", "cue"), at("כי הנמל סגור", "content")]
    claim(network, "https://example.org/id/claim/hebrew", hebrew, "x:anat")
    accused = [at("She", "source"), at("accused", "cue"), at("Otto Brandt of smuggling", "content")]
    claim(network, "https://example.org/id/claim/accusation", accused, "x:reka", cue_class="accuse")
    denied = [at("denied", "cue"), at("that he smuggled anything", "content")]
    decided = ("speaker confirmed by <b>Ada</b> on 2026-01-31",)
    claim(network, "https://example.org/id/claim/denial", denied, "x:otto", polarity="denied", curated=decided)
    network.add_edge("https://example.org/id/claim/accusation", "x:otto", type="about", weight=1, evidence=())
    event = {"kind": "event", "label": "smuggling", "event_type": "trafficking", "voice": "reported"}
    network.add_node("x:smuggling", **event, evidence=(at("smuggling", "trigger"),))
    network.add_edge("x:smuggling", "x:otto", type="participant", role="agent", weight=1, evidence=())
    network.add_edge("https://example.org/id/claim/accusation", "x:smuggling", type="reports", weight=1, evidence=())
    against = {"rationale": "The one denies what the other says of him.", "basis": "same act"}
    network.add_edge(
        "https://example.org/id/claim/denial",
        "https://example.org/id/claim/accusation",
        type="contradicts",
        confidence=0.8,
        weight=1,
        evidence=(),
        iri="https://example.org/id/relation/1",
        **against,
    )
    told = Article(id="harbour", text=TEXT, title="Harbour closed", published="2025-04-02", publisher="The Tide")
    return network, {IRI: told}


@pytest.fixture(scope="session")
def harbour_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "network.html"
    write_page(*harbour_network(), path)
    return path


@pytest.fixture
def harbour(harbour_path, open_page):
    window = open_page(harbour_path, viewport={"width": 1280, "height": 900})
    yield window.page
    assert window.complaints == []


def choose(page, iri):
    page.evaluate(
        "iri => claimgraph.choose([...claimgraph.nodes.values()].find((node) => node.iri.endsWith(iri)).id)", iri
    )
    page.wait_for_selector("#evidence h2")


def choose_link(page, kind):
    page.evaluate("kind => claimgraph.chooseLink(claimgraph.links.find((link) => link.type === kind).id)", kind)
    page.wait_for_selector("#evidence h2")


@pytest.mark.parametrize("name", ["pills", "hebrew", "accusation"])
def test_marks_are_exact_after_emoji_and_combining_marks_and_from_right_to_left(harbour, name):
    choose(harbour, f"claim/{name}")
    network, _ = harbour_network()
    evidence = network.nodes[f"https://example.org/id/claim/{name}"]["evidence"]
    harbour.click("#evidence .where button")
    for place in ("#evidence > .passage", "#article-text"):
        for part in ("source", "cue", "content"):
            marks = harbour.locator(f"{place} mark.{part}").all_text_contents()
            assert "".join(marks) == next(span.text for span in evidence if span.part == part)
    sentence = next(words for words in TEXT.split("\n\n") if evidence[0].text in words).split(" Otto Brandt denied")[0]
    start = TEXT.index(sentence)
    end = start + len(sentence)
    assert f"characters {start} to {end} of {len(TEXT)}" in harbour.locator("#article-offsets").inner_text()


def test_a_badge_says_who_decided_about_a_claim_and_others_have_none(harbour):
    choose(harbour, "claim/denial")
    assert harbour.locator("#evidence .badges li").all_inner_texts() == [
        "speaker confirmed by <b>Ada</b> on 2026-01-31"
    ]
    choose(harbour, "claim/pills")
    assert harbour.locator("#evidence .badges").count() == 0


def test_a_paragraph_from_right_to_left_reads_so(harbour):
    choose(harbour, "claim/hebrew")
    harbour.click("#evidence .where button")
    directions = harbour.locator("#article-text p").evaluate_all("all => all.map((p) => getComputedStyle(p).direction)")
    assert directions == ["ltr", "ltr", "rtl", "ltr"]


def test_a_figure_is_shown_as_words_and_as_a_value_with_its_period(harbour):
    choose(harbour, "claim/pills")
    row = harbour.locator("#evidence .figures tbody tr").inner_text()
    assert "More than 1.8 million pills" in row
    assert "> 1,800,000 pills per day" in row
    assert "1 January 2021 to 31 December 2021" in row


def test_an_accusation_of_a_named_person_says_whose_words_it_is_and_a_denial_does_not(harbour):
    choose(harbour, "claim/accusation")
    assert "An accusation or a criticism that names Otto Brandt. This is what Réka Ångström says" in (
        harbour.locator("#evidence .notice").inner_text()
    )
    choose(harbour, "x:smuggling")
    assert (
        "An account of an offence (trafficking) that names Otto Brandt"
        in harbour.locator("#evidence .notice").inner_text()
    )
    for other in ("claim/denial", "claim/pills"):
        choose(harbour, other)
        assert harbour.locator("#evidence .notice").count() == 0


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (390, False)])
def test_two_claims_that_meet_stand_side_by_side_with_basis_and_reason(harbour_path, open_page, width, beside):
    page = open_page(harbour_path, viewport={"width": width, "height": 900}).page
    choose(page, "claim/denial")
    relation = page.locator("#evidence .relation")
    told = relation.inner_text()
    assert "contradicts what Réka Ångström says" in told
    assert "The one denies what the other says of him. Compared by: same act." in told
    one, other = (side.bounding_box() for side in relation.locator(".side").all())
    assert (abs(one["y"] - other["y"]) < 2 and other["x"] > one["x"]) is beside
    assert relation.locator("mark.content").all_text_contents() == [
        "that he smuggled anything",
        "Otto Brandt of smuggling",
    ]


def test_a_link_between_an_event_and_who_took_part_shows_the_claims_behind_it(harbour):
    choose_link(harbour, "participant")
    claims = harbour.locator("#evidence section", has_text="Claims behind it").locator(".row")
    assert claims.count() == 1
    claims.click()
    assert harbour.locator("#evidence h2").inner_text() == "Otto Brandt of smuggling"


def test_many_claims_come_in_steps_and_in_the_order_asked_for(tmp_path, open_page):
    network = nx.MultiDiGraph()
    network.add_node("x:ada", kind="person", label="Ada", evidence=())
    for index in range(212):
        said_on = f"2025-{index % 12 + 1:02}-01"
        network.add_node(f"x:c{index:03}", kind="claim", label=f"claim {index}", said_on=said_on, evidence=())
        network.add_edge("x:ada", f"x:c{index:03}", type="said", weight=1, evidence=())
    write_page(network, {}, tmp_path / "network.html")
    page = open_page(tmp_path / "network.html").page
    choose(page, "x:ada")
    says = page.locator("#evidence section", has_text="Says")
    assert "212" in says.locator("h3").inner_text()
    assert says.locator(".row").count() < 20
    says.locator(".more").click()
    assert 40 < says.locator(".row").count() < 60
    assert page.evaluate("document.activeElement.className") == "row"
    assert says.locator(".row").first.inner_text() == "claim 11"
    says.locator("select").select_option(label="day, oldest first")
    assert says.locator(".row").first.inner_text() == "claim 0"


def test_in_the_article_a_click_or_a_key_chooses_what_is_marked(harbour):
    choose(harbour, "x:reka")
    harbour.click("#evidence section:has-text('Named in the text') button")
    assert harbour.locator("#article-text mark.mention").text_content() == "Réka Ångström"
    harbour.locator("#article-text .light-claim", has_text="1.8 million").first.click()
    assert harbour.locator("#article-text mark.cue").text_content() == "said"
    assert "The Tide" in harbour.locator("#article-byline").inner_text()
    before = harbour.locator("#article-count").inner_text()
    harbour.keyboard.press("n")
    assert harbour.locator("#article-count").inner_text() != before
    assert harbour.locator("#article-now").inner_text().startswith(("Claim: ענת לוי", "Person: ענת לוי"))
    harbour.keyboard.press("p")
    assert harbour.locator("#article-count").inner_text() == before
    harbour.keyboard.press("Escape")
    assert harbour.locator("#evidence h2").inner_text() == "“More than 1.8 million pills were found.”"


COPIED = """() => {
  window.copied = [];
  const write = (words) => { copied.push(words); return Promise.resolve(); };
  Object.defineProperty(navigator, "clipboard", { value: { writeText: write }, configurable: true });
}"""


def copied(page, label):
    page.evaluate(COPIED)
    page.locator("#evidence .copies button", has_text=label).click()
    page.wait_for_function("copied.length === 1")
    return page.evaluate("copied[0]")


def test_a_citation_has_speaker_words_outlet_day_characters_and_iri_and_quotes_only_what_is_quoted(harbour):
    choose(harbour, "claim/pills")
    end = TEXT.index("found.”") + len("found.”")
    cited = copied(harbour, "citation")
    assert cited.startswith("Réka Ångström: “More than 1.8 million pills were found.” In: The Tide, Harbour closed")
    assert f"(2 April 2025), characters 18 to {end}. https://example.org/id/claim/pills" in cited
    choose(harbour, "claim/denial")
    cited = copied(harbour, "citation")
    assert cited.startswith("Otto Brandt, denying, as reported: that he smuggled anything. In: The Tide")
    assert "“" not in cited


def test_reference_managers_get_the_article_with_its_day_and_the_claim_in_a_note(harbour):
    choose(harbour, "claim/denial")
    [entry] = json.loads(copied(harbour, "CSL-JSON"))
    assert entry["issued"] == {"date-parts": [[2025, 4, 2]]}
    assert (entry["title"], entry["container-title"]) == ("Harbour closed", "The Tide")
    assert "https://example.org/id/claim/denial" in entry["note"]
    bibtex = copied(harbour, "BibTeX")
    assert bibtex.startswith("@article{harbour,")
    assert bibtex.count("{") == bibtex.count("}")


def test_where_the_clipboard_is_refused_the_words_stand_there_selected(harbour):
    choose(harbour, "claim/denial")
    harbour.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));"
        "document.execCommand = () => false; }"
    )
    harbour.locator("#evidence .copies button", has_text="IRI").click()
    harbour.wait_for_selector(".copy-words")
    assert harbour.evaluate("document.activeElement.value") == "https://example.org/id/claim/denial"
    assert harbour.evaluate("document.activeElement.selectionEnd") == len("https://example.org/id/claim/denial")


def test_the_address_follows_the_choice_and_the_browsers_buttons_lead_back_and_forth(harbour):
    title = harbour.locator("#evidence h2")
    choose(harbour, "x:otto")
    choose(harbour, "claim/denial")
    choose_link(harbour, "contradicts")
    assert harbour.evaluate("location.hash") == "#link=relation/1"
    harbour.go_back()
    assert title.inner_text() == "that he smuggled anything"
    assert harbour.evaluate("location.hash") == "#node=claim/denial"
    harbour.go_back()
    assert title.inner_text() == "Otto Brandt"
    harbour.go_back()
    assert not harbour.locator("#evidence").is_visible()
    harbour.go_forward()
    assert title.inner_text() == "Otto Brandt"


@pytest.mark.parametrize(
    ("fragment", "title"),
    [
        ("#https%3A%2F%2Fexample.org%2Fid%2Fclaim%2Fdenial", "that he smuggled anything"),
        ("#node=claim/denial", "that he smuggled anything"),
        ("#view=network&node=x:otto", "Otto Brandt"),
        ("#link=x:smuggling,participant,x:otto,agent", "involves, as agent"),
    ],
)
def test_an_address_opens_what_it_names(harbour_path, open_page, fragment, title):
    page = open_page(harbour_path).page
    page.goto(harbour_path.as_uri() + fragment)
    page.reload()
    assert page.locator("#evidence h2").inner_text() == title


def test_a_link_to_this_opens_the_same_view_choice_filters_and_part_of_the_network(harbour, harbour_path, open_page):
    choose(harbour, "claim/denial")
    harbour.evaluate("claimgraph.setFilters({ hide: ['event'], speaker: ['x:otto', 'x:reka'], from: '2025-01-01' })")
    harbour.evaluate("claimgraph.drawing().moveTo({ position: { x: 30, y: -20 }, scale: 1.25, animation: false })")
    harbour.evaluate(COPIED)
    harbour.click("#out-button")
    harbour.locator("#out button", has_text="Copy link").click()
    harbour.wait_for_function("copied.length === 1")
    address = harbour.evaluate("copied[0]")
    assert address.endswith("#node=claim/denial&hide=event&speaker=x:otto,x:reka&from=2025-01-01&at=30,-20,1.25")
    page = open_page(harbour_path, viewport={"width": 1280, "height": 900}).page
    page.goto(address)
    page.reload()
    assert page.locator("#evidence h2").inner_text() == "that he smuggled anything"
    page.wait_for_function("claimgraph.drawing().getScale() === 1.25")
    assert page.evaluate("claimgraph.filtersAsObject()") == {
        "hide": ["event"],
        "speaker": ["x:otto", "x:reka"],
        "from": "2025-01-01",
    }
    assert page.evaluate("claimgraph.drawing().getViewPosition()") == pytest.approx({"x": 30, "y": -20}, abs=1)


@pytest.mark.parametrize("fragment", ["#%E0%A4%A", "#view=nowhere&node=nothing&at=a,b,c", "#from=x&hide=", "#&&=="])
def test_an_address_that_names_nothing_opens_the_page_as_it_is(harbour_path, open_page, fragment):
    window = open_page(harbour_path)
    window.page.goto(harbour_path.as_uri() + fragment)
    window.page.reload()
    window.page.wait_for_selector("#list [role=option]")
    assert not window.page.locator("#evidence").is_visible()
    assert window.page.locator("#tab-network").get_attribute("aria-selected") == "true"
    assert window.complaints == []
