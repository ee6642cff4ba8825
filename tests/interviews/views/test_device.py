from django.test import Client

from interviews.models import Candidate


def test_who_is_signed_in_is_told_by_an_opaque_key(
    as_alice: Client, as_charlie: Client, client: Client, alice: Candidate
) -> None:
    told = as_alice.get("/device/").json()
    assert told["reader"] == as_alice.get("/device/").json()["reader"]
    assert told["reader"] != as_charlie.get("/device/").json()["reader"]
    assert str(alice.user.pk) not in told["reader"]
    assert client.get("/device/").json()["reader"] is None


def test_every_page_says_whose_it_is(as_alice: Client, client: Client) -> None:
    key = as_alice.get("/device/").json()["reader"]
    assert as_alice.get("/today/")["Hearback-Reader"] == key
    assert as_alice.get("/nowhere/")["Hearback-Reader"] == key
    assert client.get("/")["Hearback-Reader"] == "none"
    assert "Hearback-Reader" not in client.get("/today/")  # a redirect is no page


def test_its_token_lets_a_post_through(alice: Candidate) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice.user)
    assert strict.post("/reminders/pause/").status_code == 403
    token = strict.get("/device/").json()["token"]
    answer = strict.post("/reminders/pause/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 302


def test_it_is_never_kept(client: Client) -> None:
    assert "no-store" in client.get("/device/")["Cache-Control"]


def test_signing_out_clears_what_the_browser_keeps(as_alice: Client) -> None:
    assert "Clear-Site-Data" not in as_alice.get("/accounts/logout/")
    assert "Clear-Site-Data" not in Client().get("/accounts/logout/")
    assert "Clear-Site-Data" not in as_alice.post("/reminders/pause/")
    answer = as_alice.post("/accounts/logout/")
    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
