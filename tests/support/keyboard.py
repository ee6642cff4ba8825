"""What a keyboard user meets on a page: every control in turn, visible while focused, and large
enough for a finger."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

TARGET_LEAST = 24  # px, in both directions
# What Tab should reach, in document order. Of radio buttons with one name the browser stops at the
# chosen one, or at the first.
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
# Records each stop of Tab, and whether it is visible there: by its own outline, or that of the
# label of a hidden radio button.
RECORD = """
() => {
  const isOutlined = (one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  };
  // From the top, wherever the page has set the focus.
  const top = document.createElement('span');
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
  window.getSelection().removeAllRanges();
  document.documentElement.scrollTop = 0;
  window.hearbackReached = [];
  document.addEventListener('focusin', ({ target }) => {
    const label = target.nextElementSibling;
    const isSeen = isOutlined(target)
      || (target.type === 'radio' && label && label.tagName === 'LABEL' && isOutlined(label));
    const stop = window.hearbackStops.indexOf(target);
    window.hearbackReached.push({ stop, isSeen, what: target.outerHTML.slice(0, 200) });
  });
}
"""
REACHED = """
() => ({ reached: window.hearbackReached, isOut: document.activeElement === document.body })
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
    """Tab through a freshly loaded page; return what is not reached in order, or not visible."""
    stops = stops_of(page)
    page.evaluate(RECORD)
    walk, is_over = _walk(page, len(stops))
    faults = [] if is_over else ["Tab never leaves the page"]
    faults += [f"focus cannot be seen: {each['what']}" for each in walk if not each["isSeen"]]
    reached = [each["stop"] for each in walk]
    if reached != list(range(len(stops))):
        missed = [stops[n].said for n in range(len(stops)) if n not in reached]
        faults.append(f"not reached in turn: {reached} of {len(stops)}, missed {missed}")
    return faults


def _walk(page: Page, count: int) -> tuple[list[dict[str, Any]], bool]:
    """Return the stops of Tab, and whether it leaves the page after them. Each key is a round trip
    to the browser, so they are pressed in batches. A date field takes several keys."""
    pressed, most = 0, count * 3 + 5
    while True:
        batch = max(count // 4, 4) if pressed else count + 1
        for _ in range(batch):
            page.keyboard.press("Tab")
        pressed += batch
        told = page.evaluate(REACHED)
        # Other elements are parts of a stop, or a page's heading.
        walk = [each for each in told["reached"] if each["stop"] >= 0]
        # Without browser chrome, Tab goes from the page's end to its top.
        again = next((n for n, each in enumerate(walk) if n and each["stop"] == 0), None)
        if again is not None:
            return walk[:again], True
        if told["isOut"] or pressed > most:
            return walk, told["isOut"]
