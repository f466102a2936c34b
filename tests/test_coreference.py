"""Which words of an article are the same actor, and which are not."""

from __future__ import annotations

import pytest

from readings import actors


def together(text: str, *words: str) -> bool:
    return any(set(words) <= set(mentions) for mentions in actors(text).values())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anna Reed met reporters. Reed said taxes would rise.", ("Anna Reed", "Reed")),
        ("Anna Reed said that she was ready.", ("Anna Reed", "she")),
        ("The Health Protection Agency (HPA) closed. HPA staff left.", ("The Health Protection Agency", "HPA")),
        ("Austrian Chancellor Katharina Brandl left. The chancellor said she was tired.", ("Katharina Brandl", "The chancellor")),
        ("Officials in the U.S. left. The United States denied it.", ("U.S.", "The United States")),
        ("The Cato Institute said it had lost funds.", ("The Cato Institute", "it")),
        ("The Cato Institute said prices rose. It warned that wages fell.", ("The Cato Institute", "It")),
        ("A report by the Cato Institute said prices rose. The report also warned that wages fell.", ("A report by the Cato Institute", "The report")),
        ("NATO said troops would leave. Days later the alliance rejected the charge.", ("NATO", "the alliance")),
        ("President Anna Reed spoke in Paris. Anna Reed left on Monday.", ("President Anna Reed", "Anna Reed")),
        ("Senator Tom Hall spoke. Sen. Hall said taxes would rise.", ("Tom Hall", "Hall")),
        ("Turkish President Recep Tayyip Erdoğan left Ankara. President Erdogan returned on Monday.", ("Recep Tayyip Erdoğan", "Erdogan")),
        ("Foreign Minister Rodolfo Solano Prieto met Tom Hall. Solano said that he was tired.", ("Rodolfo Solano Prieto", "Solano", "he")),
        ("The US State Department closed. The State Department said it would open again.", ("The US State Department", "The State Department", "it")),
        ("Fires broke out in Kenya on Monday. The country has asked for help.", ("Kenya", "The country")),
        ("The Department of Health closed. The department said it would open again.", ("The Department of Health", "The department")),
        ("The Reed administration cut taxes. The administration said more cuts would follow.", ("The Reed administration", "The administration")),
        ("In his speech, Tom Hall said taxes would rise.", ("Tom Hall", "his")),
        ("The governor of Ohio, Anna Reed, said that schools would close.", ("The governor", "Anna Reed")),
        ("The Lakeport Supreme Court met. On Monday the Court said it was ready.", ("The Lakeport Supreme Court", "Court")),
        ("The drugmaker GlaxoSmithKline (GSK) said it would cut prices. Later GSK said it was ready.", ("GlaxoSmithKline", "GSK")),
        ("Interior Minister Jan Brudziński left. Later Brudzinski ordered checks.", ("Jan Brudziński", "Brudzinski")),
        ("Tom Hall and his wife Anna Hall met reporters. Tom Hall smiled. Hall left.", ("Tom Hall", "Hall")),
        ("Anna Reed met Tom Hall. Reed praised Hall, while Minister Jan Novak wrote he had ordered checks.", ("Jan Novak", "he")),
        ('Anna Reed spoke. "It is good," said Tom Hall of the union. "Overall," he added, "we won."', ("Tom Hall", "he")),
        ("The European Court of Justice ruled on Monday. On Tuesday it said that sites were free.", ("The European Court of Justice", "it")),
        ("The Mexican government met. The government said taxes would rise.", ("The Mexican government", "The government")),
    ],
)  # fmt: skip
def test_same_actor(text: str, words: tuple[str, ...]) -> None:
    assert together(text, *words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anna Reed met Tom Hall. He said taxes would rise.", ("Anna Reed", "He")),
        ("Anna Reed met Tom Reed. Anna Reed left.", ("Anna Reed", "Tom Reed")),
        ('"He lied to us," Tom Hall said of James Fox.', ("Tom Hall", "He")),
        ("The Cato Institute closed on Monday. It was raining all day.", ("The Cato Institute", "It")),
        ("Ms. Reed met Tom Hall. She left.", ("Tom Hall", "She")),
        (
            "Anna Reed met the union. Her mother saw Jane Fox. Jane Fox brought her mother.",
            ("Her mother", "her mother"),
        ),
        ("Tom Hall met Anna Reed. Any official could object, and she knew it.", ("Any official", "she")),
        ("General Motors hired Anna Motors. General Motors left.", ("General Motors", "Anna Motors")),
        ("The firm bought a browser. Microsoft stopped the browser because its code was old.", ("Microsoft", "its")),
    ],
)
def test_different_actors(text: str, words: tuple[str, ...]) -> None:
    assert not together(text, *words)


def test_office_of_the_lead_is_the_person_named_later() -> None:
    text = "Tanzania's interior minister said Monday that smuggling is on the rise.\n\nAfter a meeting, Neema Mushi said that arrests had doubled."
    assert together(text, "Tanzania's interior minister", "Neema Mushi")


def test_the_name_behind_an_office_is_its_holder_not_a_later_speaker() -> None:
    text = "England's transport secretary, Anna Reed, announced new rules. Tom Hall said that the union agreed."
    assert together(text, "England's transport secretary", "Anna Reed")
    assert not together(text, "England's transport secretary", "Tom Hall")
