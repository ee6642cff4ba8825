"""Job ads as pages and phones tell of them: one long table, and hostile ones."""

import json
from typing import Any

import pytest

from integrations.job_posting import (
    ADVERT_MAX,
    PAGE_MAX,
    JobAd,
    Salary,
    UnreadablePageError,
    lines_of,
    link_in,
    read_page,
    read_share,
)

URL = "https://jobs.example.org/42"
LONG = "We look for somebody who reads figures and tells what they mean to those who then decide."
TOLD = {"url": URL, "title": "Analyst at Acme | Jobs"}


def read(*jobs: object, **page: object) -> JobAd:
    return read_page(json.dumps({**TOLD, "jobs": list(jobs), **page}))


def money(value: object, **more: object) -> dict[str, object]:
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": "EUR", "value": value, **more}}


def at(*places: object) -> dict[str, object]:
    return {"jobLocation": [{"@type": "Place", "address": each} for each in places]}


@pytest.mark.parametrize(
    ("job", "field", "value"),
    [
        ({"title": "Analyst"}, "title", "Analyst"),
        ({"name": "Analyst"}, "title", "Analyst"),
        ({"title": "R&amp;D  analyst\n(m/w/d)"}, "title", "R&D analyst (m/w/d)"),
        ({"title": ["Analyst", "Other"]}, "title", "Analyst"),
        ({"title": "A\u202eb\x00c\ud800"}, "title", "Abc"),
        ({"title": {"@value": "Analyst"}}, "title", "Analyst"),
        ({}, "title", "Analyst at Acme | Jobs"),
        ({"title": True}, "title", "Analyst at Acme | Jobs"),
        ({"title": "x" * 999}, "title", "x" * 200),
        ({"hiringOrganization": {"name": "Acme GmbH"}}, "company", "Acme GmbH"),
        ({"hiringOrganization": "Acme GmbH"}, "company", "Acme GmbH"),
        ({"hiringOrganization": [{"name": "Acme"}]}, "company", "Acme"),
        ({"hiringOrganization": {"logo": "x"}}, "company", ""),
        ({"hiringOrganization": 7}, "company", "7"),
        (at({"addressLocality": "Berlin", "addressCountry": "DE"}), "place", "Berlin, DE"),
        (at({"addressLocality": "Lund", "addressCountry": {"name": "Sweden"}}), "place",
         "Lund, Sweden"),
        (at({"addressRegion": "Hesse"}), "place", "Hesse"),
        (at("Main street 1, Bonn"), "place", "Main street 1, Bonn"),
        (at({"addressLocality": "Bonn"}, {"addressLocality": "Köln"}), "place", "Bonn; Köln"),
        (at(*({"addressLocality": each} for each in "ABCDE")), "place", "A; B; C"),
        (at({"addressLocality": "Bonn"}, {"addressLocality": "Bonn"}), "place", "Bonn"),
        ({"jobLocation": {"address": {"addressLocality": "Graz"}}}, "place", "Graz"),
        ({"jobLocation": {"name": "Campus", "address": {}}}, "place", "Campus"),
        ({"jobLocation": "Graz"}, "place", "Graz"),
        ({"jobLocation": [None, 3, []]}, "place", "3"),
        ({"jobLocationType": "TELECOMMUTE"}, "is_remote", True),
        ({"jobLocationType": ["TELECOMMUTE"]}, "is_remote", True),
        ({}, "is_remote", False),
        (money({"minValue": 50000, "maxValue": 60000.0, "unitText": "YEAR"}), "salary",
         Salary("50000–60000 EUR", "YEAR")),
        (money({"value": 15.5, "unitText": "hour"}), "salary", Salary("15.5 EUR", "HOUR")),
        (money({"minValue": 4000, "maxValue": 4000, "unitText": "MONTH"}), "salary",
         Salary("4000 EUR", "MONTH")),
        (money("50.000", unitText="YEAR"), "salary", Salary("50.000 EUR", "YEAR")),
        (money({"value": 3, "unitText": "FORTNIGHT"}), "salary", Salary("3 EUR")),
        ({"baseSalary": "50,000", "salaryCurrency": "USD"}, "salary", Salary("50,000 USD")),
        ({"baseSalary": 50000}, "salary", Salary("50000")),
        ({"baseSalary": {"minValue": 1, "maxValue": 2, "currency": "EUR"}}, "salary",
         Salary("1–2 EUR")),
        (money({}), "salary", None),
        (money(None), "salary", None),
        ({}, "salary", None),
        ({"description": "<p>We look</p><ul><li>one<li>two</ul>"}, "advert_text",
         "We look\n\n- one\n- two"),
        ({"description": "&lt;p&gt;We&amp;nbsp;look&lt;/p&gt;"}, "advert_text", "We look"),
        ({"description": "<script>bad()</script>Fine<br>too"}, "advert_text", "Fine\ntoo"),
        ({"description": "Plain\n\n\n\ntext"}, "advert_text", "Plain\n\ntext"),
        ({"description": "5 < 6 apples"}, "advert_text", "5 < 6 apples"),
        ({"description": ["no text"]}, "advert_text", ""),
    ],
)  # fmt: skip
def test_one_ad(job: dict[str, object], field: str, value: object) -> None:
    assert getattr(read(job), field) == value


