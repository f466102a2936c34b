"""Media Topics: every row of the word list tells its topic, and texts get the topics a news desk would give them."""

from __future__ import annotations

import re

import pytest

from claimgraph.iris import slug
from claimgraph.lexicon import load_table
from claimgraph.model import Article, Mention
from claimgraph.subjects.media_topics import (
    LIKELY,
    NO_TOPIC,
    SURE,
    TOPICS,
    above,
    find_hits,
    find_subjects,
    load_topics,
)

ROWS = [row for row in load_table("media_topics") if row[0] != NO_TOPIC]
# The first level of IPTC's tree, as its own pages and those of agencies have it.
FIRST_LEVEL = {
    "01000000": "arts, culture, entertainment and media",
    "02000000": "crime, law and justice",
    "03000000": "disaster, accident and emergency incident",
    "04000000": "economy, business and finance",
    "05000000": "education",
    "06000000": "environment",
    "07000000": "health",
    "08000000": "human interest",
    "09000000": "labor",
    "10000000": "lifestyle and leisure",
    "11000000": "politics",
    "12000000": "religion and belief",
    "13000000": "science and technology",
    "14000000": "society",
    "15000000": "sport",
    "16000000": "conflict, war and peace",
    "17000000": "weather",
}


def labels(text: str, title: str | None = None, mentions: tuple[Mention, ...] = ()) -> list[str]:
    found = find_subjects(Article(id="a", text=text, title=title), mentions)
    return [subject.topic.label for subject in found.told]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_a_row_has_a_code_of_iptc_a_place_in_the_tree_and_words_that_tell_it(row):
    code, label, broader, *words = row
    assert re.fullmatch(r"\d{8}", code)
    assert label.strip() == label != ""
    assert (FIRST_LEVEL.get(code) == label) if not broader else broader in load_topics()
    for points, column in zip((SURE, LIKELY), words, strict=False):
        for word in filter(None, column.split("; ")):
            told = {code: worth for hit in find_hits(word) for code, worth in hit.told}
            assert told.get(code) == points, f"{word!r} of {label} tells {told}"


def test_no_two_topics_are_called_alike():
    assert len({slug(topic.label) for topic in load_topics().values()}) == len(load_topics())


def test_every_topic_stands_below_one_of_the_first_level():
    for code in load_topics():
        assert [code, *(topic.code for topic in above(code))][-1] in FIRST_LEVEL


NEWS = {
    "earthquake": "An earthquake struck the coast of Norhaven on Monday. Aftershocks were felt in Port Elm for hours.",
    "fire": "Firefighters fought a blaze in a warehouse in Port Elm. The fire broke out at noon, the fire department said.",
    "homicide": "A man was charged with murder on Tuesday. The murder happened in March, and the killer had fled.",
    "drug trafficking": "Customs broke up a ring of drug smugglers. The drug cartel had hidden cocaine in bananas.",
    "election": "Voters in Norhaven go to the polling stations on Sunday. The election is close, both candidates say.",
    "labor dispute": "Dockers have been on strike for a week. The union called the walkout after talks on pay failed.",
    "peace talks": "The peace talks in Norhaven broke down. New peace negotiations are to begin in May.",
    "inflation": "Inflation rose to 4% in June. The inflation rate had been 3% a year before.",
    "merger or acquisition": "The merger of two breweries was approved. Shareholders had backed the merger in May.",
    "vaccines": "The vaccine will be free. A vaccination centre opens in Port Elm, where nurses were vaccinated first.",
    "climate change": "Climate change makes storms stronger. Greenhouse gases are to fall by half, the ministers said.",
    "space exploration": "The spacecraft reached orbit. Two astronauts will board the space station today.",
    "soccer": "The goalkeeper saved a penalty. The striker had missed two chances for the football club.",
    "tennis": "She won her first Grand Slam. The tennis player had lost at Wimbledon.",
    "refugees and internally displaced people": "A refugee camp opened at the border. Refugees from Elm came first.",
    "economic sanction": "New sanctions were announced. The embargo and an asset freeze hit two banks of the regime.",
    "demonstration": "Protesters marched through Port Elm. The protest ended peacefully, and the crowd went home.",
    "air and space accident and incident": "A plane crash killed three. The flight recorder of the aircraft was found.",
    "railway accident and incident": "A train derailed near Elm. The derailment blocked the line.",
    "abortion": "The court ruled on abortion. Abortion clinics may stay open.",
    "government budget": "A government shutdown looms. The spending bill failed, and the budget deficit grows.",
    "taxation": "The tax cut passed. Income tax falls by a point, and a tax credit for parents stays.",
    "paleontology": "A fossil of a dinosaur was found. The paleontologist had looked for fossils for years.",
    "human rights": "Human rights were violated, the report says. Political prisoners are held without trial.",
    "archeology": "Archaeologists found a tomb. The excavation began in May at the ancient site.",
    "bankruptcy": "The airline filed for bankruptcy. It is the third bankruptcy of the year; creditors refused to wait.",
}


