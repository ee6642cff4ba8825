from django.test import Client


def test_says_what_it_is_for(db: None) -> None:
    response = Client().get("/")
    assert response.status_code == 200
    assert b"When will you hear back?" in response.content


def test_a_candidate_is_led_to_today(as_alice: Client) -> None:
    assert as_alice.get("/")["Location"] == "/today/"


def test_no_page_needs_another_host_or_an_inline_script(as_alice: Client) -> None:
    html = as_alice.get("/today/").content.decode()
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in html
    assert "<style" not in html
    assert " style=" not in html
    assert "onclick" not in html


def test_what_is_not_there(as_alice: Client) -> None:
    response = as_alice.get("/nothing/")
    assert response.status_code == 404
    assert b"Page not found" in response.content


def test_a_form_without_its_token_is_refused_with_a_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert b"This form has expired" in response.content
