from __future__ import annotations

import json

import pytest

from claimgraph.articles import LARGEST_TEXT, load
from claimgraph.errors import InputError, LanguageError

STORY = "Rain ends in Rome\n\nJane Doe\n\nMarch 3, 2023\n\nThe rain ended in Rome, the mayor said on Friday.\n"
GERMAN = (
    "Der Regen in Rom hat aufgehört, sagte der Bürgermeister am Freitag vor Journalisten in der Hauptstadt. "
    "Die Behörden erwarten, dass der Fluss in den nächsten Tagen wieder sinkt und die Schulen öffnen können.\n"
)


def read(path, **options):
    errors: list[InputError] = []
    return list(load(path, errors=errors, **options)), errors


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "data",
    [
        STORY.encode(),
        b"\xef\xbb\xbf" + STORY.encode(),
        STORY.encode("utf-16"),
        b"\xfe\xff" + STORY.encode("utf-16-be"),
        STORY.encode("utf-32"),
    ],
)
def test_text_is_the_same_in_every_unicode_encoding(tmp_path, data):
    (article,), errors = read(write(tmp_path, "rain.txt", data))
    assert (article.text, article.notes, errors) == (STORY, (), [])


def test_newlines_and_blanks_stay_as_they_are(tmp_path):
    text = "\r\n\r\n  Rain ends\r\n\r\nMarch 3, 2023\r\n\r\nIt rained.\tThen\u2028not.\u00a0 \r\rEnd \n"
    (article,), _ = read(write(tmp_path, "rain.txt", text))
    assert article.text == text
    assert [text[zone.start : zone.end] for zone in article.zones] == ["Rain ends", "March 3, 2023"]


def test_windows_encoding_is_read_and_said(tmp_path):
    (article,), errors = read(write(tmp_path, "a.txt", STORY.replace("Rome", "Orléans “town”").encode("cp1252")))
    assert "Orléans “town”" in article.text
    assert "Windows-1252" in article.notes[0]
    assert errors == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n", "is empty"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(32)) * 9, "is binary"),
        ("odd.txt", b"caf\xe9 \x81\x8d", "convert it to UTF-8"),
        ("half.txt", b"\xff\xfeR\x00a\x00i\x00n", ""),
        ("book.txt", "word " * (LARGEST_TEXT // 5 + 1), "split it"),
        ("line.txt", "a" * 10_000_000, "split it"),
        ("huge.txt", b"a" * 20_000_001, "larger than"),
        ("paper.pdf", b"%PDF-1.4", ".pdf files are not read"),
        ("empty.html", b"<html><body></body></html>", "no article text"),
        ("broken.jsonl", b"{", "broken.jsonl:1: is no JSON object"),
        ("absent.txt", None, "cannot be read: No such file"),
    ],
)
def test_bad_input_is_one_clear_line_and_the_rest_is_read(tmp_path, name, content, reason):
    good = write(tmp_path, "good.txt", STORY)
    bad = tmp_path / name if content is None else write(tmp_path, name, content)
    articles, errors = read([bad, good])
    assert articles[-1].id == "good"
    if reason:
        (error,) = errors
        assert name in str(error)
        assert reason in str(error)
        assert "\n" not in str(error)


def test_without_a_list_the_first_error_is_raised(tmp_path):
    with pytest.raises(InputError, match="is empty"):
        list(load(write(tmp_path, "empty.txt", b"")))


def test_other_languages_are_refused(tmp_path):
    articles, (error,) = read(write(tmp_path, "rom.txt", GERMAN))
    assert articles == []
    assert isinstance(error, LanguageError)
    assert error.language == "de"
    assert "only English" in str(error)


def test_line_of_a_file_is_named_whatever_is_wrong_with_it(tmp_path):
    lines = [{"id": "a", "text": GERMAN}, {"id": "b", "text": " "}, {"id": "c", "text": "a \ud800 b"}]
    source = write(tmp_path, "n.jsonl", "\n".join(map(json.dumps, lines)))
    _, errors = read(source)
    assert [str(error).split("n.jsonl:")[1][:2] for error in errors] == ["1:", "2:", "3:"]


def test_article_without_a_date_says_so(tmp_path):
    (article,), errors = read(write(tmp_path, "a.txt", "The rain ended in Rome, the mayor said on Friday.\n"))
    assert article.published is None
    assert "no publication date" in article.notes[0]
    assert errors == []


def test_folders_are_read_in_order_with_those_below(tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.md", ".hidden.txt", "b/.git/x.txt"):
        write(tmp_path, name, STORY.replace("Rome", name))
    articles, errors = read(tmp_path)
    assert [article.id for article in articles] == ["a", "1", "2"]
    assert errors == []


def test_looped_links_end(tmp_path):
    write(tmp_path, "in/a.txt", STORY)
    (tmp_path / "in" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "in" / "self.txt").symlink_to(tmp_path / "in" / "self.txt")
    articles, errors = read(tmp_path)
    assert [article.id for article in articles] == ["a"]
    assert sorted(str(error).split("in/")[1].split(":")[0] for error in errors) == ["again", "self.txt"]


def test_folder_without_articles_is_named(tmp_path):
    (tmp_path / "empty").mkdir()
    _, (error,) = read(tmp_path / "empty")
    assert "holds no .txt, .html, .htm, .jsonl file" in str(error)


def test_one_id_is_one_article(tmp_path):
    write(tmp_path, "a/x.txt", STORY)
    write(tmp_path, "b/x.txt", STORY)
    write(tmp_path, "c/x.txt", STORY.replace("Rome", "Milan"))
    articles, (error,) = read(tmp_path)
    assert [article.text for article in articles] == [STORY]
    assert "c/x.txt" in str(error)
    assert "rename" in str(error)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (STORY, "Rain ends in Rome"),
        (json.dumps({"id": "n", "title": "From a line", "text": STORY}), "From a line"),
        (f"<html><title>From a page</title><article><h1>From a page</h1><p>{STORY * 3}</p></article>", "From a page"),
    ],
)
def test_standard_input_is_any_kind(monkeypatch, data, expected):
    class Stdin:
        class buffer:  # noqa: N801
            read = staticmethod(data.encode)

    monkeypatch.setattr("sys.stdin", Stdin)
    (article,), errors = read("-")
    assert (article.title, errors) == (expected, [])
