"""Store messages for the next page in a cookie with a prefix that other hosts cannot set."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    cookie_name = f"{settings.HOST_PREFIX}messages"


class Storage(FallbackStorage):
    """Cookie first, session if the cookie is too small, as in Django's own storage."""

    storage_classes = (HostCookieStorage, SessionStorage)
