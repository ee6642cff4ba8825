"""A company as its candidate recorded it. A recruitment agency is not the employer."""

import re
import unicodedata

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from interviews.models.checked_row import CheckedRow
from interviews.models.core.candidate import Candidate

NORMALISED_MAX = 200
# Legal forms before or after a name, without their dots.
LEGAL_FORMS = {
    *("ab", "ad", "ag", "aps", "as", "asa", "bhd", "bv", "co", "company", "corp", "corporation"),
    *("doo", "ead", "eg", "eood", "ev", "gbr", "ggmbh", "gmbh", "inc", "incorporated", "kft", "kg"),
    *("kgaa", "lda", "limited", "llc", "llp", "ltd", "ltda", "mbh", "nv", "nyrt", "ohg", "ood"),
    *("oy", "oyj", "plc", "pte", "pty", "pvt", "sa", "sarl", "sas", "sasu", "sdn", "se", "sl"),
    *("slu", "snc", "spa", "spzoo", "srl", "sro", "ug", "und", "and", "zrt"),
    *("ао", "зао", "оао", "ооо", "пао", "тов"),
}


def normalise_name(name: str) -> str:
    """Return one spelling for names that differ only in case, width or spaces.

    It is cut to the column's length, since folding can lengthen a name: “ß” becomes “ss”.
    """
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return folded[:NORMALISED_MAX]


def bare_name(name: str) -> str:
    """Return one spelling for what is most likely one company: Acme, ACME Inc., Acme GmbH & Co.
    KG."""
    plain = re.sub(r"\(.*?\)|株式会社|有限公司", " ", normalise_name(name)).replace(".", "")
    words = re.findall(r"\w+", plain.replace("sp z oo", "spzoo")) or [normalise_name(name)]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    while len(words) > 1 and words[0] in LEGAL_FORMS | {"the"}:
        words.pop(0)
    return "".join(words)


class Company(CheckedRow):
    class Kind(models.TextChoices):
        EMPLOYER = "employer", _("employer")
        PUBLIC = "public", _("public employer")
        AGENCY = "agency", _("recruitment agency")

    class Size(models.TextChoices):
        SMALL = "small", _("under 100 people")
        MEDIUM = "medium", _("100 to 1,000 people")
        LARGE = "large", _("over 1,000 people")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="companies", verbose_name=_("candidate")
    )
    name = models.CharField(_("company"), max_length=200)
    normalised_name = models.CharField(max_length=NORMALISED_MAX, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.EMPLOYER)
    size = models.CharField(_("size"), max_length=10, choices=Size, blank=True)

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["normalised_name"]
        indexes = [
            # For operators' search by the beginning of a name (accounts/admin/search.py).
            models.Index(
                fields=["normalised_name"],
                name="company_by_beginning",
                opclasses=["varchar_pattern_ops"],
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "normalised_name"],
                name="company_name_once_per_candidate",
                violation_error_message=_(
                    "You already have a company with this name. Choose another name."
                ),
            ),
            models.CheckConstraint(condition=~Q(normalised_name=""), name="company_has_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["employer", "public", "agency"])
                & Q(size__in=["", "small", "medium", "large"]),
                name="company_words_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.normalised_name = normalise_name(self.name)
