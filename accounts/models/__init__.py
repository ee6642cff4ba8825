"""Users, their requests about their accounts, and the audit log."""

from accounts.models.audit_entry import AuditEntry
from accounts.models.deletion_request import DeletionRequest
from accounts.models.email_change import EmailChange
from accounts.models.user import User, UserManager

__all__ = ["AuditEntry", "DeletionRequest", "EmailChange", "User", "UserManager"]