@pytest.mark.parametrize("label", NEWS)
def test_a_report_has_its_topic_first(label):
    assert labels(NEWS[label])[:1] == [label]


@pytest.mark.parametrize(
    "text",
    [
        "She won by a landslide victory. The landslide victory was her second, after a flood of donations.",
        "The minister came under fire. He had opened fire on his critics first.",
        "A wave of sympathy and a tsunami of letters reached the singer in a climate of fear.",
        "The committee met on Monday. It will meet again in May, and the chair will report to the members then.",
        "The White House and the World Bank declined to comment. A press conference is set for Tuesday.",
        "Three men were seen at the bank of the river. They left at noon.",
    ],
)
def test_figures_of_speech_and_words_in_passing_tell_no_topic(text):
    assert labels(text) == []


def test_words_of_names_tell_no_topic():
    text = "Lena Gay and Tom Fire met in Gay Harbour. Gay said that Gay Harbour was hers."
    at = [(match.start(), match.end()) for match in re.finditer("Lena Gay|Tom Fire|Gay Harbour", text)]
    names = tuple(
        Mention(
            start=s, end=e, text=text[s:e], id="m", kind="name", type="place" if "Harbour" in text[s:e] else "person"
        )
        for s, e in at
    )
    assert labels(text, mentions=names) == []
    assert labels(text.replace("Gay Harbour", "gay pride"), mentions=names[:1]) == ["LGBTQ"]


def test_a_topic_has_its_own_words_whatever_the_ones_below_it_lack():
    text = "Fentanyl is made in sheds. Fentanyl is cheap, a smuggler said. Fentanyl crosses the border in cars."
    assert labels(text) == ["drug related crimes"]


def test_little_of_several_topics_is_one_of_the_topic_above_them():
    text = "The list of the year: a robbery, a fraud, an arson and a kidnapping, all within a month in Port Elm."
    assert labels(text) == ["crime"]
    assert {span.text for subject in find_subjects(Article(id="a", text=text)).told for span in subject.spans} == {
        "robbery", "fraud", "arson", "kidnapping",
    }  # fmt: skip


def test_a_word_in_the_title_weighs_more_and_counts_once_where_the_text_has_the_title():
    text = "Rain fell all day. The drought is over, farmers hope, and the river rises."
    assert "drought" not in labels(text)
    assert "drought" in labels(text, title="Drought ends")


def test_what_is_mentioned_once_in_a_long_article_is_no_topic():
    long = NEWS["earthquake"] + " The clerk spoke of doors, pipes and roofs that were to be mended." * 40
    assert labels(long) == []
    assert len(labels(" ".join(NEWS.values()))) <= TOPICS


def test_parts_have_the_topics_of_the_article_that_their_words_tell():
    text = NEWS["earthquake"] + " " + NEWS["inflation"]
    subjects = find_subjects(Article(id="a", text=text))
    first = [subject.spans[0] for subject in subjects.told]
    assert {topic.label for topic in subjects.within(first)} == {"earthquake", "inflation"}
    assert [topic.label for topic in subjects.within(first[:1])] == [subjects.told[0].topic.label]
