"""Restore links that a mail gateway has wrapped."""

import base64
import binascii
import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

# Several gateways may have wrapped the link.
DEPTH_MAX = 5
SCHEME = re.compile(r"(?i)^https?://")
# A link within a link; a percent-encoded one ends where the outer one goes on.
INNER = re.compile(r"(?i).(https?%3A%2F%2F[^?&/#;]+|https?://.+)$|.(https?%3A%2F%2F[^?&/#;]+)")
PROOFPOINT_3 = re.compile(r"(?i)/v3/__(.+?)__;([^!]*)!")
PROOFPOINT_RUN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CHECK_POINT = re.compile(r"(?i)/v2/(?:r\d+/)?_{2,3}(https?:/.+?)_{2,3}")


def unwrapped(link: str) -> str:
    """Return the wrapped link; the link itself if its host is no known gateway."""
    for _ in range(DEPTH_MAX):
        inner = _inner(link)
        if not inner:
            break
        link = inner
    return link


def host_of(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_of(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def inner_links(link: str) -> list[str]:
    """Return what an unknown gateway may lead to: every link inside the link."""
    found = [value for _name, value in parse_qsl(urlsplit(link).query) if SCHEME.match(value)]
    nested = INNER.search(link)
    return found + ([unquote(nested[1] or nested[2])] if nested else [])


def _inner(link: str) -> str:
    host = host_of(link)
    read = next((read for domain, read in GATEWAYS.items() if is_of(host, domain)), None)
    if read is None:
        return ""
    try:
        inner = read(urlsplit(link))
    except (ValueError, binascii.Error):
        return ""
    return inner if SCHEME.match(inner) else ""


def _named(*names: str) -> Callable[[SplitResult], str]:
    """Gateways with the link in a parameter."""

    def read(parts: SplitResult) -> str:
        values = {name.casefold(): value for name, value in reversed(parse_qsl(parts.query))}
        return next((values[name] for name in names if values.get(name)), "")

    return read


def _proofpoint(parts: SplitResult) -> str:
    if "/v3/" in parts.path:
        return _proofpoint_3(parts)
    said = _named("u")(parts)
    if "/v2/" in parts.path:
        said = said.replace("-", "%").replace("_", "/")
    return unquote(said)


def _proofpoint_3(parts: SplitResult) -> str:
    """Characters are replaced by “*”, or a run of them by “**” and its length; they follow as
    base64."""
    found = PROOFPOINT_3.search(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    if found is None:
        return ""
    coded = found[2] + "=" * (-len(found[2]) % 4)
    signs = iter(base64.urlsafe_b64decode(coded).decode("utf-8", "replace"))

    def given(place: re.Match[str]) -> str:
        count = PROOFPOINT_RUN.index(place[1]) + 2 if place[1] else 1
        return "".join(next(signs, "") for _ in range(count))

    said = re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", given, found[1])
    return re.sub(r"(?i)^(https?:/)(?=[^/])", r"\1/", said)


def _base64(name: str) -> Callable[[SplitResult], str]:
    def read(parts: SplitResult) -> str:
        said = _named(name)(parts)
        return base64.b64decode(said + "=" * (-len(said) % 4), altchars=b"-_").decode()

    return read


def _path(parts: SplitResult) -> str:
    """Gateways with the percent-encoded link after a signature."""
    return unquote(parts.path.rpartition("/")[2])


def _postmark(parts: SplitResult) -> str:
    """Without the scheme: /3s/zoom.us%2Fj%2F1/…"""
    link = parts.path.split("/")[2:3]
    return f"https://{unquote(link[0])}" if link else ""


def _check_point(parts: SplitResult) -> str:
    found = CHECK_POINT.search(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return found[1] if found else ""


def _any(parts: SplitResult) -> str:
    """The first parameter that holds a link."""
    return next((value for _name, value in parse_qsl(parts.query) if SCHEME.match(value)), "")


# Gateways whose parameter has several names.
OF_ANY_PARAMETER = (
    *("www.google.com", "trendmicro.com", "symantec.com", "fireeye.com", "trellix.com"),
    *("mimecast.com", "mimecastprotect.com", "edgepilot.com", "titanhq.com", "trustwave.com"),
    *("esvalabs.com", "hornetsecurity.com", "vadesecure.com", "fortimail.com", "deref-gmx.net"),
    *("deref-web.de", "deref-mail.com", "linkedin.com", "slack-redir.net", "facebook.com"),
    *("spamexperts.com", "mailguard.com.au", "iphmx.com"),
)
GATEWAYS: dict[str, Callable[[SplitResult], str]] = {
    "safelinks.protection.outlook.com": _named("url"),
    "safelinks.protection.office365.us": _named("url"),
    "safelink.emails.azure.net": _named("destination"),
    "urldefense.proofpoint.com": _proofpoint,
    "urldefense.com": _proofpoint,
    "urldefense.us": _proofpoint,
    "linkprotect.cudasvc.com": _named("a"),
    "secure-web.cisco.com": _path,
    "protection.sophos.com": _base64("u"),
    "click.pstmrk.it": _postmark,
    "checkpoint.com": _check_point,
    "avanan.click": _check_point,
    **dict.fromkeys(OF_ANY_PARAMETER, _any),
}
