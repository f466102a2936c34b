from __future__ import annotations

from claimgraph.drawing.notebook import View


def test_the_page_works_inside_a_notebooks_cell(browser, flood_path, tmp_path):
    """In a frame without an origin: nothing kept, no address of its own, and still all views and choices."""
    cell = View(flood_path.read_text("utf-8"), 700)._repr_html_()
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><title>Notebook</title>{cell}", encoding="utf-8")
    page = browser.new_context(viewport={"width": 1200, "height": 760}).new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / "notebook.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("#tab-timeline").click()
    frame.locator(".scene-list .row").first.click()
    assert frame.locator("#evidence h2").inner_text() in ("that 40 bridges were closed", "that the dam had failed")
    frame.locator("#theme").click()
    assert complaints == []
    page.context.close()
