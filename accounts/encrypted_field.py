"""A column of `encryption.encrypt`'s values."""

from django.db import models


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Holds what `encrypt` returned, and is read with `try_decrypt`. `manage.py reencrypt_factors`
    finds such columns by this class."""
