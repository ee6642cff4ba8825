"""This instance's key pair for web push (RFC 8292), made once: browsers subscribe to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.encrypted_field import EncryptedTextField


class PushKey(models.Model):
    """The one row has key 1."""

    # PEM, encrypted by accounts.encryption.
    private_key = EncryptedTextField(editable=False)
    # As `applicationServerKey` takes it: an uncompressed P-256 point in unpadded base64url.
    public_key = models.CharField(max_length=100, editable=False)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("key for notifications")
        verbose_name_plural = _("keys for notifications")

    def __str__(self) -> str:
        return self.public_key
