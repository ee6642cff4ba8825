"""Read a job ad from what a bookmarklet found in a page, or from what a phone shares.

All of it comes from other sites and is never trusted: texts are cut and cleaned, links are http(s)
without a user's name, and nothing is fetched. Standard library only; the vocabulary is schema.org's
JobPosting (https://schema.org/JobPosting).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from accounts.sanitize import readable

PAGE_MAX = 100_000  # characters of a page's JSON; the bookmarklet sends 60,000 at most
URL_MAX, TITLE_MAX, NAME_MAX, PLACE_MAX, SALARY_MAX = 500, 200, 200, 300, 200
ADVERT_MAX = 20_000
PLACES_MAX = 3
# Beside a title, a shorter text is a program's "Look at this", and no ad.
ADVERT_MIN = 80
UNITS = frozenset({"HOUR", "DAY", "WEEK", "MONTH", "YEAR"})
LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# What sentences put after a link.
AFTER_LINK = ".,;:!?)]}’”'"
# Two groups, so that a split gives text, slash, name in turn. What has been read is not given back:
# otherwise a name that never ends takes quadratic time.
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20}+)[^<>]*+>")
HEADINGS = {f"h{level}" for level in range(1, 7)}
BLOCKS = frozenset({"p", "div", "section", "ul", "ol", "table", "tr"} | HEADINGS)
OPENING = {"li": "\n- ", "br": "\n"}
UNSEEN = frozenset({"script", "style"})
# What joins a title to its link.
JOINTS = " \n:-–—|·"


class UnreadablePageError(ValueError):
    """Nothing of it could be read as a page or an ad."""


@dataclass(frozen=True, slots=True)
class Salary:
    """`amount` with its currency, such as 50000–60000 EUR; `unit` is one of UNITS, or empty."""

    amount: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class JobAd:
    url: str = ""
    title: str = ""
    company: str = ""
    place: str = ""
    is_remote: bool = False
    salary: Salary | None = None
    source: str = ""
    advert_text: str = ""


def read_page(said: str) -> JobAd:
    """Read the bookmarklet's JSON: `url`, `canonical`, `title`, `site`, `heading`, `description`,
    `selection` and `jobs`. What was selected in the page counts more than what the page says.

    Raise UnreadablePageError if it is no such JSON, or names neither a link nor a title.
    """
    page = _object(said)
    url = link_in(page.get("url")) or link_in(page.get("canonical"))
    job = _job(page, url)
    title = text_of(job.get("title") or job.get("name"), TITLE_MAX)
    title = title or text_of(page.get("heading") or page.get("title"), TITLE_MAX)
    if not url and not title:
        raise UnreadablePageError
    advert = lines_of(page.get("selection")) or lines_of(job.get("description"))
    return JobAd(
        url=url,
        title=title,
        company=text_of(job.get("hiringOrganization"), NAME_MAX),
        place=_place(job),
        is_remote="TELECOMMUTE" in text_of(job.get("jobLocationType"), NAME_MAX).upper(),
        salary=_salary(job),
        source=text_of(page.get("site"), NAME_MAX) or host_of(url),
        advert_text=advert or lines_of(page.get("description")),
    )


def read_share(*, title: str, text: str, url: str) -> JobAd:
    """Read what a phone's share sheet gives: many programs put the link into the text.

    Raise UnreadablePageError if there is nothing in it.
    """
    found = link_in(url)
    if not found:
        found = next((link for said in LINK.findall(text) if (link := link_in(said))), "")
    rest = LINK.sub("", text).strip(JOINTS)
    first, _break, more = rest.partition("\n")
    named = text_of(title, TITLE_MAX)
    if not named:
        named, rest = text_of(first, TITLE_MAX), lines_of(more)
    if not (found or named):
        raise UnreadablePageError
    advert = lines_of(rest)
    is_greeting = bool(text_of(title, 1)) and len(advert) < ADVERT_MIN
    advert = "" if is_greeting else advert
    return JobAd(url=found, title=named, source=host_of(found), advert_text=advert)


def link_in(value: object) -> str:
    """Return the link if it is one that may be stored, otherwise nothing."""
    if not isinstance(value, str):
        return ""
    link = readable(value, has_lines=False).strip().rstrip(AFTER_LINK)
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    is_web = (
        parts.scheme.lower() in ("http", "https") and parts.hostname and "@" not in parts.netloc
    )
    return link if is_web and len(link) <= URL_MAX and " " not in link else ""


def host_of(link: str) -> str:
    host = urlsplit(link).hostname or "" if link else ""
    return host.removeprefix("www.")[:NAME_MAX]


# --- the JobPosting ------------------------------------------------------------------------------


def _object(said: str) -> Mapping[str, Any]:
    if len(said) > PAGE_MAX:
        raise UnreadablePageError
    try:
        page = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise UnreadablePageError from error
    if not isinstance(page, dict):
        raise UnreadablePageError
    return page


def _job(page: Mapping[str, Any], url: str) -> Mapping[str, Any]:
    """The page's ad: the only one, or the one whose link or title is the page's. A list of ads has
    none of these."""
    jobs = [each for each in _many(page.get("jobs")) if isinstance(each, dict)]
    if len(jobs) == 1:
        return jobs[0]
    shown = text_of(page.get("title"), TITLE_MAX).casefold()
    for job in jobs:
        title = text_of(job.get("title"), TITLE_MAX).casefold()
        if (url and link_in(job.get("url")) == url) or (title and title in shown):
            return job
    return {}


def _place(job: Mapping[str, Any]) -> str:
    places = dict.fromkeys(filter(None, map(_address, _many(job.get("jobLocation")))))
    return "; ".join(list(places)[:PLACES_MAX])[:PLACE_MAX]


def _address(location: object) -> str:
    if not isinstance(location, dict):
        return text_of(location, PLACE_MAX)
    address = location.get("address", location)
    if not isinstance(address, dict):
        return text_of(address, PLACE_MAX)
    town = address.get("addressLocality") or address.get("addressRegion")
    parts = [text_of(each, PLACE_MAX) for each in (town, address.get("addressCountry"))]
    return ", ".join(filter(None, parts)) or text_of(location.get("name"), PLACE_MAX)


def _salary(job: Mapping[str, Any]) -> Salary | None:
    said = next(iter(_many(job.get("baseSalary"))), None)
    if not isinstance(said, dict):
        amount = text_of(said, SALARY_MAX)
        currency = text_of(job.get("salaryCurrency"), NAME_MAX)
        return Salary(" ".join(filter(None, (amount, currency)))[:SALARY_MAX]) if amount else None
    value = said.get("value", said)
    if not isinstance(value, dict):
        value = {"value": value}
    bounds = [text_of(value.get(name), SALARY_MAX) for name in ("minValue", "maxValue")]
    amount = "–".join(dict.fromkeys(filter(None, bounds))) or text_of(
        value.get("value"), SALARY_MAX
    )
    if not amount:
        return None
    currency = text_of(said.get("currency") or job.get("salaryCurrency"), NAME_MAX)
    unit = text_of(value.get("unitText") or said.get("unitText"), NAME_MAX).upper()
    shown = " ".join(filter(None, (amount, currency)))[:SALARY_MAX]
    return Salary(shown, unit if unit in UNITS else "")


# --- texts ---------------------------------------------------------------------------------------


def _many(value: object) -> Sequence[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def text_of(value: object, most: int) -> str:
    """One line of a text, a number, the first of a list, or an object's name."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    plain = readable(unescape(value[: 4 * most]), has_lines=False)
    return " ".join(plain.split())[:most].strip()


def lines_of(value: object) -> str:
    """A text with its paragraphs, also if it is HTML, which sites escape once or twice."""
    if not isinstance(value, str):
        return ""
    markup = value[: 4 * ADVERT_MAX]
    if "<" not in markup:
        markup = unescape(markup)
    text = _plain(markup) if "<" in markup else markup
    lines = (" ".join(line.split()) for line in readable(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:ADVERT_MAX]


def _plain(markup: str) -> str:
    """The text of HTML that may be cut anywhere. Tags are found by one pattern in linear time:
    Python's own parser takes a minute for some 80 kB of tags that never end."""
    parts: list[str] = []
    is_unseen = is_closing = False
    for number, piece in enumerate(TAG.split(markup)):
        if number % 3 == 0:
            parts += [] if is_unseen else [re.sub(r"\s+", " ", unescape(piece))]
        elif number % 3 == 1:
            is_closing = bool(piece)
        else:
            name = piece.lower()
            is_unseen = name in UNSEEN and not is_closing
            parts.append("\n\n" if name in BLOCKS else OPENING.get(name, "") * (not is_closing))
    return "".join(parts)
