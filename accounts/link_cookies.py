"""Move a mail link's token from the URL into a short-lived cookie, so that neither the browser's
history nor access logs nor linked pages get to know it."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

SECONDS = 3600
# A hidden field of the forms behind such links: all tabs share one cookie, and opening another link
# replaces it.
SHOWN = "shown"


def is_of_page(request: HttpRequest, key: UUID) -> bool:
    """Return whether the form belongs to the link in the cookie, and not to one opened since."""
    return request.POST.get(SHOWN) == str(key)


@dataclass(frozen=True, slots=True)
class LinkCookie:
    """The cookie of one kind of link; `salt` makes it useless for another kind."""

    name: str
    salt: str

    @property
    def _full_name(self) -> str:
        """The cookie has a path, so it cannot use the __Host- prefix; it is sent over HTTPS
        only."""
        return f"{settings.SECURE_PREFIX}{self.name}"

    def put(self, response: HttpResponse, token: str, *, path: str) -> None:
        """Set the cookie for URLs below `path` only."""
        response.set_signed_cookie(
            self._full_name,
            token,
            salt=self.salt,
            max_age=SECONDS,
            path=path,
            httponly=True,
            samesite="Lax",
            # By the site's own URL: behind an untrusted proxy every request looks like plain HTTP.
            secure=settings.SESSION_COOKIE_SECURE,
        )

    def forget(self, response: HttpResponse, *, path: str) -> None:
        response.delete_cookie(self._full_name, path=path, samesite="Lax")

    def token(self, request: HttpRequest) -> str:
        """Return the token, or an empty string if it is missing, forged or an hour old."""
        try:
            found = request.get_signed_cookie(self._full_name, salt=self.salt, max_age=SECONDS)
        except (KeyError, BadSignature):
            return ""
        return found or ""
