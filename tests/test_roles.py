"""Offices and functions: whose, of what."""

from __future__ import annotations

import pytest

from readings import name, reading


def roles(text: str) -> list[tuple[str | None, str, str | None]]:
    return [(name(text, r["holder"]), r["title"], name(text, r["of"])) for r in reading(text)["roles"]]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Austrian Chancellor Katharina Brandl left for Austria.", ("Katharina Brandl", "Chancellor", "Austria")),
        ("Anna Reed, head of the Cato Institute, resigned.", ("Anna Reed", "head", "Cato Institute")),
        ("Anna Reed is the head of the Cato Institute.", ("Anna Reed", "head", "Cato Institute")),
        ("France's foreign minister Anna Reed resigned.", ("Anna Reed", "foreign minister", "France")),
        ("Opposition leader Lukas Reiter resigned.", ("Lukas Reiter", "Opposition leader", None)),
    ],
)
def test_role(text: str, role: tuple[str, str, str | None]) -> None:
    assert role in roles(text)


@pytest.mark.parametrize(
    "text", ["Mr. Tom Hall left.", "Anna Reed is not the head of the Cato Institute.", "Tom Hall met a minister."]
)
def test_no_role(text: str) -> None:
    assert roles(text) == []


def test_an_office_that_is_read_as_part_of_a_name_is_a_title_of_what_the_name_names() -> None:
    """The recogniser takes "Interior Ministry Spokesperson" for one name; its last word is who, the others are of what."""
    text = "Anna Reed, the Interior Ministry Spokesperson, met the chancellor."
    assert roles(text) == [("Anna Reed", "Spokesperson", "Interior Ministry")]
