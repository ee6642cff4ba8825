"""`manage.py inbound` as a process: STARTTLS, LMTP, what it says of wrong settings, and its end."""

import os
import signal
import smtplib
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command
from pytest_django import Settings

from interviews.models import InboundAddress, InboundMail
from tests.integrations.forwarding.conftest import letter
from tests.support.ports import own_port
from tests.support.running import database_url


def certificate(folder: Path) -> Path:
    """Its own, with its key, in one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return path


def test_by_tls_and_by_lmtp(
    transactional_db: None, address: InboundAddress, tmp_path: Path
) -> None:
    by_smtp, by_lmtp, path = own_port(), own_port(), certificate(tmp_path)
    env = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "INBOUND_LISTEN": f"smtp://127.0.0.1:{by_smtp},lmtp://127.0.0.1:{by_lmtp}",
        "INBOUND_TLS_CERTIFICATE": str(path),
        "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",  # which is away
    }
    command = [sys.executable, "manage.py", "inbound"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Listening")
        with smtplib.SMTP("127.0.0.1", by_smtp, timeout=20) as client:
            client._host = "localhost"  # whose name the certificate has
            client.starttls(context=ssl.create_default_context(cafile=str(path)))
            client.sendmail("", address.email, letter())
        with smtplib.LMTP("127.0.0.1", by_lmtp) as client:
            client.sendmail("", address.email, letter("Another."))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert InboundMail.objects.count() == 2


@pytest.mark.parametrize(
    ("domain", "listen", "said"),
    [
        ("", "smtp://127.0.0.1:2525", "Set INBOUND_DOMAIN"),
        ("in.hearback.example", "127.0.0.1:2525", "is not smtp://HOST:PORT"),
        ("in.hearback.example", "smtp://127.0.0.1", "is not smtp://HOST:PORT"),
        ("in.hearback.example", "smtp://192.0.2.1:2525", "192.0.2.1:2525: Cannot assign"),
    ],
)
def test_wrong_settings(settings: Settings, domain: str, listen: str, said: str) -> None:
    settings.INBOUND_DOMAIN, settings.INBOUND_LISTEN = domain, [listen]
    with pytest.raises(CommandError, match=said):
        call_command("inbound")
