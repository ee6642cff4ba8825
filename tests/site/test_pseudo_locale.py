"""Every text that a candidate sees or is sent can be translated."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core import mail as django_mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from coaching import mails
from interviews.models import Mail
from interviews.proof.layouts import layouts
from reminders.sender import send_batch
from reminders.smtp import Delivery
from tests.site import pseudo
from tests.site.conftest import make
from tests.site.reading import Reading
from tests.site.world import World, forget_mails, link_paths, open_pages, pages, sample_pages
from tests.support.inbox import Inbox, text_of
from tests.support.people import make_user

# What an employment office calls its columns stands beside ours, in its own language; the page that
# says so has a name.
OFFICES = [
    each.local for layout in layouts().values() for each in (layout, *layout.columns) if each.local
]
OFFICES += [layout.source for layout in layouts().values() if layout.source]
# The product's name is no text; addresses and the zone database's names are data; Django names
# the hidden fields that only a post made by hand leaves out, and the units of sizes. Files have the
# names that their owner gave them.
ALLOWED = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, OFFICES), key=len, reverse=True))})\b|"
    r"\b(?:TOTAL|INITIAL)_FORMS\b|\bbytes\b|\b\w+\.(?:csv|txt)\b|"
    r"\b(?:Hearback|Bob)\b|https?://\S+|\S+@\S+|\b[\w-]+\.example\S*|\bUTC\b|\b[A-Z][a-z]+/[A-Z][A-Za-z_]+"
)
# Long lists of names out of databases: time zones, and countries with their regions.
LISTS = frozenset({"timezone", "country", "subdivision"})


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pseudo.build(tmp_path_factory.mktemp("pseudo"))


@pytest.fixture
def in_pseudo(catalogue: Path, settings: Settings) -> None:
    settings.LANGUAGES = [(pseudo.LANGUAGE, "Ελληνικά")]
    settings.LANGUAGE_CODE = pseudo.LANGUAGE
    settings.LOCALE_PATHS = [catalogue]
    settings.BASE_URL = "https://hearback.example"


class Findings(list[str]):
    """Each text that cannot be translated, with the page it stands on."""

    def read(self, html: str, where: str) -> None:
        reading = Reading(html, without=LISTS)
        self.check(" ".join(reading.texts), where)
        for text in reading.attributes:
            self.check(text, where)

    def check(self, text: str, where: str) -> None:
        found = pseudo.untranslated(text, allowed=ALLOWED)
        self += [f"{where}: {piece!r}" for piece in found if f"{where}: {piece!r}" not in self]


@pytest.fixture
def findings() -> Iterator[Findings]:
    found = Findings()
    yield found
    assert not found, "cannot be translated:\n" + "\n".join(found)


def test_the_check_finds_what_it_looks_for(in_pseudo: None) -> None:
    found = Findings()
    found.read("<p>⟦Call ⟦Bob⟧ now⟧ Άννα 3</p><a title='Left'>⟦x⟧ over</a>", "here")
    assert found == ["here: 'over'", "here: 'Left'"]


def test_pages(in_pseudo: None, as_alice: Client, world: World, findings: Findings) -> None:
    for name, paths in pages(world).items():
        for path in paths:
            response = as_alice.get(path)
            if name == "dashboard:first-steps" and response.status_code == 302:
                continue  # they are over
            assert response.status_code == 200, path
            findings.read(response.content.decode(), name)


def test_refused_forms(in_pseudo: None, as_alice: Client, world: World, findings: Findings) -> None:
    typed = {"kind": "7", "due": "other", "at_0": "7", "starts_at_0": "7", "due_on": "7"}
    for name, paths in sample_pages(world).items():
        for path in paths:
            if "delete" in path or "cancel" in path or "logout" in path:
                continue
            for data in ({}, typed):
                response = as_alice.post(path, data)
                if response.status_code == 422:
                    findings.read(response.content.decode(), f"{name}, refused")


def test_open_pages(in_pseudo: None, client: Client, world: World, findings: Findings) -> None:
    for name, paths in open_pages(world).items():
        for path in paths:
            findings.read(client.get(path).content.decode(), name)
    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/login/code/"):
        response = client.post(path, {"email": "x", "timezone": "x"})
        assert response.status_code == 422
        findings.read(response.content.decode(), f"{path}, refused")


def test_what_messages_say(in_pseudo: None, as_alice: Client, findings: Findings) -> None:
    """Stopped reminders, a row that is put off, and a page that is not there."""
    findings.read(as_alice.post("/settings/reminders/", follow=True).content.decode(), "paused")
    findings.read(as_alice.post("/reminders/resume/", follow=True).content.decode(), "resumed")
    findings.read(as_alice.get("/nowhere/").content.decode(), "404")


def test_who_is_no_candidate_yet(
    in_pseudo: None, client: Client, db: None, findings: Findings
) -> None:
    client.force_login(make_user("Bob"))
    findings.read(client.get("/start/").content.decode(), "/start/")
    strict = Client(enforce_csrf_checks=True)
    findings.read(strict.post("/accounts/login/", {}).content.decode(), "403")


def test_links_of_mails(in_pseudo: None, client: Client, world: World, findings: Findings) -> None:
    for path in link_paths(world):
        response = client.get(path, follow=True)
        assert response.status_code == 200
        clean = response.request["PATH_INFO"]
        findings.read(response.content.decode(), clean)
        with transaction.atomic():  # so that the step's other links stay alive
            answer = client.post(clean, {"at_0": "7"})
            findings.read(answer.content.decode(), f"{clean}, posted")
            transaction.set_rollback(True)
    findings.read(client.get("/act/nonsense/").content.decode(), "an ended link")
    findings.read(Client().get("/unsubscribe/").content.decode(), "a link that was not opened")
    large = client.post("/theme/", {"next": "x" * 2**20})
    assert large.status_code == 413
    findings.read(large.content.decode(), "too large")


@pytest.mark.parametrize("is_discreet", [False, True])
def test_reminder_mails(
    in_pseudo: None,
    world: World,
    inbox: Inbox,
    settings: Settings,
    findings: Findings,
    is_discreet: bool,
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", inbox.port
    world.alice.has_discreet_subjects = is_discreet
    world.alice.save()
    forget_mails()
    for steps_max in (20, 2):
        settings.MAIL_STEPS_MAX = steps_max
        assert _send() == 1
        forget_mails()
    for each in world.reminders.values():  # each alone, for its subject
        type(each).objects.exclude(pk=each.pk).update(state="settled")
        type(each).objects.filter(pk=each.pk).update(state="waiting", mail=None)
        assert _send() == 1
    assert len(inbox.messages) == 2 + len(world.reminders)
    for message in inbox.messages:
        findings.check(str(message["Subject"]), "subject")
        findings.check(text_of(message), "text")
        html = message.get_body(("html",))
        assert html is not None
        findings.read(html.get_content(), "HTML")


def _send() -> int:
    with Delivery() as delivery:
        return send_batch(now=timezone.now(), delivery=delivery)


def test_mails_of_coaching(in_pseudo: None, db: None, findings: Findings) -> None:
    """As a world is made into which somebody is let in; the others are sent here."""
    world = make()
    accepted = world.alice.coachings.exclude(accepted_at=None).filter(ended_at=None).get()
    mails.tell_accepted(accepted)
    mails.tell_request_accepted(accepted)
    mails.tell_ended(accepted)
    assert len(django_mail.outbox) > 6
    for message in django_mail.outbox:
        findings.check(str(message.subject), "subject")
        findings.check(str(message.body), str(message.subject))


ACCOUNT_MAILS: dict[str, Callable[[Client], object]] = {
    "code": lambda c: c.post("/accounts/login/code/", {"email": "alice@example.org"}),
    "unknown": lambda c: c.post("/accounts/login/code/", {"email": "nobody@example.org"}),
    "reset": lambda c: c.post("/accounts/password/reset/", {"email": "alice@example.org"}),
    "sign up": lambda c: c.post(
        "/accounts/signup/",
        {"email": "new@example.org", "password1": "a long enough word", "timezone": "UTC"},
    ),
    "sign up again": lambda c: c.post(
        "/accounts/signup/",
        {"email": "alice@example.org", "password1": "a long enough word", "timezone": "UTC"},
    ),
}


@pytest.mark.parametrize("kind", ACCOUNT_MAILS)
def test_account_mails(
    in_pseudo: None, client: Client, world: World, findings: Findings, kind: str
) -> None:
    response = ACCOUNT_MAILS[kind](client)
    assert response.status_code == 302, response.content.decode()  # type: ignore[attr-defined]
    assert len(django_mail.outbox) == 1
    message = django_mail.outbox[0]
    code = re.compile(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b")
    findings.check(code.sub("", str(message.subject)), kind)
    findings.check(code.sub("", str(message.body)), kind)
    page = client.get(response["Location"])  # type: ignore[index]
    findings.read(page.content.decode(), f"{kind}, then")
    assert not Mail.objects.filter(kind="account").exists()
