import pytest
from django.test import Client

DARK = '<link rel="stylesheet" href="/static/css/dark.css" media='


def page_of(client: Client, path: str = "/") -> str:
    return " ".join(client.get(path).content.decode().split())


def test_without_a_choice_the_system_decides(client: Client) -> None:
    page = page_of(client)
    assert f'{DARK}"screen and (prefers-color-scheme: dark)">' in page
    assert "data-bs-theme" not in page
    assert page.count('name="theme-color"') == 2


def test_dark_by_choice_signed_out_too_and_never_for_paper(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "/accounts/login/"})
    assert answer["Location"] == "/accounts/login/"
    cookie = answer.cookies["theme"]
    assert (cookie["max-age"], cookie["samesite"]) == (365 * 24 * 3600, "Lax")
    page = page_of(client)
    assert 'data-bs-theme="dark"' in page
    assert f'{DARK}"screen">' in page
    assert '<meta name="theme-color" content="#14171b">' in page
    assert "#faf9f6" not in page


def test_light_by_choice(client: Client) -> None:
    client.post("/theme/", {"theme": "light"})
    page = page_of(client)
    assert 'data-bs-theme="light"' in page
    assert "dark.css" not in page


def test_as_the_system_forgets_the_choice(client: Client) -> None:
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": "system"})
    assert "data-bs-theme" not in page_of(client)


@pytest.mark.parametrize("chosen", ["", "pink", '"><script>'])
def test_nonsense_is_no_choice(client: Client, chosen: str) -> None:
    client.post("/theme/", {"theme": chosen})
    client.cookies["theme"] = chosen
    assert "data-bs-theme" not in page_of(client)


def test_it_is_chosen_by_a_button_and_not_by_looking(client: Client) -> None:
    assert client.get("/theme/").status_code == 405


@pytest.mark.parametrize("path", ["/settings/display/", "/more/"])
def test_it_leads_back_to_the_page_it_was_chosen_on(as_alice: Client, path: str) -> None:
    assert f'name="next" value="{path}"' in page_of(as_alice, path)
    elsewhere = as_alice.post("/theme/", {"theme": "dark", "next": "https://example.org/"})
    assert elsewhere["Location"] == "/"
