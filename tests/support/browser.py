"""What a browser test must not see: errors, blocked content, other hosts."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from accounts.models import User

# Root has no sandbox; the other options keep Chromium from contacting its maker.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-domain-reliability",
]
OWN_HOSTS = {"localhost", "127.0.0.1", None}
REPORT_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) =>
  console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI || 'inline'}`));
"""


class Watch:
    """Collect errors in a test's pages; the test fails at its end if there are any."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self._allowed: list[re.Pattern[str]] = []

    def allow(self, pattern: str) -> None:
        """Expect an error that this test provokes, such as r"status of 422"."""
        self._allowed.append(re.compile(pattern))

    def attach(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._note(f"page error: {error.error}"))
        context.on("request", self._on_request)

    def unexpected(self) -> list[str]:
        return [
            error
            for error in self.errors
            if not any(pattern.search(error) for pattern in self._allowed)
        ]

    def take(self, pattern: str) -> list[str]:
        """Return the matching errors so far, for the caller to judge."""
        taken = [error for error in self.errors if re.search(pattern, error)]
        self.errors = [error for error in self.errors if error not in taken]
        return taken

    def _on_console(self, message: ConsoleMessage) -> None:
        address = message.location.get("url", "")
        # The browser requests this by itself if a page names no icon.
        if message.type == "error" and not address.endswith("/favicon.ico"):
            self._note(f"console error: {message.text} ({address})")

    def _on_request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in OWN_HOSTS:
            self._note(f"asked another host: {request.url}")

    def _note(self, error: str) -> None:
        self.errors.append(error)


def sign_in(page: Page, user: User) -> None:
    """Put a signed-in session into the page's browser, without the sign-in page."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    named = {"name": settings.SESSION_COOKIE_NAME, "value": cookie}
    page.context.add_cookies([{**named, "domain": "localhost", "path": "/"}])
