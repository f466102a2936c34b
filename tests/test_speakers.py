"""Whose each claim is: the entity, not the words."""

from __future__ import annotations

import pytest

from claimgraph.model import Article, to_annotation
from claimgraph.reader import read


def speakers(text: str, *, title: str | None = None, published: str = "2022-03-10") -> list[str | None]:
    """Name of the speaker of each claim, in text order."""
    reading = to_annotation(read(Article(id="a", text=text, title=title, published=published)))
    names = {e["id"]: e["name"] for e in reading["entities"]}
    return [names.get(c["source_entity"]) for c in reading["claims"] if c["origin"] != "rule:inner-sentence"]


TRANSCRIPT = """PRIME MINISTER REED: Thank you for coming. It is a pleasure to see you.

QUESTION: Will you stay?

FOREIGN MINISTER DUARTE: She said that she would."""


def test_a_transcript_names_who_speaks_by_the_surname_of_the_line() -> None:
    found = speakers(TRANSCRIPT, title="Prime Minister Anna Reed and Foreign Minister Paulo Duarte Meet the Press")
    assert found[0] == "Anna Reed"
    assert "Paulo Duarte" in found


def test_the_title_of_an_article_gives_the_full_name() -> None:
    assert speakers("Minister Duarte said that prices rose.", title="Paulo Duarte: Prices Up") == ["Paulo Duarte"]


def test_surname_office_and_date_identify_a_person() -> None:
    assert speakers("Secretary Blinken said that talks would go on.", published="2022-05-01") == ["Antony Blinken"]
    assert speakers("Secretary Blinken said that talks would go on.", published="2012-05-01") == ["Blinken"]


@pytest.mark.parametrize(
    ("text", "published", "name"),
    [
        ("Secretary of Homeland Security Johnson said that the U.S. was ready.", "2015-05-01", "Jeh Johnson"),
        ("Secretary of Homeland Security Johnson said that the U.S. was ready.", "2019-05-01", "Johnson"),
        ("Secretary of Homeland Security Johnson said that Peru was ready.", "2015-05-01", "Johnson"),
        ("Sen. Crapo (R-ID) said that prices rose.", "2020-05-01", "Mike Crapo"),
        ("Sen. Crapo said that the U.S. was ready.", "2020-05-01", "Crapo"),
    ],
)
def test_less_known_holders_need_office_country_and_date(text: str, published: str, name: str) -> None:
    """A surname alone never identifies; a senator may be a state's unless the text says which."""
    assert speakers(text, published=published) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna Reed and Tom Hall met. Reed and Hall said that taxes would rise.", ["Anna Reed and Tom Hall"]),
        (
            "U.S. Senators Anna Reed (R-Mo.) and Tom Hall (D-Mo.) said that taxes would rise.",
            ["Anna Reed and Tom Hall"],
        ),
        ("US Ambassador to Germany Richard Hall said that prices rose.", ["Richard Hall"]),
        ("The Senate Minority Leader, Richard Hall, said that prices rose.", ["Richard Hall"]),
        ("Anna Reed of the University of Lakeport, Ohio disagreed with the plan.", ["Anna Reed"]),
        ("The lawyer of Anna Reed said that prices rose.", ["lawyer of Anna Reed"]),
        ("The spokesman for Tom Hall said that prices rose.", ["spokesman"]),
    ],
)
def test_the_source_is_who_the_words_name(text: str, names: list[str]) -> None:
    assert speakers(text) == names


def test_who_signs_a_letter_is_its_first_person() -> None:
    text = "Dear Director,\n\nI believe that the plan will fail. Anna Reed of your office knows it.\n\nSincerely,\n\nTom Hall"
    assert speakers(text)[0] == "Tom Hall"


def test_we_of_a_minister_is_the_country_and_of_a_senator_the_senator() -> None:
    """Who speaks of "we" for a body makes the body's claim, inside his own quotation."""
    minister = 'Brazil\'s foreign minister, Paulo Duarte, said: "I am glad. We believe that prices will fall."'
    assert speakers(minister)[-1] == "Brazil"
    senator = 'Senator Paulo Duarte of Brazil said: "I am glad. We believe that prices will fall."'
    assert speakers(senator)[-1] == "Paulo Duarte"


