"""What somebody without a mouse meets on a page: every control in turn, seen while it has the
focus, and large enough to be hit by whoever does use a finger."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

TARGET_LEAST = 24  # px, either way
# What Tab should reach, in the order of the document. Of radio buttons of one name the browser
# stops at the chosen one, else at the first.
CONTROLS = """
() => {
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true })
    && element.getClientRects().length > 0;
  const all = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const able = all.filter((element) => isShown(element) && !element.disabled);
  const stops = able.filter((element) => {
    if (element.type !== 'radio') return true;
    const group = able.filter((other) => other.type === 'radio' && other.name === element.name
      && other.form === element.form);
    return element === (group.find((other) => other.checked) || group[0]);
  });
  window.hearbackStops = stops;
  return stops.map((element) => {
    const box = (element.type === 'radio' || element.type === 'checkbox')
      ? element.closest('.choice, .form-check, label, div').getBoundingClientRect()
      : element.getBoundingClientRect();
    return {
      is_unseen: element.matches('.skip'),  // it has a size once it has the focus
      said: (element.ariaLabel || element.innerText || element.name || element.tagName).trim(),
      tag: element.tagName, width: box.width, height: box.height };
  });
}
"""
# Which stop has the focus, and whether it can be seen: an outline of its own, or of the label
# that stands for a hidden radio button.
FOCUSED = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const isOutlined = (one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  };
  const label = element.nextElementSibling;
  const isSeen = isOutlined(element)
    || (element.type === 'radio' && label && label.tagName === 'LABEL' && isOutlined(label));
  return { stop: window.hearbackStops.indexOf(element), isSeen,
    what: element.outerHTML.slice(0, 200) };
}
"""


@dataclass(frozen=True)
class Stop:
    said: str
    tag: str
    width: float
    height: float
    is_unseen: bool

    @property
    def is_small(self) -> bool:
        # Half a pixel is rounding.
        return not self.is_unseen and min(self.width, self.height) < TARGET_LEAST - 0.5


def stops_of(page: Page) -> list[Stop]:
    return [Stop(**found) for found in page.evaluate(CONTROLS)]


def small_targets_of(page: Page) -> list[str]:
    return [f"smaller than {TARGET_LEAST} px: {stop}" for stop in stops_of(page) if stop.is_small]


def faults_of(page: Page) -> list[str]:
    """Tab through the page from its beginning: what is not reached in turn, or not seen."""
    stops = stops_of(page)
    faults: list[str] = []
    page.evaluate("document.activeElement?.blur(); window.getSelection().removeAllRanges()")
    page.evaluate("document.documentElement.scrollTop = 0")
    reached: list[int] = []
    for _ in range(len(stops) * 3 + 5):
        page.keyboard.press("Tab")
        focused: dict[str, Any] | None = page.evaluate(FOCUSED)
        if focused is None or (focused["stop"] == 0 and reached[-1:] not in ([], [0])):
            break  # out of the page, and with no browser around it in at its top: no trap
        if focused["stop"] < 0:
            continue  # a part of a date field, or a page's heading
        if not reached or reached[-1] != focused["stop"]:
            reached.append(focused["stop"])
            if not focused["isSeen"]:
                faults.append(f"focus cannot be seen: {focused['what']}")
    else:
        faults.append("Tab never leaves the page")
    if reached != list(range(len(stops))):
        missed = [stops[n].said for n in range(len(stops)) if n not in reached]
        faults.append(f"not reached in turn: {reached} of {len(stops)}, missed {missed}")
    return faults
