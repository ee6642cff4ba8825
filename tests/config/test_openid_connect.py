"""The variables of an OpenID Connect provider: all or none, and only over HTTPS."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.openid_connect import openid_connect

URL = "https://id.example.org/realms/one"
WHOLE = {"url": URL, "client_id": "hearback", "secret": "x", "name": ""}


def app_of(**given: str) -> dict[str, object]:
    app: dict[str, object] = openid_connect(**WHOLE | given)["openid_connect"]["APPS"][0]
    return app


def test_without_them_there_is_none() -> None:
    assert openid_connect(url="", client_id="", secret="", name="") == {}
    assert openid_connect(url="", client_id="", secret="", name="Example") == {}


@pytest.mark.parametrize(("given", "name"), [("", "id.example.org"), ("Example", "Example")])
def test_its_name(given: str, name: str) -> None:
    assert app_of(name=given)["name"] == name


@pytest.mark.parametrize("url", [URL, f"{URL}/", f"{URL}/.well-known/openid-configuration"])
def test_its_address_is_one_however_it_is_given(url: str) -> None:
    assert app_of(url=url)["provider_id"] == URL


@pytest.mark.parametrize("url", ["http://localhost:8080", "http://127.0.0.1:9/realms/one"])
def test_on_this_machine_it_needs_no_tls(url: str) -> None:
    assert app_of(url=url)["provider_id"] == url


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"url": ""}, "OIDC_URL"),
        ({"client_id": ""}, "OIDC_CLIENT_ID"),
        ({"secret": ""}, "OIDC_CLIENT_SECRET"),
        ({"client_id": "", "secret": ""}, "OIDC_CLIENT_ID and OIDC_CLIENT_SECRET"),
        ({"url": "http://id.example.org"}, "https://"),
        ({"url": "id.example.org"}, "https://"),
        ({"url": "https://"}, "https://"),
        ({"url": "ftp://localhost"}, "https://"),
        ({"url": f"{URL}/{'x' * 200}"}, "at most 200"),
        ({"url": f"{URL}/{'x' * 200}", "name": "Example"}, "at most 200"),
        ({"url": "http://id.example.org", "name": "Example"}, "https://"),
    ],
)
def test_what_cannot_be(given: dict[str, str], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        app_of(**given)
