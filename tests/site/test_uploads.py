"""Pages that only follow an upload: translatable, and complete like any other."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from integrations.feed_address import create_feed
from tests.accounts.sign_in_helpers import confirm
from tests.site.test_guards import look
from tests.site.test_pseudo_locale import Findings, catalogue, findings, in_pseudo
from tests.site.world import World

__all__ = ["catalogue", "findings", "in_pseudo"]

CARDS = """BEGIN:VCARD\nFN:Νέα Ζωή\nORG:Ωμέγα\nTITLE:Διευθύντρια\nEND:VCARD
BEGIN:VCARD\nFN:Άννα Πέτρου\nORG:Άκμη 0\nEMAIL:a@b.example\nTITLE:Ω\nEND:VCARD
BEGIN:VCARD\nFN:Μπεν Νάσος\nORG:Άκμη 0\nEND:VCARD\n"""
EVENT = """BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:77\nSEQUENCE:{sequence}
DTSTART{start}\nSUMMARY:Συζήτηση\nORGANIZER;CN=Άννα Πέτρου:mailto:a@b.example
RRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\nEND:VCALENDAR\n"""


def event(method: str = "REQUEST", sequence: int = 0, start: str = ":20291202T133000") -> str:
    return EVENT.format(method=method, sequence=sequence, start=start)


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("/people/import/", CARDS, 200),
        ("/people/import/", "PK", 422),
        ("/people/import/", "BEGIN:VCARD\nEND:VCARD", 422),
        ("/people/import/", "BEGIN:VCARD\nFN:Ω\nEND:VCARD\n" * 101, 422),
        ("/interviews/from-invitation/", event(), 200),
        ("/interviews/from-invitation/", event(start=";TZID=Ω:20291202T133000"), 200),
        ("/interviews/from-invitation/", event(start=";VALUE=DATE:20291202"), 422),
        ("/interviews/from-invitation/", event().replace(";COUNT=2", ""), 422),
        ("/interviews/from-invitation/", event(method="CANCEL"), 422),
        ("/interviews/from-invitation/", event(method="REPLY"), 422),
        ("/interviews/from-invitation/", "PK", 422),
        ("/settings/import/", "PK", 422),
        ("/positions/import/", "PK", 422),
        ("/positions/import/", "", 422),
    ],
)
def test_what_follows_an_upload(
    in_pseudo: None,
    as_alice: Client,
    world: World,
    findings: Findings,
    path: str,
    content: str,
    status: int,
) -> None:
    file = SimpleUploadedFile("file", content.encode())
    response = as_alice.post(path, {"file": file})
    look(response, path, status=status)
    findings.read(response.content.decode(), path)


def test_a_changed_invitation(
    in_pseudo: None, as_alice: Client, world: World, findings: Findings
) -> None:
    type(world.full).objects.filter(pk=world.full.pk).update(
        invitation_uid="77", invitation_sequence=1
    )
    path = "/interviews/from-invitation/"
    for sequence, status in ((2, 200), (0, 422)):
        file = SimpleUploadedFile("file", event(sequence=sequence).encode())
        response = as_alice.post(path, {"file": file})
        look(response, path, status=status)
        findings.read(response.content.decode(), path)


def test_the_settings_with_a_calendar(
    in_pseudo: None, as_alice: Client, world: World, findings: Findings
) -> None:
    feed = create_feed(candidate=world.alice, now=world.full.starts_at)
    page = as_alice.get("/settings/calendar/").content.decode()
    findings.read(page.replace(feed.token, ""), "/settings/calendar/")
    confirm(as_alice)
    said = as_alice.post("/settings/calendar/renew/", follow=True).content.decode()
    feed.refresh_from_db()
    assert feed.token in said
    findings.read(said.replace(feed.token, ""), "renewed")


def test_the_calendar_itself(
    in_pseudo: None, client: Client, world: World, findings: Findings
) -> None:
    feed = create_feed(candidate=world.alice, now=world.full.starts_at)
    body = client.get(f"/calendar/{feed.token}.ics").content.decode().replace("\r\n ", "")
    for line in body.splitlines():
        if line.startswith(("SUMMARY:", "DESCRIPTION:", "X-WR-CALNAME:")):
            findings.check(line.partition(":")[2].replace("\\n", " "), line)
