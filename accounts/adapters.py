"""Customise allauth: its texts, its notices, and equal behaviour for addresses with and without an
account."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from qrcode import make as make_qr
from qrcode.image.svg import SvgPathFillImage

from accounts import email_change_undo, encryption, passkeys, rate_limits
from accounts.absolute_url import absolute_url
from accounts.addresses import canonical_address
from accounts.device_keys import device_name
from accounts.models import User
from accounts.openid_connect import identities
from accounts.reauthentication import first_a_password
from accounts.safe_redirect import is_own_path
from accounts.services import note_failed_sign_in
from accounts.time_zones import zone_of

TOO_MANY = _(
    "Too many attempts. Wait a few minutes and try again. If you used an emailed code, ask for "
    "a new one."
)
WRONG_PASSWORDS = "wrong_passwords"
# IPv6 prefixes with an IPv4 address in the last 32 bits: mapped, translated (RFC 2765), NAT64 (RFC
# 6052).
HOLDING_IPV4 = tuple(map(IPv6Network, ("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
# The only JSON endpoints that stay open; elsewhere allauth would reveal sequential keys.
ANSWERS_SCRIPTS = "mfa_login_webauthn"
OWN_STAGES = {"allauth.mfa.stages.AuthenticateStage": "accounts.sign_in_stages.SecondFactor"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": _("This is already your email address."),
        "email_password_mismatch": _(
            "The email address or password doesn’t match. Check both and try again."
        ),
        "email_taken": _("This email address belongs to another account. Use another one."),
        "enter_current_password": _("That’s not your current password. Try again."),
        "incorrect_code": _("That code doesn’t match. Check it or ask for a new one."),
        "incorrect_password": _("That password doesn’t match. Try again."),
        "rate_limited": TOO_MANY,
        "too_many_login_attempts": TOO_MANY,
    }

    def is_safe_url(self, url: str | None) -> bool:
        return bool(url) and is_own_path(str(url))

    def is_ajax(self, request: HttpRequest) -> bool:
        match = request.resolver_match
        asks = match is not None and match.view_name == ANSWERS_SCRIPTS
        return asks and bool(super().is_ajax(request))

    def get_login_stages(self) -> list[str]:
        return [OWN_STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_failed_sign_in(
            email=credentials["email"], address=self.get_client_ip(request), now=timezone.now()
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return an IPv4 address in its IPv4 form, however it was written. Allauth counts IPv6
        addresses by /64, so all mapped addresses would share one count."""
        written = super().get_client_ip(request)
        return _unmapped(written)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Limit sign-ins from one network, as allauth counts them, and from all networks
        together."""
        super().pre_authenticate(request, **credentials)
        used = rate_limits.count(request, WRONG_PASSWORDS, canonical_address(credentials["email"]))
        if used is None:
            raise self.validation_error("too_many_login_attempts")
        # A correct password takes all of it back.
        self._login_failed_rl_usage.usage += used.usage

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Use one counter for an account, whatever host name the request used."""
        return f"login:{rate_limits.from_here(request, credentials['email'])}"

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Reset the counter: nobody has guessed at a password that was just chosen."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        rate_limits.forget(request, WRONG_PASSWORDS, canonical_address(credentials["email"]))

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Replace the old address by the new one in one transaction."""
        with transaction.atomic():
            return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Build links from the site's own address, not from the host that the request named."""
        links = {name: _at_home(url) for name, url in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, context | links)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        told = {
            "device": device_name(self.request.META.get("HTTP_USER_AGENT", "")),
            "overview_url": absolute_url("mfa_index"),
            **(context or {}),
        }
        if template_prefix == "account/email/email_changed":
            told |= {
                "undo_url": email_change_undo.newest_url(user),
                "days": settings.EMAIL_CHANGE_UNDO_DAYS,
            }
        with timezone.override(zone_of(user)):
            super().send_notification_mail(template_prefix, user, told, email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Send signed-in users back to the page on which they changed the address."""
        if self.request.user.is_authenticated:
            return reverse("mfa_index")
        return str(super().get_email_verification_redirect_url(email_address))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Require a confirmation also from users who have no way to confirm; allauth would let them
        pass."""
        if elsewhere := first_a_password(self.request):
            raise ImmediateHttpResponse(elsewhere)
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use your authenticator app or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Sign in with a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods]


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect the identity to the signed-in user, or sign in the user who owns it. Everybody
        else must verify the address first, also if their account is closed."""
        if sociallogin.state["process"] == AuthProcess.CONNECT:
            # Allauth saves the whole user, which it read before the provider answered.
            assert isinstance(request.user, User)
            request.user.refresh_from_db()
            return
        if sociallogin.is_existing and sociallogin.user.is_active:
            return
        raise ImmediateHttpResponse(identities.ask_for_zone(request, sociallogin))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(identities.did_not_work(request))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("mfa_index")


def _unmapped(written: str) -> str:
    try:
        address = ip_address(written)
    except ValueError:
        return written
    if isinstance(address, IPv6Address) and any(address in net for net in HOLDING_IPV4):
        return str(IPv4Address(int(address) & 0xFFFFFFFF))
    return written


def _at_home(url: str) -> str:
    home = urlsplit(settings.BASE_URL)
    return urlsplit(url)._replace(scheme=home.scheme, netloc=home.netloc).geturl()


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "That code or passkey didn’t work. App codes change every 30 seconds, so check your "
            "phone’s clock and try again."
        ),
        "unverified_email": _("Confirm your email address first."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": passkeys.name(), "name": "Hearback"}

    def build_totp_svg(self, url: str) -> str:
        """Return the SVG for use inside the page: a URL of its own would have to know the secret.
        The background is white because cameras need the contrast."""
        drawn: str = make_qr(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
        return drawn

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return ""
