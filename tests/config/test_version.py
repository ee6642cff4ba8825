"""One version, one licence: where they are written, and who sees them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_operators_read_the_version_in_the_foot_of_the_admin(admin_client: Client) -> None:
    assert f"Hearback {PROJECT['version']}" in admin_client.get("/admin/").content.decode()


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/admin/login/"])
def test_pages_of_strangers_do_not_tell_it(client: Client, db: None, path: str) -> None:
    assert PROJECT["version"] not in client.get(path, follow=True).content.decode()


def test_a_monitor_is_told(client: Client, db: None) -> None:
    assert client.get("/healthz").json()["version"] == PROJECT["version"]


def test_the_licence_is_the_one_that_is_declared() -> None:
    (named,) = PROJECT["license-files"]
    text = (ROOT / named).read_text()
    assert text.startswith(f"{PROJECT['license']} License\n")
    assert "The Hearback authors" in text


@pytest.mark.parametrize("name", ["pyproject.toml", "LICENSE"])
def test_the_image_holds_both(name: str) -> None:
    assert f"!{name}" in (ROOT / ".dockerignore").read_text().splitlines()
