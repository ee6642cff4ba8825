"""A job ad as the values that fill in the form of a new position."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.job_posting import JobAd, Salary

# Bytes of an address: web servers take some 4,000.
ADDRESS_MAX = 3000
SALARIES = {
    "HOUR": gettext_lazy("%(amount)s an hour"),
    "DAY": gettext_lazy("%(amount)s a day"),
    "WEEK": gettext_lazy("%(amount)s a week"),
    "MONTH": gettext_lazy("%(amount)s a month"),
    "YEAR": gettext_lazy("%(amount)s a year"),
}


def values_of(ad: JobAd) -> dict[str, str]:
    """By the form's names; only what the ad says."""
    said = {
        "url": ad.url,
        "title": ad.title,
        "company": ad.company,
        "place": _place(ad),
        "salary": _salary(ad.salary),
        "source": ad.source,
        "advert_text": ad.advert_text,
    }
    return {name: value for name, value in said.items() if value}


def _place(ad: JobAd) -> str:
    if not ad.is_remote:
        return ad.place
    return _("%(place)s, remote") % {"place": ad.place} if ad.place else _("Remote")


def _salary(salary: Salary | None) -> str:
    if salary is None:
        return ""
    said = SALARIES.get(salary.unit)
    return salary.amount if said is None else str(said) % {"amount": salary.amount}


def form_address(values: Mapping[str, str]) -> str:
    """The form's address with these values; the ad's text is cut to what an address can hold."""
    told, advert = dict(values), values.get("advert_text", "")
    while len(urlencode(told)) > ADDRESS_MAX and advert:
        advert = advert[: len(advert) * 3 // 4]
        told["advert_text"] = advert
    if not advert:
        told.pop("advert_text", None)
    path = reverse("dashboard:position-create")
    return f"{path}?{urlencode(told)}" if told else path