def test_we_of_who_chairs_a_committee_is_himself() -> None:
    text = 'The chairman of the Senate Judiciary Committee, Paulo Duarte, said: "I am glad. We believe that prices will fall."'
    assert speakers(text)[-1] == "Paulo Duarte"


def test_i_in_words_of_which_another_claim_has_a_part_is_who_says_them_not_who_signs() -> None:
    text = "“I hope that prices fall,”said Anna Reed.\n\n“I know that they will,”said Paulo Duarte.\n\nSincerely,\n\nTom Hall"
    found = speakers(text)
    assert "Tom Hall" not in found
    assert found[:2] == ["Anna Reed", "Anna Reed"]
    assert found[2:] == ["Paulo Duarte", "Paulo Duarte"]


def test_we_of_a_spokesperson_is_the_body_that_issues_the_article() -> None:
    text = "Ned Hall, Department Spokesperson\n\nThe United States today condemns the attack. We call on all sides to talk."
    assert speakers(text) == ["United States", "United States"]


LETTER = """Senator Josh Hawley sent a letter to Secretary Sonny Perdue.

Dear Secretary Perdue:

I hope that prices fall. Last year you said that they would."""


def test_i_and_you_of_a_letter_are_who_sent_it_and_to_whom() -> None:
    assert speakers(LETTER) == ["Josh Hawley", "Sonny Perdue"]


def test_who_issues_a_statement_is_its_first_person() -> None:
    text = "Anna Reed on Monday issued the following statement after prices fell.\n\nI hope that they rise."
    assert speakers(text)[-1] == "Anna Reed"


def test_somebody_and_unnamed_others_are_a_group_not_he_alone() -> None:
    text = (
        "Anna Reed met Tom Hall. Reed and her colleagues believe that prices rise. Tom Hall et al found that they fell."
    )
    assert speakers(text) == ["Anna Reed and her colleagues", "Tom Hall and colleagues"]


def test_a_row_of_names_is_who_the_senators_are() -> None:
    text = (
        "Sens. Anna Reed (I-Vt.) and Tom Hall (D-Calif.) Tuesday, along with their colleagues Sens. Jane Fox (D-Mass.) "
        "and Paul Duarte (D-Wis.), sent a letter. The senators said that prices rose."
    )
    assert speakers(text)[-1] == "Anna Reed, Tom Hall, Jane Fox and Paul Duarte"


def test_a_bill_is_the_law_named_before_and_never_its_sponsor() -> None:
    text = (
        "Senator Reed’s Clean Harbors Act says that trials must end. The bill says that states are free. It states "
        "that all must pay. A law says that priests report abuse."
    )
    assert speakers(text) == ["Clean Harbors Act", "Clean Harbors Act", "Clean Harbors Act", "law"]


def test_an_interviewer_by_initials_is_the_news_house() -> None:
    text = "Anna Reed is mayor.\n\n((WN)) Why did you run?\n\nReed: I believe that roads are bad.\n\n((WN)) You said that you want to act.\n\nReed: Yes."
    found = speakers(text)
    assert "Wikinews" in found
    assert "WN" not in found


def test_we_of_an_unsigned_release_is_who_issues_it() -> None:
    text = "The Lakeport Institute condemns the attack on the town.\n\nWe urge all sides to talk."
    assert speakers(text) == ["Lakeport Institute", "Lakeport Institute"]


INTERVIEW = """Anna Reed is mayor of Lakeport.

Q: Why did you decide to run?

Anna Reed: I believe that the roads are bad.

Q: Will you run again?

Reed: I hope that I can."""


def test_an_interview_in_small_letters_names_who_answers_and_who_is_asked() -> None:
    reading = to_annotation(read(Article(id="a", text=INTERVIEW, published="2022-03-10")))
    names = {e["id"]: e["name"] for e in reading["entities"]}
    said = [(c["source"]["text"], names.get(c["source_entity"])) for c in reading["claims"] if c["source"]]
    assert {name for source, name in said if source in {"Anna Reed", "Reed", "I", "you"}} == {"Anna Reed"}


