"""The security headers of every response, over HTTP on one machine and over HTTPS on a real
host."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.config.test_safety_checks import PRODUCTION

SOURCES = ["connect-src", "font-src", "form-action", "img-src", "manifest-src", "script-src"]
SOURCES += ["style-src", "worker-src"]
NOTHING = ["default-src", "base-uri", "frame-ancestors"]


def policy_of(answer: HttpResponse) -> dict[str, str]:
    directives = answer["Content-Security-Policy"].split(";")
    return dict(each.strip().split(" ", 1) for each in directives)


ANSWERS = ["/", "/accounts/login/", "/nothing-here/", "/service-worker.js", "/admin/login/"]
ANSWERS += ["/healthz", "/static/css/base.css", "/static/img/mark.svg", "/static/admin/js/core.js"]


@pytest.mark.parametrize("path", ANSWERS)
def test_pages_may_load_from_here_alone(client: Client, db: None, path: str) -> None:
    answer = client.get(path, follow=True)
    expected = dict.fromkeys(SOURCES, "'self'") | dict.fromkeys(NOTHING, "'none'")
    assert policy_of(answer) == expected


def test_the_admin_is_no_exception(admin_client: Client) -> None:
    assert "unsafe" not in admin_client.get("/admin/")["Content-Security-Policy"]


@pytest.mark.parametrize("path", ANSWERS)
def test_what_else_every_answer_says(client: Client, db: None, path: str) -> None:
    headers = client.get(path, follow=True).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    permissions = headers["Permissions-Policy"].split(", ")
    assert "camera=()" in permissions
    assert "publickey-credentials-get=(self)" in permissions
    assert {each for each in permissions if "*" in each} == set()
    assert not [name for name in headers if name.startswith("Access-Control-")]


def test_over_http_no_promise_is_made_of_https(client: Client, db: None) -> None:
    answer = client.get("/accounts/login/")
    assert "Strict-Transport-Security" not in answer.headers
    assert settings.SESSION_COOKIE_NAME == "sessionid"
    assert not answer.cookies[settings.CSRF_COOKIE_NAME]["secure"]
    assert answer.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"


@pytest.fixture(scope="module")
def deployed() -> dict[str, Any]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    run = subprocess.run(
        [sys.executable, "-m", "tests.config.over_https"],
        env=kept | PRODUCTION | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def test_a_deployment_is_reached_over_https_alone(deployed: dict[str, Any]) -> None:
    assert deployed["plain"] == [301, "https://hearback.example.org/?q=1"]
    assert "max-age=31536000" in deployed["headers"]["Strict-Transport-Security"]
    assert "unsafe" not in deployed["headers"]["Content-Security-Policy"]


def test_its_cookies_come_from_this_host_alone(deployed: dict[str, Any]) -> None:
    assert set(deployed["cookies"]) == {"__Host-csrftoken", "__Host-theme"}
    assert deployed["session"] == ["__Host-sessionid", True]
    for name, told in deployed["cookies"].items():
        assert "Secure" in told, name
        assert "HttpOnly" in told, name
        assert "SameSite=Lax" in told, name
        assert "Path=/" in told, name
        assert "Domain" not in told, name  # a browser refuses __Host- with one


def test_the_cookie_of_a_mails_link_is_of_its_path_alone(deployed: dict[str, Any]) -> None:
    told = deployed["link"].strip()
    assert told.startswith("__Secure-action=")
    for said in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/act/1/"):
        assert said in told.split("; ")
