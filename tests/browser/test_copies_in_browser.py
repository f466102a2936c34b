from __future__ import annotations

import json

import pytest

from claimgraph.pipeline import build

TEXT = (
    "The northern bridge over the Elm was closed on Monday after heavy damage to its piers was found.\n\n"
    "Mayor Ada Roos said that the people who cross it every day would be brought over by boat, free of charge.\n"
)
HERALD = "More news of the coast on page seven.\n\n" + TEXT


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies")
    rows = [("wire", TEXT, "2025-03-03", "Bridge closed"), ("herald", HERALD, "2025-03-04", "No way over the Elm")]
    told = [dict(zip(("id", "text", "published", "title"), row, strict=True)) for row in rows]
    (folder / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in told), encoding="utf-8")
    build(folder / "all.jsonl", folder / "out", model="fast", workers=1)
    return folder / "out" / "network.html"


def test_a_claim_that_is_printed_again_is_one_and_leads_to_each_article(path, open_page):
    page = open_page(path).page
    claims = "[...claimgraph.nodes.values()].filter((node) => node.kind === 'claim')"
    assert page.evaluate(f"{claims}.length") == 1
    page.evaluate(f"claimgraph.choose({claims}[0].id)")
    page.wait_for_selector("#evidence h2")
    assert "Bridge closed, 3 March 2025" in page.inner_text("#evidence .where >> nth=0")
    again = page.locator("#evidence section", has_text="Printed again in 1 article")
    assert "No way over the Elm, 4 March 2025" in again.inner_text()
    again.locator("button").click()
    assert "copy of Bridge closed, 3 March 2025" in page.inner_text("#article-byline")
    marked = page.locator("#article-text mark.content").all_inner_texts()
    assert "".join(marked).strip() in HERALD
    assert "".join(marked).strip()
