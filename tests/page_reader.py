"""The reader of docs/page-data.md, for whoever tests what a page holds: the document alone says how it is read."""

from __future__ import annotations

import re
from pathlib import Path

DOCUMENT = (Path(__file__).parent.parent / "docs" / "page-data.md").read_text(encoding="utf-8")
READER = re.search(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)[1]
EXAMPLE = re.search(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[1]
reader = {"__name__": "reader"}
exec(READER, reader)
in_page, read = reader["in_page"], reader["read"]
