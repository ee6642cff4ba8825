"""The accessibility page is a link away from everywhere, and names a contact."""

import pytest
from django.test import Client
from pytest_django import Settings


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("mailto:us@example.org", "us@example.org"),
        ("https://example.org/a", "https://example.org/a"),
    ],
)
def test_it_names_whom_to_write_to(
    contact: str, said: str, client: Client, db: None, settings: Settings
) -> None:
    settings.ACCESSIBILITY_CONTACT = contact
    page = client.get("/accessibility/").content.decode()
    assert f'href="{contact}">{said}</a>' in page


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/nowhere/", "/accessibility/"])
def test_strangers_find_it_from_every_page(path: str, client: Client, db: None) -> None:
    assert 'href="/accessibility/"' in client.get(path).content.decode()


def test_so_do_operators(admin_client: Client) -> None:
    assert 'href="/accessibility/"' in admin_client.get("/admin/").content.decode()
