"""Sign-in by hand: the password, a confirmation, a second factor."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.support.people import PASSWORD

# Long enough that no app's code expires during a test.
PERIOD = 10**9
CONFIRM = "/accounts/reauthenticate/"


def give_password(client: Client, user: User, password: str = PASSWORD) -> HttpResponse:
    return client.post("/accounts/login/", {"login": user.email, "password": password})


def signed_in(user: User, **browser: str) -> Client:
    """A browser in which this user has entered the password."""
    client = Client(**browser)
    assert give_password(client, user).status_code == 302
    return client


def confirm(client: Client) -> None:
    """Confirm the identity, as is required before sensitive actions."""
    assert client.post(CONFIRM, {"password": PASSWORD}).status_code == 302


def set_up_app(user: User) -> Authenticator:
    row: Authenticator = auth.TOTP.activate(user, auth.generate_totp_secret()).instance
    return row


def code_of(app: Authenticator) -> str:
    """The app's present code."""
    counter = next(auth.yield_hotp_counters_from_time())
    secret = get_adapter().decrypt(app.data["secret"])
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def make_recovery_codes(user: User) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def make_passkey(user: User, name: str = "my phone") -> Authenticator:
    """Only its row; browser tests create real ones."""
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=user, type="webauthn", data=data)
