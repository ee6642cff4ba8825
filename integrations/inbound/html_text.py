"""Return what a reader sees of HTML, as text."""

import re

from inscriptis import get_text
from inscriptis.model.config import ParserConfig
from lxml import html as lxml_html
from lxml.etree import ParserError, XMLSyntaxError

HTML_MAX = 250_000
ELEMENTS_MAX = 8_000
DEPTH_MAX = 150
UNSEEN = {
    "script",
    "style",
    "head",
    "title",
    "template",
    "noscript",
    "object",
    "svg",
    "select",
    "textarea",
}
HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0(?:\.0*)?(?:;|$)|font-size:0(?:\.0*)?(?:px|pt|em|rem|%)?(?:;|$|!)|"
    r"font-size:[01]px|(?:max-)?(?:height|width):0(?:px|pt|%)?(?:;|$|!)|text-indent:-\d{3}|(?:left|top):-\d{3}|clip:rect\(0|color:transparent"
)
COLOUR = re.compile(r"(?:^|;)color:([^;!]{1,40})")
GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]{1,40})")
WHITE = {"#fff", "#ffffff", "white", "rgb(255,255,255)"}
CLASS = re.compile(r"([.#][\w-]{1,60})\s*\{([^{}]{1,2000})\}")


def text_of(html: str) -> str:
    """Return the visible text; hidden parts (RFC-less, by style) are left out."""
    html = html[:HTML_MAX].replace("\x00", "")
    if not html.strip():
        return ""
    try:
        root = lxml_html.document_fromstring(html.encode("utf-8"), parser=_parser())
    except (ParserError, XMLSyntaxError, ValueError):
        return ""
    hidden = {name for name, style in CLASS.findall(html) if HIDING.search(_plain(style))}
    _prune(root, hidden)
    try:
        text = get_text(lxml_html.tostring(root, encoding="unicode"), _config())
        return "\n".join(line.strip() for line in text.split("\n"))
    except (
        ValueError,
        RecursionError,
        IndexError,
        KeyError,
        AttributeError,
        TypeError,
        ParserError,
    ):
        return " ".join(root.itertext())


def _parser() -> lxml_html.HTMLParser:
    return lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )


def _config() -> ParserConfig:
    return ParserConfig(display_links=False, display_images=False)


def _plain(style: str) -> str:
    return "".join(style.lower().split())


def _prune(root: lxml_html.HtmlElement, hidden: set[str]) -> None:
    """Drop what no reader sees, and whatever comes after too many elements."""
    doomed = []
    for number, each in enumerate(root.iter()):
        is_unseen = not isinstance(each.tag, str) or each.tag in UNSEEN
        if number > ELEMENTS_MAX or is_unseen or _is_hidden(each, hidden):
            doomed.append(each)
        elif each.tag == "wbr":
            each.drop_tag()
    for each in doomed:
        if each.getparent() is not None:
            each.drop_tree()


def _is_hidden(each: lxml_html.HtmlElement, hidden: set[str]) -> bool:
    if "hidden" in each.attrib or each.get("aria-hidden") == "true":
        return each.tag not in ("html", "body")
    names = {f".{name}" for name in (each.get("class") or "").split()}
    if hidden & (names | {f"#{each.get('id')}"}):
        return True
    style = _plain(each.get("style") or "")
    if style and HIDING.search(style):
        # A line or a cell without height may be a spacer around visible text; a box is not.
        return (
            each.tag not in ("html", "body", "img", "td", "tr", "table") or "display:none" in style
        )
    return bool(style) and _is_same_colour(each, style)


def _is_same_colour(each: lxml_html.HtmlElement, style: str) -> bool:
    colour = COLOUR.search(style)
    if not colour or colour[1] not in WHITE:
        return bool(colour and (ground := GROUND.search(style)) and ground[1] == colour[1])
    above = [each, *each.iterancestors()]
    grounds = (_ground(one) for one in above)
    return next(filter(None, grounds), "white").lower() in WHITE


def _ground(each: lxml_html.HtmlElement) -> str:
    found = GROUND.search(_plain(each.get("style") or ""))
    return found[1] if found else str(each.get("bgcolor") or "")
