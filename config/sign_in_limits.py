"""Rate limits of everything that opens an account: "amount/time/per whom"
(docs/decisions/shared-limits.md)."""

# Per IP address, per account, or per key: an email address, or for `login_failed` an account as
# seen from one network. Daily limits stop slow attacks; RATE_LIMITS below stops attacks from many
# networks.
ACCOUNT_RATE_LIMITS = {
    "change_password": "5/m/user,20/d/user",
    "confirm_email": "1/10s/key,20/d/key",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key,20/d/key",
    "manage_email": "10/m/user,20/d/user",
    "reauthenticate": "10/m/user",
    "request_login_code": "20/m/ip",
    "reset_password": "20/m/ip",
    "reset_password_from_key": "20/m/ip",
    "signup": "20/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "10/m/ip"}

# Limits outside of allauth (accounts/rate_limits.py).
RATE_LIMITS = {
    # Each redirect to and from the OpenID Connect provider makes a request to it.
    "provider": "30/m/ip",
    # A mail program may fetch every link of a mail at once.
    "signed_link": "60/m/ip",
    # Input of a signed-out visitor is stored in a session's row (accounts/unsaved_input.py).
    "unsaved": "10/m/ip",
    # Lines that visitors type before they have an account (dashboard/interviews/first.py).
    "first_interview": "30/m/ip",
    # Per candidate: each sends a mail to an address that may be anybody's.
    "coaching_invitation": "10/d/key",
    # Both take seconds of a server. So does an unreadable file, which does not count as an import.
    "export": "20/h/key",
    "import": "20/h/key",
    "import_read": "100/h/key",
    # Files of positions, whose reading may take seconds as well.
    "position_import": "60/h/key",
    # Per candidate: each sends a mail to the candidate's own address.
    "reminder_example": "10/d/key",
    # Per candidate: each sends a message to an account that may be anybody's.
    "channel_code": "20/d/key",
    # Mails that a coach causes: requests to coach, and proposals.
    "coaching_request": "20/d/key",
    "proposal": "100/d/key",
    # Forwarded mails, to one candidate and from one server that is no relay of this site. A filter
    # that is set up forwards what comes; a whole mailbox at once must wait.
    "inbound_address": "60/m/key,600/d/key",
    "inbound_peer": "60/m/key",
    # Per account from all networks together (docs/decisions/shared-limits.md).
    "wrong_passwords": "100/d/key",
    # Codes to one email address: from one network, and from all together.
    "code_mail_from_here": "3/m/key,10/d/key",
    "code_mail": "60/d/key",
    # Per code, for longer than it is valid; allauth counts in the session.
    "mailed_code": "3/15m/key",
}
