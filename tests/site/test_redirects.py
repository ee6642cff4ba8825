"""No URL redirects off this site, whatever target it is given."""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.site.addresses import every_address
from tests.site.visitors import VisitedSite
from tests.support.people import PASSWORD

HERE = "http://testserver"
EVIL = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "\x00//evil.example/",
    " //evil.example/",
    "http:///evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "http://localhost/",  # allowed as a host, and another machine for each reader
    "http://testserver:8001/",  # another port is another program
    "ftp://testserver/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "http://[::1",
]
pytestmark = pytest.mark.django_db
# How an address is told where to go on.
WORDS = ("next", "url", "redirect", "return", "to")


def leads_off(location: str) -> bool:
    """As a browser reads it: backslashes are slashes, of those two are as good as three, what
    cannot be seen is dropped, and what cannot be read leads nowhere."""
    seen = "".join(sign for sign in location.strip() if sign >= " ").replace("\\", "/")
    try:
        target = urlsplit(urljoin(f"{HERE}/x/", re.sub("^([a-z]+:)?//+", r"\1//", seen)))
    except ValueError:
        return False
    return f"{target.scheme}://{target.netloc}" != HERE


@pytest.mark.parametrize("location", [each for each in EVIL if each != "http://[::1"])
def test_the_test_knows_an_evil_address(location: str) -> None:
    assert leads_off(location)


Asking = tuple[str, str, str, dict[str, str]]


def askings(site: VisitedSite, target: str) -> Iterator[Asking]:
    """Every address, looked at and posted to, told the target in each way there is."""
    told = dict.fromkeys(WORDS, target)
    for address in every_address():
        if address.name.startswith("admin:") and address.parts:
            continue
        path = reverse(address.name, kwargs=site.ids.of(address))
        for visitor in ("owner", "nobody"):
            yield visitor, "get", path, told
            yield visitor, "post", path, told
            yield visitor, "post", f"{path}?{urlencode(told)}", {}


def location(site: VisitedSite, asking: Asking) -> str:
    cache.clear()
    visitor, method, path, data = asking
    return site.ask(visitor, method, path, data=data).get("Location", "/")


def test_no_address_leads_off(site: VisitedSite) -> None:
    """Those that go where they are told at all are told every evil there is."""
    here = "/people/?q=here"
    follow = [
        number
        for number, asking in enumerate(askings(site, here))
        if "q=here" in unquote(location(site, asking))
    ]
    assert len(follow) > 10
    found = []
    for evil in EVIL:
        each = list(askings(site, evil))
        for number in follow:
            led_to = location(site, each[number])
            if leads_off(led_to):
                found.append(f"{each[number][:3]}: {led_to}")
    assert found == []


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("path", ["/accounts/login/", "/admin/login/"])
def test_a_true_sign_in_leads_off_no_more(site: VisitedSite, path: str, evil: str) -> None:
    data = {"login": "alice@example.org", "password": PASSWORD, "next": evil}
    for where in (path, f"{path}?next={quote(evil)}"):
        answer = site.ask("nobody", "post", where, data=data)
        assert not leads_off(answer.get("Location", "/")), answer["Location"]


def test_what_is_here_is_led_to(site: VisitedSite) -> None:
    answer = site.ask("owner", "post", "/theme/", data={"next": "/people/?q=x"})
    assert answer["Location"] == "/people/?q=x"


@pytest.mark.parametrize("target", ["http://testserver/people/", "people/", "dashboard:today", ""])
def test_whatever_is_no_path_leads_to_the_default(site: VisitedSite, target: str) -> None:
    answer = site.ask("owner", "post", "/theme/", data={"next": target}, secure=True)
    assert answer["Location"] == "/"
