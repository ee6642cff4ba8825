"""Typed links lead where they seem to lead, in a browser."""

import pytest
from django.core.exceptions import ValidationError

from dashboard.forms.base import link_field
from interviews.models import Interview, Vacancy

SENTENCE = "Enter a link, such as https://example.org/job."
REFUSED = [
    "ftp://example.org/job",
    "ftps://example.org/job",
    "FTP://example.org/job",
    "https://teams.microsoft.com@evil.example/",
    "https://a:b@example.org/job",
    "https://teams.microsoft.com%2F@evil.example/",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("said", REFUSED)
def test_these_are_no_links(said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        link_field("Link").clean(said)
    assert set(refused.value.messages) == {SENTENCE}


@pytest.mark.parametrize("said", REFUSED)
@pytest.mark.parametrize(
    "field", [Interview._meta.get_field("link"), Vacancy._meta.get_field("url")]
)
def test_storage_refuses_them_too(said: str, field: object) -> None:
    with pytest.raises(ValidationError):
        field.clean(said, None)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("https://example.org/@team/job", "https://example.org/@team/job"),
        ("http://example.org:8080/?mail=a@b", "http://example.org:8080/?mail=a@b"),
        ("example.org/job", "https://example.org/job"),
        ("", ""),
    ],
)
def test_these_are(said: str, link: str) -> None:
    assert link_field("Link").clean(said) == link