def test_initials_of_an_interview_are_the_person_asked() -> None:
    text = "Wikinews spoke to Anna Reed.\n\n((WN)) Why run?\n\nAR: I believe that roads matter.\n\n((WN)) Thanks.\n\nAR: Thank you all."
    assert "Anna Reed" in speakers(text)


def test_a_correction_is_no_speaker() -> None:
    assert speakers("Update: the mayor left.\n\nThe town is calm. Correction: none.\n\nNote: it rains.") == []


def test_who_is_named_in_a_clause_about_the_speaker_does_not_speak():
    text = (
        "Rescuers in the north, which is held by opponents of President Karl Brandt, said that families were missing."
    )
    claim = next(c for c in read(Article(id="a", text=text)).claims if c.cue and c.cue.text == "said")
    assert claim.source.text == "Rescuers in the north"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna Reed was angry. A letter by Anna Reed said that prices rose.", "Anna Reed"),
        ("The Lakeport Institute issued a statement. The statement said that prices rose.", "Lakeport Institute"),
        ("The report by the Lakeport Institute said that prices rose.", "report of the Lakeport Institute"),
        ("Turkey and Norway met. The Norwegian statement said that prices rose.", "Norway"),
    ],
)
def test_a_letter_or_statement_is_said_by_its_author_and_a_report_by_itself(text: str, name: str) -> None:
    assert speakers(text)[-1] == name


def test_who_says_together_who_they_are_is_we_of_the_whole_release() -> None:
    text = "We, the foreign ministers of Norway and Peru, condemn the attack. We call on Turkey to end the violence at once."
    assert set(speakers(text)) == {"foreign ministers of Norway and Peru"}


def test_what_somebody_is_called_on_to_do_is_the_content_not_who() -> None:
    reading = to_annotation(read(Article(id="a", text="Anna Reed again called on the company to raise wages.")))
    (claim,) = reading["claims"]
    assert claim["cue"]["text"] == "again called on"
    assert [piece["text"] for piece in claim["content"]] == ["to raise wages"]


def test_we_in_a_line_of_a_release_is_the_body_of_the_office() -> None:
    text = 'Anna Reed, President, Fair Harbour Project said, "FHP thanks the senator, and we urge everyone to vote."'
    found = speakers(text)
    assert found[0] == "Anna Reed"
    assert set(found[1:]) == {"Fair Harbour Project"}


def test_the_subject_that_opens_what_somebody_says_is_himself() -> None:
    text = "Tom Hall was arrested. Hall fled. Hall was found. Judge Paul Duarte said he considered Hall dangerous."
    assert speakers(text) == ["Paul Duarte", "Paul Duarte"]


def test_a_court_named_later_is_not_the_court_of_before() -> None:
    text = (
        "The Supreme Court of Norway met on Monday. The court said that the law was void. "
        "The Court of Session had ruled before. The Court was split."
    )
    assert speakers(text)[0] == "Supreme Court of Norway"


def test_a_source_ends_where_what_is_said_begins() -> None:
    text = 'According to eyewitness Vinnie Reed, "within seconds of it all, it exploded."'
    assert speakers(text) == ["Vinnie Reed"]


def test_who_is_an_acronym_not_a_pronoun() -> None:
    assert speakers("WHO said they are uncertain whether the drug helps.")[0] == "World Health Organization"


def test_offices_of_nobody_named_are_those_of_the_country() -> None:
    text = "Norway closed its schools. Norway has a measles outbreak. The prime minister called for calm."
    assert speakers(text) == ["prime minister of Norway"]


def test_a_body_goes_by_the_noun_before_it() -> None:
    text = "The state licensed broadcast corporation ABS-DFN's plans. Later the network said that it would close."
    assert speakers(text)[0] == "ABS-DFN"


def test_the_only_person_of_a_title_that_announces_a_speech_is_its_first_person() -> None:
    text = "Senator Anna Reed rose on Monday.\n\nMr. President, I believe that the dam is old. Tom Hall knows it."
    assert speakers(text, title="Prepared Remarks: Reed on the Dam")[0] == "Anna Reed"
    assert speakers(text, title="Reed and Hall: Remarks on the Dam")[0] is None
    assert speakers(text, title="Reed on the Dam")[0] is None
