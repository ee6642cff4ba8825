"""How the counting SMTP server treats mails."""

from dataclasses import dataclass


@dataclass
class SmtpBehaviour:
    """The counts are used up one by one; afterwards mails are accepted normally."""

    # Seconds before a mail is accepted, so that a small run lasts until its fault.
    pause: float = 0.0
    # Seconds from then to the 250: a sender killed meanwhile cannot know that it was accepted.
    answer_pause: float = 0.0
    # Every nth end of DATA is answered with 451.
    later_every: int = 0
    # How often DATA is invited, and then nothing is read or answered.
    hang: int = 0
    # How many mails are accepted, and the connection lost before the 250.
    cut: int = 0
    # These mailboxes do not exist.
    refuse: tuple[str, ...] = ()
