"""Messages of the next page, in a cookie whose name keeps other hosts from setting it."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    cookie_name = f"{settings.HOST_PREFIX}messages"


class Storage(FallbackStorage):
    """Cookie first, session for what is too long for one: as Django's own."""

    storage_classes = (HostCookieStorage, SessionStorage)
