"""Refuse passwords made of words that an attacker of this product would try first."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

# How many characters a password needs besides such words.
WORDS = ("hearback", "interview", "password", "vacancy", "career", "coach", "jobs", "job")
LEFT_AT_LEAST = 4


class ContextWordsValidator:
    def validate(self, password: str, user: User | None = None) -> None:
        left = re.sub("|".join(WORDS), "", password.lower())
        if left != password.lower() and len(left) < LEFT_AT_LEAST:
            raise ValidationError(self.get_help_text(), code="password_context_word")

    def get_help_text(self) -> str:
        return _("Choose a password without easy-to-guess words, such as “interview”.")
