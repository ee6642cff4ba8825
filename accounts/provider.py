"""The configured OpenID Connect provider (config/openid_connect.py). Allauth finds this module by
its name, and its class by the provider's.

Allauth does not verify the signature of an ID token that came by the back channel, sends no nonce,
and does not compare the subjects of the two responses; this module does.
"""

from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from requests import RequestException

from accounts.absolute_url import absolute_url
from accounts.openid_connect.id_tokens import read_id_token

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def provider_app() -> dict[str, Any] | None:
    """Return the application of config/openid_connect.py, or None if no provider is configured."""
    providers = settings.SOCIALACCOUNT_PROVIDERS
    app: dict[str, Any] | None = providers["openid_connect"]["APPS"][0] if providers else None
    return app


def provider_name() -> str:
    app = provider_app()
    return str(app["name"]) if app else ""


def get_provider(request: HttpRequest) -> "Provider":
    app = provider_app()
    assert app is not None  # otherwise the URL does not exist
    provider: Provider = get_adapter().get_provider(request, app["provider_id"])
    return provider


def nonce_of(state: str) -> str:
    """Derive the nonce from the state, which is bound to the session and used once."""
    return salted_hmac("accounts.provider.nonce", state, algorithm="sha256").hexdigest()


class Endpoints(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    @property
    def openid_config(self) -> dict[str, Any]:
        """Return the provider's endpoints from its discovery document. Raise OAuth2Error."""
        try:
            config = super().openid_config
            issuer = config["issuer"].rstrip("/")
            is_whole = all(self._may_be_asked(config[name]) for name in ENDPOINTS)
        except (RequestException, AttributeError, KeyError, TypeError, ValueError) as wrong:
            raise OAuth2Error("The provider does not say where it is asked.") from wrong
        if issuer != self.provider_id or not is_whole:
            raise OAuth2Error("The provider says that it is another.")
        return dict(config)

    def _may_be_asked(self, url: str) -> bool:
        return url.startswith(("https://", f"{urlsplit(self.provider_id).scheme}://"))

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return absolute_url("accounts:oidc-callback")

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        claims = read_id_token(
            kwargs["response"].get("id_token"),
            keys=self._fetch(self.openid_config["jwks_uri"]),
            issuer=self.openid_config["issuer"],
            client_id=app.client_id,
            nonce=nonce_of(request.GET["state"]),
        )
        email = claims.get("email") or self._userinfo(token.token, claims["sub"]).get("email")
        told = {"sub": claims["sub"], "email": email if isinstance(email, str) else ""}
        return self.get_provider().sociallogin_from_response(request, told)

    def _userinfo(self, access_token: str, subject: str) -> dict[str, Any]:
        """Return the claims of the UserInfo endpoint, where a provider may put the address (Core
        5.4)."""
        endpoint = self.openid_config.get("userinfo_endpoint")
        if not endpoint or not self._may_be_asked(endpoint):
            return {}
        told = self._fetch(endpoint, Authorization=f"Bearer {access_token}")
        if not isinstance(told, dict) or told.get("sub") != subject:
            raise OAuth2Error("The provider speaks of somebody else.")
        return told

    def _fetch(self, url: str, **headers: str) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(url, headers=headers)
            answer.raise_for_status()
            return answer.json()


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = Endpoints
    pkce_enabled_default = True

    def get_default_scope(self) -> list[str]:
        return ["openid", "email"]

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep only the subject."""
        return {}

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        state = get_adapter().generate_state_param({})
        named = {"state_id": state, "auth_params": {"nonce": nonce_of(state)}}
        answer: HttpResponse = super().redirect(request, process, next_url, data, **kwargs | named)
        return answer


provider_classes = [Provider]
