"""What phones and the bookmarklet share: it fills in forms, and writes nothing."""

import json
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dashboard.shared.bookmarklet import code_for
from dashboard.shared.filled import ADDRESS_MAX, form_address, values_of
from integrations.job_posting import JobAd, Salary
from interviews.models import Candidate, Company, Interlocutor, Interview, Vacancy
from tests.dashboard.forms.hostile_text import Shown

URL = "https://jobs.example.org/42"
JOB = {
    "title": "Analyst",
    "hiringOrganization": {"name": "Acme"},
    "jobLocation": {"address": {"addressLocality": "Berlin"}},
    "jobLocationType": "TELECOMMUTE",
    "baseSalary": {"currency": "EUR", "value": {"value": 50000, "unitText": "YEAR"}},
    "description": "<p>We look for you</p>",
}
PAGE = json.dumps({"url": URL, "title": "Analyst", "site": "Good Jobs", "jobs": [JOB]})


def filled(location: str) -> dict[str, str]:
    parts = urlsplit(location)
    assert parts.path == "/positions/new/"
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def is_nothing_written() -> bool:
    tables = (Company, Interlocutor, Interview, Vacancy)
    return not any(table.objects.exists() for table in tables)


# --- the bookmarklet ----------------------------------------------------------------------------


def test_a_page_fills_in_the_form_of_a_position(as_alice: Client) -> None:
    response = as_alice.post("/shared/position/", {"page": PAGE})
    assert response.status_code == 200
    assert is_nothing_written()
    values = Shown(response.content.decode()).values
    assert values["url"] == [URL]
    assert values["title"] == ["Analyst"]
    assert values["company_name"] == ["Acme"]
    assert values["place"] == ["Berlin, remote"]
    assert values["salary"] == ["50000 EUR a year"]
    assert values["source"] == ["Good Jobs"]
    assert values["advert_text"] == ["We look for you"]
    assert 'action="/positions/new/"' in response.content.decode()
    sent = {name: shown[0] for name, shown in values.items() if name != "csrfmiddlewaretoken"}
    as_alice.post("/positions/new/", sent)
    assert str(Vacancy.objects.get()) == "Analyst, Acme"


def test_a_company_that_is_known_by_nearly_that_name(as_alice: Client, alice: Candidate) -> None:
    Company.objects.create(candidate=alice, name="Acme GmbH", normalised_name="acme gmbh")
    page = as_alice.post("/shared/position/", {"page": PAGE}).content.decode()
    assert Shown(page).values["company_name"] == ["Acme GmbH"]


def test_the_form_takes_the_same_values_from_an_address(as_alice: Client) -> None:
    values = {"url": URL, "title": "Analyst", "company": "Acme", "advert_text": "We look for you"}
    shown = Shown(as_alice.get(form_address(values)).content.decode()).values
    assert shown["company_name"] == ["Acme"]
    assert shown["advert_text"] == ["We look for you"]


def test_only_what_the_ad_says(as_alice: Client) -> None:
    assert values_of(JobAd(title="Analyst")) == {"title": "Analyst"}
    assert values_of(JobAd(is_remote=True)) == {"place": "Remote"}
    assert values_of(JobAd(salary=Salary("3 EUR"))) == {"salary": "3 EUR"}


@pytest.mark.parametrize("text", ["word " * 4000, "слово " * 3000, "🦉" * 9000, "&" * 9000])
def test_an_address_holds_only_so_much(text: str) -> None:
    address = form_address({"title": "Analyst", "url": URL, "advert_text": text})
    assert len(address) <= ADDRESS_MAX + len("/positions/new/?")
    told = filled(address)
    assert told["title"] == "Analyst"
    assert text.startswith(told["advert_text"])
    assert len(told["advert_text"]) > 100


