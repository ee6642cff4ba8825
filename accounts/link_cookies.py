"""A mail's token, moved out of the address into a short-lived cookie: neither the browser's history
nor a log of addresses nor a page it links to gets to know it then."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

SECONDS = 3600
# In each form of such a page: one cookie of a kind serves all tabs, and a link opened in another
# one changes whose it is.
SHOWN = "shown"


def is_of_page(request: HttpRequest, key: UUID) -> bool:
    """Whether the answer is to what the page showed, and not to what was opened since."""
    return request.POST.get(SHOWN) == str(key)


@dataclass(frozen=True, slots=True)
class LinkCookie:
    """Of one kind of link; `salt` keeps it from standing in for another kind's."""

    name: str
    salt: str

    @property
    def _full_name(self) -> str:
        """Its path keeps it from being named __Host-; over HTTPS alone it is sent all the same."""
        return f"{settings.SECURE_PREFIX}{self.name}"

    def put(self, response: HttpResponse, token: str, *, path: str) -> None:
        """Sent back to addresses below `path` alone."""
        response.set_signed_cookie(
            self._full_name,
            token,
            salt=self.salt,
            max_age=SECONDS,
            path=path,
            httponly=True,
            samesite="Lax",
            # By the site's own address: behind a proxy that is not trusted the request seems plain.
            secure=settings.SESSION_COOKIE_SECURE,
        )

    def token(self, request: HttpRequest) -> str:
        """Empty where there is none, or it is not ours, or an hour old."""
        try:
            found = request.get_signed_cookie(self._full_name, salt=self.salt, max_age=SECONDS)
        except (KeyError, BadSignature):
            return ""
        return found or ""
