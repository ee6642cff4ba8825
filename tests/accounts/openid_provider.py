"""An OpenID Connect provider on this machine, according to Core 1.0 and Discovery 1.0, for a client
that it knows: it signs its responses with its own key."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import jwt
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User

CLIENT_ID, CLIENT_SECRET = "hearback", "a secret of these two"
BEGIN, CALLBACK = "/accounts/oidc/", "/accounts/oidc/callback/"
ADDRESS, CODE = "/accounts/oidc/address/", "/accounts/login/code/confirm/"
OVERVIEW, ALICE = "/accounts/signing-in/", "alice@example.org"
ZONE = {"timezone": "Europe/Berlin"}


class OpenIDProvider:
    def __init__(self) -> None:
        self.key = self.published_key = generate_private_key(SECP256R1())
        # Responses to falsify.
        self.claims: dict[str, Any] = {}
        self.configuration: dict[str, Any] = {}
        self.userinfo: dict[str, Any] | None = None
        self.is_away = False
        # Who is signed in there, in a real browser.
        self.person: dict[str, Any] = {}
        self.url = ""
        self._granted: dict[str, tuple[dict[str, str], dict[str, Any]]] = {}
        self._told: dict[str, Any] = {}

    def sign_in(self, url: str, *, subject: str, **said: Any) -> str:
        """Sign somebody in on the page that `url` leads to; return where it leads back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert url.startswith(f"{self.url}/authorize?")
        assert (asked["client_id"], asked["response_type"]) == (CLIENT_ID, "code")
        assert set(asked["scope"].split()) == {"openid", "email"}
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self._granted)}"
        self._granted[code] = asked, {"sub": subject, **said}
        parts = urlsplit(asked["redirect_uri"])
        return f"{parts.path}?{urlencode({'code': code, 'state': asked['state']})}"

    def answer(self, path: str, form: dict[str, str], token: str) -> tuple[int, dict[str, Any]]:
        if self.is_away:
            return 503, {}
        if path == "/.well-known/openid-configuration":
            return 200, self._configuration() | self.configuration
        if path == "/keys":
            jwk = jwt.algorithms.ECAlgorithm.to_jwk(self.published_key.public_key(), as_dict=True)
            return 200, {"keys": [jwk | {"kid": "one", "use": "sig", "alg": "ES256"}]}
        if path == "/token":
            return self._exchange(form)
        if path == "/userinfo" and token in self._told:
            return 200, self._told[token] if self.userinfo is None else self.userinfo
        return 404, {}

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked, said = self._granted.pop(form.get("code", ""), ({}, {}))
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
        is_right = (
            form.get("client_id") == CLIENT_ID
            and form.get("client_secret") == CLIENT_SECRET
            and form.get("redirect_uri") == asked.get("redirect_uri")
            and challenge == asked.get("code_challenge")
        )
        if not is_right:
            return 400, {"error": "invalid_grant"}
        token = f"token-{form['code']}"
        self._told[token] = said
        return 200, {
            "access_token": token,
            "token_type": "Bearer",
            "id_token": self._signed({"nonce": asked.get("nonce"), **said}),
        }

    def _signed(self, said: dict[str, Any]) -> str:
        now = int(timezone.now().timestamp())
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, **said}
        kept = {name: value for name, value in (claims | self.claims).items() if value is not None}
        return jwt.encode(kept, self.key, algorithm="ES256", headers={"kid": "one"})


@contextmanager
def serving() -> Iterator[OpenIDProvider]:
    provider = OpenIDProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/authorize?"):
                self._lead_back()
            else:
                self._answer({})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(sent).items()})

        def _lead_back(self) -> None:
            home = parse_qs(urlsplit(self.path).query)["redirect_uri"][0]
            back = provider.sign_in(f"{provider.url}{self.path}", **provider.person)
            self.send_response(302)
            self.send_header("Location", urljoin(home, back))
            self.end_headers()

        def _answer(self, form: dict[str, str]) -> None:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, said = provider.answer(urlsplit(self.path).path, form, token)
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.url = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, args=(0.01,)).start()
        try:
            yield provider
        finally:
            server.shutdown()


def leave(client: Client, path: str = BEGIN, **data: str) -> str:
    """Press the button; return where the page leads."""
    page = client.post(path, data).content.decode()
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert found is not None, page
    return found.group(1).replace("&amp;", "&")


def come_back(
    client: Client, provider: OpenIDProvider, subject: str, path: str = BEGIN, **said: Any
) -> HttpResponse:
    """Go there and back, as a browser does."""
    return client.get(provider.sign_in(leave(client, path), subject=subject, **said))


def join_to(user: User, provider: OpenIDProvider, subject: str = "a1") -> SocialAccount:
    return SocialAccount.objects.create(user=user, provider=provider.url, uid=subject)


def who(client: Client) -> str:
    """Whose account is open in this browser; empty if none is."""
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key).email if key else ""


def subjects_of(email: str) -> list[str]:
    return [*SocialAccount.objects.filter(user__email=email).values_list("uid", flat=True)]
