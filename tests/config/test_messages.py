"""A message is shown on the page that the reader opens next, and on no other."""

from django.test import Client

from interviews.models import Candidate

SAID = "Calendar link deleted."
IN_BACKGROUND = {"Hearback-Worker": "1"}


def test_pages_stored_in_the_background_leave_messages(alice: Candidate) -> None:
    """After signing out, too: then the form that is fetched is answered by the sign-in page."""
    client = Client()
    client.force_login(alice.user)
    client.post("/settings/calendar/delete/")
    assert SAID not in client.get("/offline/", headers=IN_BACKGROUND).content.decode()
    assert SAID in client.get("/today/").content.decode()
    assert SAID not in client.get("/today/").content.decode()
    client.post("/accounts/logout/")
    kept = client.get("/kept/", headers=IN_BACKGROUND, follow=True).content.decode()
    assert "Sign in" in kept
    assert "You’re signed out." not in kept
    assert "You’re signed out." in client.get("/").content.decode()
