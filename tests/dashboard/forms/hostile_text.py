"""Text as nobody types it and as everybody sends it: for every field of every form."""

from html.parser import HTMLParser

from hypothesis import strategies as st

NASTY = (
    "",
    " \t\r\n ",
    "\x00",
    "Anna\x00Petrova",
    "\x1b[31m\x07\x08",
    "\u202egnp.exe\u202c",
    "\u2066x\u2069",
    "one\r\ntwo\rthree\u2028four\x0cfive",
    "x\r\nBcc: all@example.org\r\n\r\nHello",
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</textarea><zanzibar onclick='x'>",
    "\n\n starts with lines",
    "{{ 7|add:7 }}{% debug %}{person}{",
    "%s%n%(name)s%",
    '=HYPERLINK("http://evil.example")',
    "' OR 1=1 --",
    "\\N\\n;,:\\",
    "../../../etc/passwd",
    "a" * 5001,
    "9" * 5001,  # more than Python turns into a number
    "[" * 5001,  # deeper than Python reads
    "{}",
    "null",
    '{"id": 1, "response": []}',
    "ß" * 200,  # longer once folded
    "ﷺ" * 200,  # one sign that stands for eighteen
    "İ" * 200,
    "x\u0301" * 200,
    "👩‍💻" * 60,
    "\ufeff\ufffe\uffff",
    "\U000e0041\U0010ffff",
    "-1",
    "1e309",
    "NaN",
    "١٢",
    "²",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "00:00",
    "23:59:60",
    "javascript:alert(1)",
    "http://[::1",
    "https://a.example:99999999/",
    "//evil.example/",
    "anna@example.org\r\nBcc: all@example.org",
    '"a b"@example.org',
    "00000000-0000-0000-0000-000000000000",
    "other",
    "none",
)
TEXTS = st.sampled_from(NASTY) | st.text(max_size=300)


class Shown(HTMLParser):
    """What stands in the fields of a page, by name, as a reader gets it."""

    TYPED = {"text", "email", "tel", "url", "number", "date", "time", "search", "hidden", ""}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.tags: set[str] = set()
        self._area: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        if tag == "input" and given.get("type", "") in self.TYPED:
            self._keep(given.get("name", ""), given.get("value", ""))
        elif tag == "textarea":
            self._area = given.get("name", "")
            self._keep(self._area, "")

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.values[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            # A browser leaves out the line break that a text area begins with.
            self.values[self._area][-1] = self.values[self._area][-1].removeprefix("\n")
            self._area = None

    def _keep(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)