@pytest.mark.parametrize(
    ("page", "field", "value"),
    [
        ({}, "url", URL),
        ({"url": "javascript:alert(1)"}, "url", ""),
        ({"url": "https://user@example.org/"}, "url", ""),
        ({"url": "https://jobs.example.org/?" + "x" * 600, "canonical": URL}, "url", URL),
        ({"url": 5, "canonical": None}, "url", ""),
        ({"heading": "Analyst"}, "title", "Analyst"),
        ({}, "source", "jobs.example.org"),
        ({"url": "https://www.example.org/"}, "source", "example.org"),
        ({"site": "Good Jobs"}, "source", "Good Jobs"),
        ({"description": "An ad"}, "advert_text", "An ad"),
        ({"description": "An ad", "selection": "Chosen\nlines"}, "advert_text", "Chosen\nlines"),
        ({"jobs": "no list"}, "company", ""),
        ({"jobs": None}, "company", ""),
    ],
)
def test_the_page_around_it(page: dict[str, object], field: str, value: object) -> None:
    assert getattr(read(**page), field) == value


def test_of_several_ads_the_one_that_the_page_is_about() -> None:
    analyst, driver = {"title": "Analyst"}, {"title": "Driver", "url": "https://example.org/7"}
    assert read(driver, analyst).title == "Analyst"  # named in the page's title
    assert read(analyst, driver, url="https://example.org/7", title="Jobs").title == "Driver"
    assert read(analyst, driver, title="All our jobs").title == "All our jobs"


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "said",
    [
        *("", "nonsense", "[]", "null", "{}", '{"title": ""}', '{"jobs": [{}]}', DEEP),
        *("1" * 5000, '{"title": "' + "x" * PAGE_MAX + '"}'),
        *('{"url": "http://["}', '{"url": "https:///x"}'),
    ],
)
def test_no_page_at_all(said: str) -> None:
    with pytest.raises(UnreadablePageError):
        read_page(said)


def nested(levels: int) -> Any:
    value: Any = "x"
    for _level in range(levels):
        value = {"name": value, "address": value}
    return value


def test_whatever_is_in_an_ad_it_is_read_within_bounds() -> None:
    odd: list[Any] = [None, True, 1e308, -1, "", [], {}, [[]], [{}], {"name": {}}, nested(9)]
    names = (
        "title",
        "hiringOrganization",
        "jobLocation",
        "baseSalary",
        "description",
        "jobLocationType",
    )
    for name in names:
        for value in odd:
            for said in (value, {"value": value, "address": value, "currency": value}):
                assert isinstance(read({name: said}), JobAd)


def test_a_long_text_is_cut() -> None:
    assert len(lines_of("<p>" + "word " * 40_000)) <= ADVERT_MAX
    for odd in ("<div", "<", "</", "<p ", "<script>", "<!--", "&", "&lt;p&gt;", "< ", "<p>\n"):
        assert len(lines_of(odd * 10_000)) <= ADVERT_MAX


@pytest.mark.parametrize(
    ("shared", "ad"),
    [
        (("Analyst", "", URL), JobAd(URL, "Analyst", source="jobs.example.org")),
        (("Analyst", URL, ""), JobAd(URL, "Analyst", source="jobs.example.org")),
        (("", f"Analyst: {URL}", ""), JobAd(URL, "Analyst", source="jobs.example.org")),
        (("", f"See ({URL}).", ""), JobAd(URL, "See (", source="jobs.example.org")),
        (("", URL, ""), JobAd(URL, "", source="jobs.example.org")),
        (("Analyst", f"Analyst\n{URL}", ""), JobAd(URL, "Analyst", source="jobs.example.org")),
        (("Analyst", f"Look at this: {URL}", ""), JobAd(URL, "Analyst", source="jobs.example.org")),
        (("Analyst", f"{LONG}\n{URL}", ""),
         JobAd(URL, "Analyst", source="jobs.example.org", advert_text=LONG)),
        (("", "Analyst\nWe look for you", ""), JobAd("", "Analyst", advert_text="We look for you")),
        (("Analyst", "", "javascript:alert(1)"), JobAd("", "Analyst")),
    ],
)  # fmt: skip
def test_what_a_phone_shares(shared: tuple[str, str, str], ad: JobAd) -> None:
    title, text, url = shared
    assert read_share(title=title, text=text, url=url) == ad


def test_nothing_shared() -> None:
    for text in ("", " \n", "\x00", "https://"):
        with pytest.raises(UnreadablePageError):
            read_share(title="", text=text if text != "https://" else "", url=text)


@pytest.mark.parametrize(
    ("said", "link"),
    [
        (f"{URL}.", URL),
        ("HTTPS://example.org", "HTTPS://example.org"),
        ("https://example.org/a b", ""),
        ("ftp://example.org", ""),
        ("//example.org", ""),
        ("https://[", ""),
        (f"{URL}\n", URL),
    ],
)
def test_links(said: str, link: str) -> None:
    assert link_in(said) == link
