"""What an installed Hearback takes from a phone's share sheet (the manifest's `share_target`,
https://w3c.github.io/web-share-target/)."""

from django.urls import reverse

FILES = ["text/calendar", ".ics", "text/vcard", "text/x-vcard", ".vcf"]


def share_target() -> dict[str, object]:
    """The service worker takes the POST (keepShared in service_worker.js)."""
    return {
        "action": reverse("dashboard:shared"),
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {
            "title": "title",
            "text": "text",
            "url": "url",
            "files": [{"name": "file", "accept": FILES}],
        },
    }
