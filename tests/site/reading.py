"""A page as its readers get it: what is visible or read aloud, and what a strict CSP forbids."""

from html.parser import HTMLParser

READ_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "aria-description", "label")
UNSEEN = {"script", "style", "template"}
VOID = {"input", "br", "img", "meta", "link", "hr", "source", "wbr", "col", "area", "base"}


class Reading(HTMLParser):
    """`texts` are the pieces of text in order, `attributes` those of tags, `h1` their number."""

    def __init__(self, html: str, *, without: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[str] = []
        self.forbidden: list[str] = []
        self.h1 = 0
        self._without = without
        self._hidden: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._check(tag, given)
        self.h1 += tag == "h1"
        if tag not in VOID and (self._hidden or self._is_hidden(tag, given)):
            self._hidden.append(tag)
        if not self._hidden:
            self.attributes += [given[name] for name in READ_ATTRIBUTES if given.get(name)]
            if tag == "input" and given.get("type") in ("submit", "button"):
                self.attributes.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.texts.append(data)

    def _is_hidden(self, tag: str, given: dict[str, str]) -> bool:
        return (
            tag in UNSEEN
            or tag == "kbd"
            or (tag == "select" and given.get("name") in self._without)
        )

    def _check(self, tag: str, given: dict[str, str]) -> None:
        is_data = given.get("type") == "application/json"  # a browser would not run it
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.forbidden.append(f"<{tag}>")
        for name, value in given.items():
            is_handler = name.startswith(("on", "hx-on")) or value.startswith("javascript:")
            if is_handler or name == "style":
                self.forbidden.append(f"<{tag} {name}={value!r}>")
