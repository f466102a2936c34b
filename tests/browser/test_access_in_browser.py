"""What axe-core (WCAG 2.2 A and AA) finds in the page: each view, in both themes, on a desk and on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780}
AXE = Axe()


def violations(page):
    """The rules that are broken, with the elements that break them."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = AXE.run(page, options=options).response["violations"]
    return {broken["id"]: [node["html"][:160] for node in broken["nodes"]] for broken in found}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_no_view_breaks_a_rule_of_accessibility(flood_path, open_page, scheme, viewport):
    page = open_page(flood_path, viewport=viewport, color_scheme=scheme).page
    found = {}
    for name in page.evaluate("[...document.querySelectorAll('#views [role=tab]')].map((tab) => tab.dataset.view)"):
        page.evaluate("name => claimgraph.openView(name)", name)
        found[name] = violations(page)
    for kind in ("person", "event", "place", "claim"):
        page.evaluate(
            "kind => claimgraph.choose([...claimgraph.nodes.values()].find((node) => node.kind === kind).id)", kind
        )
        found[kind] = violations(page)
    page.click("#out-button")
    page.wait_for_selector("#out button")
    found["menu"] = violations(page)
    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('#evidence .where button').click()")
    page.wait_for_selector("#article[open]")
    found["article"] = violations(page)
    assert {name: broken for name, broken in found.items() if broken} == {}


def test_axe_sees_what_is_broken(flood_path, open_page):
    page = open_page(flood_path, viewport=DESK).page
    page.evaluate("() => document.body.append(document.createElement('button'))")
    assert "button-name" in violations(page)
