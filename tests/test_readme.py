"""README and docs: their Python and console blocks run, every command is described, every link leads somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from claimgraph.cli import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = sorted(typer.main.get_command(app).commands)


def blocks(language):
    for page in PAGES:
        for number, found in enumerate(
            re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        ):
            yield pytest.param(found, id=f"{page.stem}-{number}")


def console_lines():
    for block in blocks("console"):
        for line in re.findall(r"^\$ (.*)$", block.values[0], re.MULTILINE):
            yield pytest.param(line, id=line[:60])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder as a reader of the README has it: with examples/, and with output/ once a first build ran."""
    place = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "examples", place / "examples")
    shell("claimgraph build examples --out output", place)
    return place


def shell(line, place):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", line],
        cwd=place,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("code", [*blocks("python")])
def test_python_of_the_pages_runs(folder, code):
    ran = subprocess.run(
        [sys.executable, "-W", "error::SyntaxWarning", "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip()


@pytest.mark.parametrize("line", [*console_lines()])
def test_commands_of_the_pages_run(folder, line):
    printed = shell(line, folder)
    if " query " in line:
        assert len(printed.splitlines()) > 1, "a question of the documentation must have an answer"


def test_readme_shows_ten_lines_of_python():
    code = next(blocks("python")).values[0]
    assert 5 <= len(code.strip().splitlines()) <= 10


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"## claimgraph {command}\n" in page
    assert re.search(rf"^\$ (?:.*\| )?claimgraph {command} ", page, re.MULTILINE)
    options = {name for parameter in typer.main.get_command(app).commands[command].params for name in parameter.opts}
    long = {name for name in options if name.startswith("--")} - {"--help", "--output", "--workers", "--out"}
    assert [name for name in sorted(long) if name not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_to_files(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
