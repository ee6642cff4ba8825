"""python -m scripts.icons: draw the icons of an installed Hearback from its logo."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from scripts.chromium import require_chromium
from scripts.environment import ROOT

IMAGES = ROOT / "static" / "img"
BACKGROUND = "#14595f"
# Name, side, and the logo's share of the side: a maskable icon may be cut to a circle.
ICONS = (
    ("icon-180.png", 180, 1.0),
    ("icon-192.png", 192, 1.0),
    ("icon-512.png", 512, 1.0),
    ("icon-maskable.png", 512, 0.7),
)


def main() -> int:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=require_chromium(), args=["--no-sandbox"]
        )
        for name, side, share in ICONS:
            page = browser.new_page(viewport={"width": side, "height": side})
            draw(page, IMAGES / name, side=side, share=share)
        browser.close()
    return 0


def draw(page: Page, path: Path, *, side: int, share: float) -> None:
    mark = (IMAGES / "mark.svg").read_text()
    is_square = share < 1 or side == ICONS[0][1]  # phones round these themselves
    page.set_content(
        f"<body style='margin:0;display:grid;place-items:center;height:100vh;"
        f"background:{BACKGROUND if is_square else 'transparent'}'>{mark}"
    )
    page.add_style_tag(content=f"svg {{ width: {share * 100}%; }}")
    page.screenshot(path=path, omit_background=True)


if __name__ == "__main__":
    sys.exit(main())
