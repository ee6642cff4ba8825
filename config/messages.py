"""Store messages for the next page in a cookie with a prefix that other hosts cannot set."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from accounts.device_keys import WORKER_HEADER


class HostCookieStorage(CookieStorage):
    cookie_name = f"{settings.HOST_PREFIX}messages"


class Storage(FallbackStorage):
    """Cookie first, session if the cookie is too small, as in Django's own storage."""

    storage_classes = (HostCookieStorage, SessionStorage)

    def __iter__(self) -> Iterator[Message]:
        """A page that the service worker stores in the background shows no messages: they belong to
        the page that the reader opens next."""
        return iter(()) if WORKER_HEADER in self.request.headers else super().__iter__()
