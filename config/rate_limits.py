"""How often what opens an account may be tried: "amount/time/per whom"
(docs/decisions/shared-limits.md)."""

# Tries of one address of the network, of one account, or of one key: an
# e-mail address, or for `login_failed` an account as it is tried from one network. What a row has
# per day stops who goes on for days; RATE_LIMITS holds what stops who comes from many networks.
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

# How often what is not allauth's own may be tried (accounts/rate_limits.py).
RATE_LIMITS = {
    # Each way to the provider of OpenID Connect, and each way back, asks it something.
    "provider": "30/m/ip",
    # A mail program may look at every link of a mail at once.
    "signed_link": "60/m/ip",
    # What is sent signed out is kept in a session's row (accounts/unsaved_input.py).
    "unsaved": "10/m/ip",
    # By one candidate: each is a mail to an address that may be anybody's.
    "coaching_invitation": "10/d/key",
    # Both take seconds of a server for each; so does a file that turns out to be unreadable, which
    # is not counted as an import.
    "export": "20/h/key",
    "import": "20/h/key",
    "import_read": "100/h/key",
    # What a coach has mailed to others: requests to be let in, and proposals.
    "coaching_request": "20/d/key",
    "proposal": "100/d/key",
    # On one account from all networks together (docs/decisions/shared-limits.md).
    "wrong_passwords": "100/d/key",
    # Codes to one e-mail address: asked for from one network, and from all together.
    "code_mail_from_here": "3/m/key,10/d/key",
    "code_mail": "60/d/key",
    # Each code, for longer than it is good; allauth's own count is in the session.
    "mailed_code": "3/15m/key",
}
