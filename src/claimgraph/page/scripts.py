"""The page's styles and scripts as one of each, and the policy that allows just these.

The scripts are ES modules in assets/scripts, each for one part of the page; here they become one script that runs where
it stands, without waiting for the rest of a long page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ASSETS = Path(__file__).parent / "assets"
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
FIRST_STYLE = "page.css"  # the others build on its colours and sizes
# The sheets that vis-network 10.1.5 adds by itself, and the empty one that each begins as; the browser's console names
# those of another version.
VIS_STYLES = """
'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-4cgFR0//m8/eHo2G/esYsuZetUHlzCUWYM59sfgE9zY='
'sha256-IY7YKNHjbzQ1NfAKrBZvBZohgXMtxrqB9PaqhAaT3vg=' 'sha256-OutIf5hnp68ctx4ThtV5J02g5HTJ5bbu/hkNfqVXWWo='
'sha256-QE7TOEDW7YIlMzvUUnm8boDWeNBN7PBbaaYJjnp34WI=' 'sha256-QuPewnJYr+SnQiTnCNHFBw99ExTsz9f8w5320PimEPw='
'sha256-gGUn/VMBXCeWm86qX/pOf+4ZDSbe0JcaXXb4rJjw1mA=' 'sha256-uepMTym1NwItBa/XV6ef6fQobLL0A0CNVDM5km5L+nQ='
"""


@cache
def vis_network() -> str:
    """The drawing library as shipped."""
    return (ASSETS / "vendor" / "vis-network.min.js").read_text(encoding="utf-8")


@cache
def outline() -> str:
    """The world's outline for the map (tools/make_outline.py has its form)."""
    return (ASSETS / "vendor" / "world.json").read_text(encoding="utf-8").strip()


@cache
def own_script() -> str:
    """All modules that main.js needs as one script, each after those that it imports and in a scope of its own.

    Imports and exports are by name and stand at the beginning of a line; a circle of imports is refused by a test.
    """
    joined = "\n\n".join(_scoped(name) for name in modules())
    return f'(() => {{\n"use strict";\n\n{joined}\n}})();\n'


def _scoped(name: str) -> str:
    """One module as a function that gives what it exports."""
    source = _module(name)
    given = ", ".join(EXPORT.findall(source))
    body = EXPORT.sub("", IMPORT.sub(lambda found: f"const {{{found[1]}}} = {found[2]}Module;\n", source)).strip()
    return f"const {name}Module = (() => {{\n{body}\nreturn {{ {given} }};\n}})();"


def modules() -> list[str]:
    """The names of the modules, each after those that it imports."""
    order: dict[str, None] = {}
    _follow("main", order)
    return list(order)


def _follow(name: str, order: dict[str, None]) -> None:
    """Nothing; `name` stands in `order` behind all that it needs."""
    for _, needed in IMPORT.findall(_module(name)):
        if needed not in order:
            _follow(needed, order)
    order[name] = None


@cache
def _module(name: str) -> str:
    return (ASSETS / "scripts" / f"{name}.js").read_text(encoding="utf-8")


@cache
def style() -> str:
    """All style sheets as one."""
    paths = sorted((ASSETS / "styles").glob("*.css"), key=lambda path: (path.name != FIRST_STYLE, path.name))
    return "\n".join(path.read_text(encoding="utf-8").strip() for path in paths) + "\n"


def policy(*, console: bool = False) -> str:
    """The content security policy of every such page: its own scripts and styles by their hashes, nothing else.

    A console runs WebAssembly, in a worker that the page makes of its own words: this much more, and only then.
    """
    scripts, styles = _hashes([vis_network(), own_script()]), [_hashes([style()]), *VIS_STYLES.split()]
    worker = " 'wasm-unsafe-eval'; worker-src blob:" if console else ""
    allowed = f"script-src {scripts}{worker}; style-src {' '.join(styles)}; img-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hashes(sources: Iterable[str]) -> str:
    """The sources of a content security policy that allow just these inline scripts or styles."""
    digests = [hashlib.sha256(source.encode()).digest() for source in sources]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
