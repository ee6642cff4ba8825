"""Absolute URLs for mails and other programs: on the site's own host, whatever host a request
named."""

from django.conf import settings
from django.urls import reverse


def absolute_url(name: str, *args: object) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"
