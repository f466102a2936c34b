"""Templates and what every page of this service has: escaping, a policy without inline code, the colours."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from claimgraph.page import ASSETS as PAGE_ASSETS
from claimgraph.server.negotiation import negotiate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.types import Scope

    from claimgraph.server.answers import Problem

ASSETS = Path(__file__).parent / "assets"
HTML = "text/html"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Style sheets that YASGUI 4.6.2 adds by itself, for the widths of columns and for the cursor that changes them; the
# browser's console names those of another version.
YASGUI_STYLES = (
    "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='",
    "'sha256-c0O6TmFAkgpNbHxKAa1BrveWHHopjEtC47i0PzMudxg='",
)
QUERY_POLICY = POLICY.replace("style-src 'self'", f"style-src 'self' {' '.join(YASGUI_STYLES)}")


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(ASSETS / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(day=_day, percent=_percent)
    return templates


def _day(value: str) -> str:
    """A date as people write it.

    >>> _day("2025-04-02T10:00:00Z"), _day("2025")
    ('2 April 2025', '2025')
    """
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{day.day} {day:%B} {day.year}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def page(
    name: str, scope: Scope, values: Mapping[str, Any], *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """The template with these values, every one of which is shown as text."""
    body = _templates().get_template(name).render(root=scope.get("root_path", ""), **values)
    told = {"content-security-policy": POLICY, "vary": "accept", "cache-control": "no-cache", **(headers or {})}
    return HTMLResponse(body, status, told)


def problem_page(problem: Problem, scope: Scope) -> HTMLResponse:
    """What is wrong, for people."""
    values = {"reason": problem.reason, "status": problem.status}
    return page("problem.html", scope, values, status=problem.status, headers=problem.headers)


@cache
def palette() -> str:
    """The colours of the network page for these pages: light, and dark where the reader's system is."""
    css = (PAGE_ASSETS / "styles" / "page.css").read_text(encoding="utf-8")
    light, dark = (
        re.search(rf"{re.escape(head)} \{{(.*?)\n\}}", css, re.DOTALL) for head in (":root", ':root[data-theme="dark"]')
    )
    if not light or not dark:
        raise RuntimeError("page.css has no palette")
    return f":root {{{light[1]}\n}}\n@media (prefers-color-scheme: dark) {{ :root {{{dark[1]}\n}} }}\n"


async def palette_css(_: Request) -> Response:
    """The palette as a style sheet."""
    return Response(palette(), media_type="text/css", headers={"cache-control": "no-cache"})


def wants_html(scope: Scope, *others: str) -> bool:
    """Whether a request is a browser's: HTML suits it better than what else is offered."""
    accept = dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
    return scope["method"] in ("GET", "HEAD") and negotiate(accept, (*others, HTML)) == HTML
