from __future__ import annotations

import pytest

from claimgraph.articles.dates import to_iso
from claimgraph.articles.front import find_front

BODY = "The rain ended in Rome on Friday, the mayor of the city said, and schools will open again next week.\n"


def front(*lines, gap="\n\n", title=None):
    text = gap.join((*lines, BODY))
    found = find_front(text, title=title)
    assert all(text[zone.start : zone.end] == zone.text for zone in found.zones)
    return found, [(zone.kind, zone.text) for zone in found.zones]


@pytest.mark.parametrize(
    ("lines", "author", "published", "zones"),
    [
        (("Rain ends", "Jane Doe", "March 3, 2023"), "Jane Doe", "2023-03-03", 3),
        (("Rain ends", "By Jane Doe", "2023-03-03"), "Jane Doe", "2023-03-03", 3),
        (("Rain ends", "By Jane Doe and John Roe"), "Jane Doe and John Roe", None, 2),
        (("Rain ends", "Jane Doe, Reuters"), "Jane Doe", None, 2),
        (("Rain ends", "Jane Doe | The Morning Herald"), "Jane Doe", None, 2),
        (("Rain ends", "By JANE DOE, Associated Press Writer"), "JANE DOE", None, 2),
        (("Rain ends", "by María de la Cruz in Mexico City"), "María de la Cruz", None, 2),
        (("Rain ends", "By Jane Doe | March 3, 2023"), "Jane Doe", "2023-03-03", 3),
        (("Rain ends", "Published: Friday, March 3, 2023 at 9:30 a.m. EST"), None, "2023-03-03T09:30:00", 2),
        (("Rain ends", "ROME, 3 March 2023"), None, "2023-03-03", 2),
        (("Rain ends", "2021"), None, "2021", 2),
        (("Rain ends in the U.S.",), None, None, 1),
        (("Will rain ever end?",), None, None, 1),
        (("Jane Doe, Secretary of State",), "Jane Doe", None, 1),
    ],
)
def test_front_matter_is_found(lines, author, published, zones):
    found, kinds = front(*lines)
    assert (found.author, found.published, len(kinds)) == (author, published, zones)


@pytest.mark.parametrize(
    "dateline",
    [
        "MEXICO CITY (AP) --",
        "WASHINGTON —",
        "NEW DELHI, March 3 (Reuters) -",
        "SAN FRANCISCO, Calif. —",
        "BAGHDAD, Iraq (AP) _",
        "Washington (CNN) --",
        "Washington, D.C. –",
        "(Reuters) -",
        "St. Petersburg, Russia (AFP) –",
        "March 03, 2023",
    ],
)
def test_dateline_opens_the_story(dateline):
    text = f"Rain ends\n\n{dateline} {BODY}"
    zones = find_front(text).zones
    assert [(zone.kind, zone.text) for zone in zones] == [("title", "Rain ends"), ("dateline", dateline)]


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "The rain ended.\n\n" + BODY,
        "The rain, said the mayor of the city, would soon\nend, and the schools would open again within the week.\n",
        "Rain - the first in months - fell in Rome.\n\n" + BODY,
        "AFL-CIO leaders met in Rome. They left again.\n\n" + BODY,
        "By Friday the rain had ended.\n\n" + BODY,
        "On March 3, 2023, the rain ended in Rome.\n\n" + BODY,
        "“The rain has ended!”\n\n" + BODY,
    ],
)
def test_running_text_is_no_front_matter(text):
    assert find_front(text).zones == ()


def test_bare_name_counts_only_beside_the_date():
    assert front("Rain ends", "Markets Fall")[1] == [("title", "Rain ends"), ("heading", "Markets Fall")]


def test_known_title_is_a_zone_only_where_the_text_begins_with_it():
    assert front("Rain ends", title="Rain ends")[1] == [("title", "Rain ends")]
    assert front("Rain ends", title="Rain ends in Rome")[1] == []


def test_date_inside_the_dateline_is_the_publication_date():
    assert find_front(f"Rain ends\n\nROME, March 3, 2023 (AP) -- {BODY}").published == "2023-03-03"


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("March 9, 2021", "2021-03-09"),
        ("9 March 2021", "2021-03-09"),
        ("Sept. 9, 2021", "2021-09-09"),
        ("03/14/1998 10:36:00", "1998-03-14T10:36:00"),
        ("14/03/1998", "1998-03-14"),
        ("03.04.1998", "1998-04-03"),
        ("2021-03", "2021-03"),
        ("2021", "2021"),
        ("20210309", "2021-03-09"),
        ("2023-03-23T10:00:00+0200", "2023-03-23T10:00:00+02:00"),
        ("Thu, 23 Mar 2023 10:05:00 GMT", "2023-03-23T10:05:00Z"),
        ("March 3, 2023 12:05 a.m.", "2023-03-03T00:05:00"),
        ("2023-02-30", None),
        ("13/13/2020", None),
        ("soon", None),
    ],
)
def test_dates_become_iso(words, iso):
    assert to_iso(words) == iso
