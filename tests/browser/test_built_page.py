from __future__ import annotations

import os
from pathlib import Path

import pytest

from claimgraph.pipeline import build

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared"))
ARTICLES = {
    "example": ROOT / "examples" / "mexico-fentanyl.txt",
    "acceptance case": SHARED / "seed" / "000_4a14090ea02d2451.txt",
}


@pytest.mark.parametrize("article", ARTICLES)
def test_a_built_page_finds_the_minister_and_shows_who_said_what_in_which_words(article, tmp_path, open_page):
    path = ARTICLES[article]
    if not path.exists():
        pytest.skip(f"{path} is not here")
    build([path], tmp_path)
    window = open_page(tmp_path / "network.html", viewport={"width": 1280, "height": 800})
    page = window.page
    page.fill("#search", "Ebrard")
    assert page.locator("#suggestions [role=option]").first.inner_text().startswith("Marcelo Ebrard")
    page.press("#search", "Enter")
    assert page.locator("#evidence h2").inner_text() == "Marcelo Ebrard"
    claims = page.locator("#evidence section", has_text="Says").locator(".row")
    assert claims.count() >= 2
    claims.nth(1).click()
    text = path.read_text(encoding="utf-8")
    for part in ("source", "cue", "content"):
        marked = page.locator(f"#evidence > .passage mark.{part}").all_inner_texts()
        assert marked
        assert all(words in text for words in marked)
    page.click("#evidence .where button")
    assert page.locator("#article-text mark.cue").is_visible()
    assert window.complaints == []
    assert len(window.requests) == 1
