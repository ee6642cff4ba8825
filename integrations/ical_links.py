"""Find the link to the call in an invitation, and remove the mail gateways around it."""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from accounts.sanitize import readable
from integrations.content_lines_read import ContentLine
from integrations.ical_zones_read import Component
from integrations.mail_gateways import host_of, inner_links, is_of, unwrapped
from interviews.models.validators import validate_web_link

LINK_MAX = 500
# Properties that hold only the call's link.
OF_CALLS = (
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "CONFERENCE",
)
# Texts that may name a known service, the likeliest first.
TEXTS = (
    *("LOCATION", "DESCRIPTION", "X-ALT-DESC", "STYLED-DESCRIPTION"),
    *("URL", "COMMENT", "SUMMARY"),
)
SERVICES = (
    *("teams.microsoft.com", "teams.live.com", "teams.microsoft.us", "teams.cloud.microsoft"),
    *("zoom.us", "zoom.com", "zoomgov.com", "zoom.com.cn", "zoom-x.de"),
    *("meet.google.com", "hangouts.google.com", "stream.meet.google.com", "webex.com"),
    *("whereby.com", "appear.in", "gotomeeting.com", "meet.goto.com", "goto.com", "gotomeet.me"),
    *("meet.jit.si", "8x8.vc", "bluejeans.com", "chime.aws", "ringcentral.com", "skype.com"),
    *("meet.lync.com", "facetime.apple.com", "discord.gg", "around.co", "gather.town"),
    *("larksuite.com", "feishu.cn", "meeting.tencent.com", "voovmeeting.com", "dialpad.com"),
    *("starleaf.com", "pexip.me", "lifesizecloud.com", "livestorm.co", "clickmeeting.com"),
    *("adobeconnect.com", "join.me", "riverside.fm", "hirevue.com", "meeting.zoho.com"),
    *("meeting.zoho.eu", "meet.zoho.com", "demodesk.com", "doxy.me", "karat.io", "videoask.com"),
    *("kmeet.infomaniak.com", "visio.numerique.gouv.fr", "conf.dfn.de", "fairmeeting.net"),
    *("coderpad.io", "vidyard.com", "telemost.yandex.ru", "meetings.vonage.com", "eyeson.com"),
)
# Services that also have ordinary pages.
NO_CALL = re.compile(
    r"(?i)^[^/]+/?$|^[^/]+/(?:test|test-meeting|sign-?in|sign-?up|login|privacy|terms|legal|trust|"
    r"about|feedback|features|downloads|skype|rec|linkredirect)(?:[/?#.]|$)|/meeting/[^/]+/ics\b|"
    r"^(?:support|help|learn|blog|explore|aka)\.|/(?:meetingoptions|download|pricing|support)\b|"
    r"^dialin\.|/(?:u|tel|zoomconference)/|/globalcallin"
)
# Words in front of a link to an unknown service.
JOINING = re.compile(
    r"(?i)\b(?:join|dial.?in|(?:video.?)?(?:call|conference|meeting|konferenz)|beitreten|teilnehmen|"
    r"teilnahme|einw[aä]hl\w*|besprechung|zugang\w*|rejoindre|r[eé]union|visio\w*|unirse|reuni[oó]n|"
    r"partecipa\w*|riunione|deelnemen|do[lł][aą]cz\w*|присоедин\w*|подключ\w*)\b"
)
# How much of a text is searched; it may be crafted to take long.
WRITTEN_MAX, LINKS_MAX = 4096, 200
WRITTEN = re.compile(rf"(?i:https?)://[!#-;=?-Z\[\]_a-z~]{{1,{WRITTEN_MAX}}}")
# Links typed without a scheme; for known services only, since not every word with a dot and a slash
# is a link.
BARE = re.compile(
    r"(?i)(?<![\w/@.:%=+-])(?:[a-z\d-]{1,63}\.){0,3}"
    rf"(?:{'|'.join(map(re.escape, SERVICES))})/[!#-;=?-Z\[\]_a-z~]{{1,{WRITTEN_MAX}}}"
)
HIDDEN = re.compile(r"(?i)https?://[^\s/?#<>\"]{1,200}@")
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});", re.IGNORECASE)
AFTER = re.compile(r"[\s<>\"].*", re.DOTALL)
ENDS = ".,;:!?'*_。，、）"


