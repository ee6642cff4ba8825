"""What the audit log says about sign-ins: who came in and how, who tried, and what was changed."""

from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import AuditEntry, User
from personal_data.audit_text import told
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import code_of, give_password, set_up_app, signed_in
from tests.support.people import PASSWORD


def entries(user: User) -> list[tuple[str, str, str | None, bool]]:
    """The newest first: what, its detail, from where, and whether the owner did it."""
    return [
        (entry.kind, entry.detail, entry.address, entry.actor_id == user.pk)
        for entry in AuditEntry.objects.about(user)
    ]


def test_signing_in_and_how(alice: User, mailoutbox: list[EmailMessage]) -> None:
    signed_in(alice, REMOTE_ADDR="203.0.113.9")
    client = Client(REMOTE_ADDR="203.0.113.10")
    client.post("/accounts/login/code/", {"email": alice.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert entries(alice) == [
        ("signed_in", "with an emailed code", "203.0.113.10", True),
        ("signed_in", "with a password", "203.0.113.9", True),
    ]


def test_a_wrong_password(alice: User) -> None:
    give_password(Client(REMOTE_ADDR="203.0.113.9"), alice, "wrong and wrong")
    assert entries(alice) == [("sign_in_failed", "", "203.0.113.9", False)]


def test_no_more_of_them_than_the_limit_lets_through(alice: User) -> None:
    for _ in range(9):
        give_password(Client(), alice, "wrong and wrong")
    assert len(entries(alice)) == 5


def test_a_wrong_password_of_nobody_is_nobodys_business(db: None) -> None:
    Client().post("/accounts/login/", {"login": "nobody@example.org", "password": PASSWORD})
    assert not AuditEntry.objects.exists()


def test_a_wrong_second_factor(alice: User) -> None:
    app = set_up_app(alice)
    client = Client(REMOTE_ADDR="203.0.113.9")
    give_password(client, alice)
    client.post("/accounts/signing-in/authenticate/", {"code": "12345678"})
    client.post("/accounts/signing-in/authenticate/", {"code": code_of(app)})
    assert entries(alice) == [
        ("signed_in", "with a password", "203.0.113.9", True),
        ("sign_in_failed", "wrong two-step code", "203.0.113.9", False),
    ]


def test_another_password_which_the_user_is_told_too(
    alice: User, mailoutbox: list[EmailMessage]
) -> None:
    client = signed_in(alice)
    new = "quite another word"
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert entries(alice)[0] == ("password_changed", "", None, True)
    assert [mail.subject for mail in mailoutbox] == ["Your password was changed"]


def test_a_wrong_present_password_at_a_change_of_it(alice: User) -> None:
    client = signed_in(alice, REMOTE_ADDR="203.0.113.9")
    new = "quite another word"
    data = {"oldpassword": "wrong and wrong", "password1": new, "password2": new}
    answer = client.post("/accounts/password/change/", data)
    assert b"not your current password" in answer.content
    detail = "wrong current password while changing it"
    assert entries(alice)[0] == ("sign_in_failed", detail, "203.0.113.9", False)
    assert len(entries(alice)) == 2


def test_a_forgotten_password(alice: User, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": alice.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox[0])})
    new = {"password1": "quite another word", "password2": "quite another word"}
    client.post("/accounts/password/reset/complete/", new)
    assert entries(alice)[0] == ("password_changed", "", None, False)
    told_of = told(AuditEntry.objects.about(alice)[0], actor=None)
    assert told_of == "Your password was reset with a code from an email"
    assert mailoutbox[-1].subject == "Your password was changed"


def test_with_somebody_elses_session_too(
    alice: User, charlie: User, mailoutbox: list[EmailMessage]
) -> None:
    """A code is entered where another one is signed in, as on a shared device."""
    client = signed_in(charlie)
    client.post("/accounts/password/reset/", {"email": alice.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox[0])})
    new = {"password1": "quite another word", "password2": "quite another word"}
    client.post("/accounts/password/reset/complete/", new)
    changed = AuditEntry.objects.about(alice).get(kind="password_changed")
    assert changed.actor_id is None


def test_a_sign_up_is_no_change_of_address(db: None, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    data = {"email": "alice@example.org", "password1": PASSWORD, "timezone": "UTC"}
    client.post("/accounts/signup/", data)
    client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])})
    assert [kind for kind, *_rest in entries(User.objects.get())] == ["signed_in"]
