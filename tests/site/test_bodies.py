"""A request carries at most a megabyte, except on pages that take a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from integrations.position_import import FILE_BYTES
from tests.site.addresses import every_address
from tests.site.test_guards import look
from tests.site.world import World

MEGABYTE = 2**20
CARDS, INVITATION = "dashboard:interlocutor-import", "dashboard:interview-import"
ATTACHED, POSITIONS = "dashboard:attachment-create", "dashboard:position-import-create"
# How many MB each takes.
UPLOADS = {CARDS: 25, INVITATION: 25, "dashboard:data-import": 60, ATTACHED: 2}
UPLOADS |= {POSITIONS: FILE_BYTES // MEGABYTE}
ELSEWHERE = ["/theme/", "/people/new/", "/accounts/login/", "/admin/login/", "/act/nonsense/"]


def said(client: Client, path: str, length: int, method: str = "POST") -> HttpResponse:
    """A request that says so much of its length, and brings nothing that could be read."""
    return client.generic(method, path, CONTENT_LENGTH=str(length))


@pytest.mark.parametrize("path", ELSEWHERE)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_body_that_is_too_long_is_refused_unread(
    as_alice: Client, world: World, path: str, method: str
) -> None:
    page = said(as_alice, path, MEGABYTE + 1, method)
    look(page, path, status=413)
    assert "You can send up to 1 MB at a time." in page.content.decode()


def test_what_fits_is_taken(as_alice: Client, world: World) -> None:
    page = as_alice.post("/people/new/", {"name": "", "notes": "x" * (MEGABYTE - 2000)})
    assert page.status_code == 422


def test_it_is_refused_before_the_sign_in_and_before_the_token_is_sought(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/people/new/", {"notes": "x" * MEGABYTE}).status_code == 413


@pytest.mark.parametrize("name", sorted(UPLOADS))
def test_a_file_may_be_larger_up_to_its_own_limit(
    as_alice: Client, world: World, name: str
) -> None:
    path = reverse(name, args=[world.applied.pk] if name == ATTACHED else [])
    file = SimpleUploadedFile("x", b"\x00" * min(UPLOADS[name], 3) * MEGABYTE)
    assert as_alice.post(path, {"file": file}).status_code == 422  # read, and no such file
    page = said(as_alice, path, (UPLOADS[name] + 1) * MEGABYTE)
    look(page, path, status=413)
    assert f"You can send up to {UPLOADS[name]} MB at a time." in page.content.decode()


@pytest.mark.parametrize("name", [CARDS, INVITATION])
def test_what_a_file_is_tells_its_content_not_its_name(
    as_alice: Client, world: World, name: str
) -> None:
    path = reverse(name)
    picture = SimpleUploadedFile("cards.vcf", b"\x89PNG\r\n\x1a\n" + bytes(100), "text/vcard")
    page = as_alice.post(path, {"file": picture})
    assert page.status_code == 422
    said = page.content.decode()
    assert ". Export your contacts as .vcf." in said or ". Save it as .ics." in said
    card = "BEGIN:VCARD\nFN:Anna\nEND:VCARD\n"
    event = "BEGIN:VEVENT\nUID:1\nDTSTART:20291202T133000Z\nEND:VEVENT\n"
    truly = card if "interlocutor" in name else f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n"
    misnamed = SimpleUploadedFile("x.exe", truly.encode(), "image/png")
    assert as_alice.post(path, {"file": misnamed}).status_code == 200


def test_many_files_or_fields_at_once_are_refused(as_alice: Client, world: World) -> None:
    files = [SimpleUploadedFile(f"{n}.vcf", b"BEGIN:VCARD") for n in range(2)]
    assert as_alice.post("/people/import/", {"file": files}).status_code == 400
    assert as_alice.post("/people/new/", {f"x{n}": "" for n in range(1001)}).status_code == 400


def test_only_these_pages_take_files() -> None:
    assert {
        each.name for each in every_address() if hasattr(each.view, "body_max")
    } == UPLOADS.keys() | {"dashboard:mail-inbound"}  # after its secret