def test_unseen_signs_are_dropped_and_what_is_refused_stays(as_alice: Client) -> None:
    page = as_alice.post("/shared/position/", {"title": "Ana\x00lyst"})
    assert Shown(page.content.decode()).values["title"] == ["Analyst"]
    refused = as_alice.post("/shared/position/", {"page": "nonsense <b>"})
    assert refused.status_code == 422
    assert Shown(refused.content.decode()).values["page"] == ["nonsense <b>"]
    assert "b" not in Shown(refused.content.decode()).tags


@pytest.mark.parametrize("sent", [{}, {"page": "nonsense"}, {"page": "x" * 100_001}, {"text": " "}])
def test_what_is_no_ad_is_said_in_a_sentence(as_alice: Client, sent: dict[str, str]) -> None:
    response = as_alice.post("/shared/position/", sent)
    assert response.status_code == 422
    assert "We found no job ad in what was shared." in response.content.decode()


def test_who_may_fill_in_a_form(as_bob: Client) -> None:
    assert as_bob.post("/shared/position/", {"page": PAGE}).status_code == 404
    kept = Client().post("/shared/position/", {"page": PAGE}).content.decode()
    assert "This isn’t saved yet" in kept
    assert "Sign in in a new tab" in kept


def test_the_form_needs_its_token(alice: Candidate) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice.user)
    assert strict.post("/shared/position/", {"page": PAGE}).status_code == 403


def test_the_code_is_one_link_to_this_site(as_alice: Client) -> None:
    code = code_for("https://hearback.example/shared/")
    scheme, _colon, script = code.partition(":")
    assert scheme == "javascript"
    assert set(script) & set('#"<>\n ') == set()
    plain = unquote(script)
    assert plain.endswith('("https://hearback.example/shared/");')
    assert "HEARBACK" not in plain
    assert len(code) < 8000
    page = as_alice.get("/settings/bookmarklet/")
    assert "readonly>javascript:" in page.content.decode()
    assert 'href="javascript:' not in page.content.decode()


# --- the share sheet ----------------------------------------------------------------------------


def test_the_manifest_takes_links_and_files(client: Client) -> None:
    target = client.get("/manifest.webmanifest").json()["share_target"]
    assert (target["action"], target["method"]) == ("/shared/", "POST")
    assert target["enctype"] == "multipart/form-data"
    [files] = target["params"]["files"]
    assert files["name"] == "file"
    assert {".ics", ".vcf"} <= set(files["accept"])


def test_a_link_without_the_worker(alice: Candidate, as_alice: Client) -> None:
    """Neither a session nor a token is needed, since it only leads on; the sign-in keeps it."""
    sent = {"title": "Analyst", "text": f"See {URL}", "url": ""}
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/shared/", sent)
    assert filled(response["Location"])["url"] == URL
    assert as_alice.post("/shared/", sent)["Location"] == response["Location"]
    assert is_nothing_written()


def test_a_file_without_the_worker_is_asked_for_again(as_alice: Client) -> None:
    file = SimpleUploadedFile("invite.ics", b"BEGIN:VCALENDAR", "text/calendar")
    response = as_alice.post("/shared/", {"file": file, "title": "Invite"})
    assert response["Location"] == "/shared/?lost=1"
    page = as_alice.get("/shared/?lost=1").content.decode()
    assert "We couldn’t keep what you shared." in page
    assert is_nothing_written()


def test_nothing_shared_without_the_worker(client: Client, db: None) -> None:
    assert client.post("/shared/", {})["Location"] == "/shared/?lost=1"


def test_the_page_is_open_and_leads_through_the_sign_in(client: Client, as_bob: Client) -> None:
    page = client.get("/shared/").content.decode()
    assert 'href="/accounts/login/?next=/shared/"' in page
    assert "<form" not in page.partition('id="page"')[2].partition("</main>")[0]
    assert as_bob.get("/shared/")["Location"] == "/start/"


def test_forms_for_files_are_the_importers(as_alice: Client) -> None:
    page = as_alice.get("/shared/").content.decode()
    assert 'action="/interviews/from-invitation/"' in page
    assert 'action="/people/import/"' in page
    assert "no-store" in as_alice.get("/shared/")["Cache-Control"]
