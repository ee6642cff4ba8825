"""One mailbox is one text, however its address is written: with capitals, in full width, with the
letters of a domain or with their ASCII form, which is what Chromium posts for them."""

import unicodedata
from typing import Any

import idna
from django import forms
from django.core.validators import validate_email

from accounts.sanitize import validate_ascii_local_part

WIDE = ("\uff00", "\uffef")  # half and full width, as East Asian keyboards type them


def canonical_address(address: str) -> str:
    """As it is stored, compared and mailed to: in small letters, its domain in ASCII (UTS #46).
    What is no domain is left to whoever checks it."""
    local, at, domain = "".join(map(_narrow, address)).strip().rpartition("@")
    return f"{local.lower()}{at}{_in_ascii(domain)}"


def _narrow(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign) if WIDE[0] <= sign <= WIDE[1] else sign


def _in_ascii(domain: str) -> str:
    if domain.isascii() and "xn--" not in domain.lower():
        return domain.lower()
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return domain.lower()


class AddressField(forms.EmailField):
    """For the address of an account, and of whoever is to be written to. One that has no canonical
    form is refused: it could be written in others, and they would be other accounts."""

    def __init__(self, **kwargs: Any) -> None:
        validators = [validate_ascii_local_part, *kwargs.pop("validators", ())]
        super().__init__(validators=validators, **kwargs)

    def to_python(self, value: Any) -> Any:
        return canonical_address(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        local, _at, domain = value.rpartition("@")
        # Quotes say the same of a mailbox as no quotes.
        if '"' in local or not domain.isascii():
            said = self.error_messages.get("invalid", validate_email.message)
            raise forms.ValidationError(said, code="invalid")
