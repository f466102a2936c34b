"""Makes the pictures of docs/page.md: every view of the page of examples/, as Chromium draws it, and nothing else.

    python tools/shots.py docs/images            (make shots)

The folder is written anew. Words of other articles have no place in it: the graph is built here, from examples/ alone.
Two runs on one machine give the same pictures; other fonts give others.
"""

from __future__ import annotations

import base64
import struct
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

import claimgraph

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-lcd-text", "--font-render-hinting=none"),  # grey edges of letters: smaller, and the same on any screen
]
DESK = {"width": 1280, "height": 760}
PHONE = {"width": 390, "height": 780}
CLAIM = "[...claimgraph.nodes.values()].find((node) => node.kind === 'claim' && /^that 90% of/.test(node.label)).id"
LINK = "claimgraph.links.find((link) => link.type === 'corroborates').id"

# Each picture: its name, the size of the window, light or dark, and what is done before it is taken.
SHOTS: tuple[tuple[str, dict[str, int], str, str], ...] = (
    ("network", DESK, "light", ""),
    ("network-dark", DESK, "dark", ""),
    ("claim", DESK, "light", f"claimgraph.choose({CLAIM}, {{ centre: true }})"),
    ("link", DESK, "light", f"claimgraph.chooseLink({LINK})"),
    ("claims", DESK, "light", "claimgraph.openView('claims')"),
    ("figures", DESK, "light", "claimgraph.openView('figures')"),
    ("timeline", DESK, "light", "claimgraph.openView('timeline')"),
    ("map", DESK, "light", "claimgraph.openView('map')"),
    ("measures", DESK, "light", "claimgraph.openView('measures')"),
    ("ask", DESK, "light", "claimgraph.openView('ask').then(() => document.querySelector('#view-ask button').click())"),
    ("article", DESK, "light", f"claimgraph.choose({CLAIM}); document.querySelector('#evidence .where button').click()"),
    ("filters", DESK, "light", "document.getElementById('filter-button').click()"),
    ("phone", PHONE, "light", "claimgraph.openView('claims')"),
)  # fmt: skip
SETTLED = 1500  # milliseconds: the slowest, an answer of the console, is there by then


PIXELS = """async (picture) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    const parts = Array.from({ length: Math.ceil(data.length / 30000) }, (_, at) => String.fromCharCode(...data.subarray(at * 30000, (at + 1) * 30000)));
    return [image.width, image.height, btoa(parts.join(""))];
}"""  # a browser decodes PNG, so that nothing else need


def smaller(picture: bytes, decoder: Page) -> bytes:
    """A PNG with the 256 colours that are most frequent in it (in steps of 4), all others as the nearest of these."""
    width, height, pixels = decoder.evaluate(PIXELS, base64.b64encode(picture).decode())
    rgb = np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(-1, 4)[:, :3] & 0xFC
    colours, where, often = np.unique(rgb, axis=0, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-often, kind="stable")[:256]].astype(np.int32)
    nearest = np.array([((kept - colour) ** 2).sum(axis=1).argmin() for colour in colours.astype(np.int32)], np.uint8)
    rows = np.zeros((height, width + 1), np.uint8)  # each begins with its filter, none
    rows[:, 1:] = nearest[where.ravel()].reshape(height, width)
    header = struct.pack(">2I5B", width, height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", header), (b"PLTE", kept.astype(np.uint8).tobytes())]
    parts += [(b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, parts))


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    name, data = part
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def shoot(page: Page, act: str) -> bytes:
    """The picture of a page after what is done in it."""
    page.evaluate(f"async () => {{ await claimgraph.whole; document.querySelector('#hint button').click(); {act}; }}")
    page.wait_for_timeout(SETTLED)
    return page.screenshot()


def main(folder: Path) -> None:
    """Every picture of SHOTS in the folder, and none from before."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as built, sync_playwright() as playwright:
        claimgraph.build("examples", built, console=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        decoder = browser.new_page()
        for name, viewport, scheme, act in SHOTS:
            settings: dict[str, Any] = {"viewport": viewport, "color_scheme": scheme, "locale": "en-GB"}
            page = browser.new_context(**settings).new_page()
            page.goto((Path(built) / "network.html").as_uri())
            (folder / f"{name}.png").write_bytes(smaller(shoot(page, act), decoder))
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
