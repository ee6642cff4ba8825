"""What somebody wrote is told from what a page fills in by itself (accounts/unsaved_input.py)."""

from html.parser import HTMLParser

from django.test import Client

from tests.site.world import World, sample_pages

TYPED_INTO = {None, "text", "search", "email", "tel", "url", "password"}


class Filled(HTMLParser):
    """The values that a page posts and nobody types."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: list[str] = []
        self.apart = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        # What completes a word is typed; what narrows a list is not posted.
        if tag == "datalist" or (tag == "form" and told.get("method") != "post"):
            self.apart = tag
        is_typed = tag == "input" and told.get("type") in TYPED_INTO
        is_field = tag in ("button", "option", "input") and not is_typed
        if is_field and not self.apart and (value := told.get("value")):
            self.values.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.apart:
            self.apart = ""


def test_what_a_page_fills_in_by_itself_has_no_space(as_alice: Client, world: World) -> None:
    paths = [path for each in sample_pages(world).values() for path in each]
    values = {
        value
        for path in paths
        for value in Filled(as_alice.get(path, follow=True).content.decode()).values
    }
    assert len(values) > 500
    assert [value for value in values if " " in value] == []
