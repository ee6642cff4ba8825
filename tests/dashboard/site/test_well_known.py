from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client


def test_where_to_report_a_weakness(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == "http://localhost:8000/.well-known/security.txt"
    expires = datetime.fromisoformat(fields["Expires"].replace("Z", "+00:00"))
    left = expires - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)  # RFC 9116: less than a year


def test_where_to_change_a_password(client: Client, db: None) -> None:
    answer = client.get("/.well-known/change-password")
    assert answer["Location"] == "/accounts/password/change/"
