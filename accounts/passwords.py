"""What may not be a password here, beside what Django refuses anywhere."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What somebody would try first at the door of this product (OWASP ASVS 5.0, 6.1.2).
WORDS = (
    *("hearback", "interview", "candidate", "recruiter", "coach", "jobsearch", "jobhunt", "career"),
    *("vacancy", "offer", "salary", "hired"),
)
# What such a word is dressed up with: hearback2026!, interview123.
_DRESS = "0123456789 .,!?-_#*+"


class NoWordOfTheTrade:
    def validate(self, password: str, user: Any = None) -> None:
        bare = password.casefold().strip(_DRESS).replace(" ", "")
        if any(bare == word or bare == word * 2 for word in WORDS):
            raise ValidationError(
                _("That is one of the first words that somebody would try here."),
                code="password_of_the_trade",
            )

    def get_help_text(self) -> str:
        return _("It may not be a word like “interview” with a number behind it.")