def link_of(event: Component) -> str:
    """Find the link by property, by service, and by place; return an empty string if there is
    none."""
    return next((link for link in _likeliest(event) if len(link) <= LINK_MAX), "")


def overlong_link(event: Component) -> bool:
    return any(len(link) > LINK_MAX for link in _likeliest(event))


def hides_a_link(event: Component) -> bool:
    """https://teams.microsoft.com@evil.example/ leads to the host after the @."""
    texts = (line.text for name in (*OF_CALLS, *TEXTS) for line in event.all(name))
    return any(HIDDEN.search(text) or any(map(_hides, _written(text))) for text in texts)


def _hides(link: str) -> bool:
    return bool(HIDDEN.search(unwrapped(link)))


def _likeliest(event: Component) -> Iterator[str]:
    of_calls = [line for name in OF_CALLS for line in event.all(name)]
    yield from _links(sorted(of_calls, key=_is_heard_only))
    texts = [line for name in TEXTS for line in event.all(name)]
    yield from filter(is_call, _links(texts))
    others = [line for line in event.lines if line.name.startswith("X-")]
    yield from filter(is_call, _links(others))
    for line in texts:
        yield from filter(is_call, _bare_links(line.text))
    yield from _links(event.all("LOCATION"))
    yield from _announced(event.value("DESCRIPTION"))
    yield from _links(event.all("URL"))


def _is_heard_only(line: ContentLine) -> bool:
    features = line.param("FEATURE").upper()
    return bool(features) and "VIDEO" not in features


def _announced(text: str) -> Iterator[str]:
    """Return whether the line of the link, or the one above, speaks of joining."""
    lines = text.splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if JOINING.search(f"{before}\n{line.partition('://')[0]}"):
            yield from links_in(line)


def _links(lines: Iterable[ContentLine]) -> Iterator[str]:
    return (link for line in lines for link in links_in(line.text))


def links_in(text: str) -> Iterator[str]:
    """Return the links, unwrapped; only those that a page may link to."""
    return filter(is_web_link, map(_meant, _written(text)))


def _written(text: str) -> Iterator[str]:
    if len(text) <= WRITTEN_MAX and is_web_link(whole := _without_ends(text.strip())):
        yield whole
        return
    for found in islice(WRITTEN.finditer(text), LINKS_MAX):
        plain = AFTER.sub("", without_entities(found[0]))
        yield _without_ends(plain)


def without_entities(text: str) -> str:
    return readable(ENTITY.sub(lambda entity: html.unescape(entity[0]), text))


def _bare_links(text: str) -> Iterator[str]:
    for found in islice(BARE.finditer(text), LINKS_MAX):
        link = f"https://{_without_ends(found[0])}"
        if is_web_link(link):
            yield link


def _meant(link: str) -> str:
    plain = unwrapped(link)
    if is_call(plain):
        return plain
    try:
        calls = (unwrapped(inner) for inner in inner_links(plain))
        return next((inner for inner in calls if is_call(inner) and is_web_link(inner)), plain)
    except ValueError:
        return plain


def _without_ends(link: str) -> str:
    """Strip the punctuation of the sentence after a link; a closing bracket stays if the link
    opened it."""
    while link and (link[-1] in ENDS or (link[-1] in ")]" and not _is_closed(link))):
        link = link[:-1]
    return link


def _is_closed(link: str) -> bool:
    return link.count("(") >= link.count(")") and link.count("[") >= link.count("]")


def is_web_link(said: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(said)
        validate_web_link(said)
    except ValidationError:
        return False
    return True


def is_call(link: str) -> bool:
    """Also recognise a service behind a gateway that only names the host: ?domain=zoom.us."""
    host = host_of(link)
    if NO_CALL.search(link.partition("://")[2]):
        return False
    if any(is_of(host, service) for service in SERVICES):
        return True
    if not any(is_of(host, each) for each in ("mimecast.com", "mimecastprotect.com")):
        return False
    domains = parse_qs(urlsplit(link).query).get("domain", [])
    return any(is_of(domain, service) for domain in domains for service in SERVICES)
