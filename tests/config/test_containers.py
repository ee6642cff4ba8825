"""What docker-compose.yml, Dockerfile and .env say; tests/services_commands runs their commands."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.make_env import ROOT, make_env

TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
EXAMPLE = (ROOT / ".env.example").read_text()
UNUSED = "no-certificate"
NEEDED = set(re.findall(r"\$\{(\w+):\?", TEXT))
IMAGE = [line.split(" ", 1) for line in (ROOT / "Dockerfile").read_text().splitlines() if line]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".env.example").write_text(EXAMPLE)
    return tmp_path


def variables(text: str) -> dict[str, str]:
    return dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))


def unless_told(text: str) -> str:
    """As compose fills it in without .env."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def test_the_server_for_forwarded_mails_gets_its_certificate() -> None:
    """By the lines of .env that docs/inbound.md names."""
    service = SERVICES["inbound"]
    told = variables((ROOT / "docs" / "inbound.md").read_text().replace("\n    ", "\n"))
    for name in ("INBOUND_TLS_CERTIFICATE", "INBOUND_TLS_KEY"):
        assert service["environment"].get(name, "") is None  # compose takes it from .env
        assert told[name].startswith("/certificate/")
    (mounted,) = service["volumes"]
    assert mounted == f"${{INBOUND_TLS_FOLDER:-{UNUSED}}}:/certificate:ro"
    assert UNUSED in yaml.safe_load(TEXT)["volumes"]
    assert {"INBOUND_TLS_FOLDER", "INBOUND_PUBLISH"} <= told.keys()
    assert "${INBOUND_PUBLISH:-127.0.0.1:2525}:2525" in service["ports"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_runs_with_as_little_as_it_can(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "cap_add" not in service
    assert "privileged" not in service
    is_ours = service["image"] == "hearback"
    assert is_ours != ("user" in service)  # our image names one itself
    assert all(unless_told(port).startswith("127.0.0.1:") for port in service.get("ports", []))


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_that_stays_is_looked_at(name: str) -> None:
    """The web by the image's own check."""
    has_one = bool(SERVICES[name].get("healthcheck", {}).get("test"))
    assert has_one == (name not in {"web", "migrate"})
    assert any(word == "HEALTHCHECK" for word, _ in IMAGE)


def test_no_password_is_written_in_it() -> None:
    told = [
        (name, value)
        for service in SERVICES.values()
        for name, value in (service.get("environment") or {}).items()
        if value is not None
    ]
    written = [re.search(r"://[^/:]*:(.+)@", value) for _, value in told]
    passwords = [each[1] for each in written if each]
    secret = re.compile("PASSWORD|SECRET|AUTH|TOKEN")
    passwords += [value.removeprefix("hearback:") for name, value in told if secret.search(name)]
    assert len(passwords) > len(NEEDED)
    assert all(re.fullmatch(r"\$\{\w+:\?[^}]+\}", each) for each in passwords)


def test_what_the_example_offers_reaches_every_process_of_ours() -> None:
    offered = set(re.findall(r"^# (\w+)=", EXAMPLE, re.MULTILINE))
    assert "OIDC_URL" in offered
    ours = [service for service in SERVICES.values() if service["image"] == "hearback"]
    assert [offered - set(service["environment"]) for service in ours] == [set()] * len(ours)


def test_make_env_writes_what_it_needs_for_its_owner_alone(folder: Path) -> None:
    assert make_env(folder) is None
    made = folder / ".env"
    assert made.stat().st_mode & 0o777 == 0o600
    told = variables(made.read_text())
    secrets = {name: value for name, value in told.items() if name in NEEDED}
    assert set(secrets) == NEEDED
    assert len(set(secrets.values())) == len(NEEDED)
    # As they are in an address and behind an = sign, and long enough for the settings.
    assert all(re.fullmatch(r"[\w-]{50,}", value) for value in secrets.values())
    given = variables(EXAMPLE)
    assert {name: told[name] for name in given if given[name]} == {
        name: value for name, value in given.items() if value
    }


def test_a_second_time_it_leaves_what_is_there(folder: Path) -> None:
    (folder / ".env").write_text("SECRET_KEY=mine\n")
    assert "is there already" in (make_env(folder) or "")
    assert (folder / ".env").read_text() == "SECRET_KEY=mine\n"


def test_secrets_are_neither_committed_nor_in_the_image() -> None:
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()
    admitted = (ROOT / ".dockerignore").read_text().splitlines()
    assert admitted[0] == "*"
    assert not [line for line in admitted if line.startswith("!.")]
