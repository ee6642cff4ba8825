"""An operator is created on the command line, and signs in like everybody else."""

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from tests.accounts.codes import code_in

PASSWORD = "a long enough word"


def test_the_first_sign_in_asks_for_a_code(
    db: None, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="olga@example.org", interactive=False, verbosity=0)
    assert User.objects.get().is_superuser
    client = Client()
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    signed_in = client.post("/accounts/login/", {"login": "olga@example.org", "password": PASSWORD})
    assert signed_in["Location"] == "/accounts/confirm-email/"
    assert client.get("/admin/").status_code == 302
    client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])})
    assert client.get("/admin/").status_code == 200
