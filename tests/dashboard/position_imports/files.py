"""Small files, and what is posted for them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from interviews.models import Candidate, PositionImport

URL = "/positions/import/"
HEADINGS = "Company,Position,Applied,Status,Password"
LIST = f"""{HEADINGS}
Nordkai,Baker,2026-03-02,Applied,hunter2
Süd & Co,Miller,2026-03-05,Ghosted,hunter3
,Nobody’s,2026-03-06,Applied,hunter4
Westwind,Cook,2026-03-07,Xyzzy,hunter5
"""
# No day tells whether it or the month comes first.
AMBIGUOUS = """Company,Position,Applied
Nordkai,Baker,03/04/2025
Westwind,Cook,05/06/2025
"""


def upload(client: Client, content: str | bytes, name: str = "list.csv") -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    return client.post(URL, {"file": SimpleUploadedFile(name, data)})


def uploaded(client: Client, candidate: Candidate, text: str = LIST) -> PositionImport:
    assert upload(client, text).status_code == 302
    return PositionImport.objects.filter(candidate=candidate).latest("created_at")


def imported(client: Client, candidate: Candidate, text: str = LIST) -> PositionImport:
    """Uploaded and imported as it was understood."""
    found = uploaded(client, candidate, text)
    assert client.post(f"{URL}{found.pk}/preview/").status_code == 302
    found.refresh_from_db()
    return found


def many(count: int) -> str:
    rows = (f"Firm {n},Role {n},2026-03-02,Applied," for n in range(count))
    return "\n".join([HEADINGS, *rows])


def words(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())
