"""How the counting SMTP server treats what comes."""

from dataclasses import dataclass


@dataclass
class SmtpBehaviour:
    """The counts are used up one by one; afterwards mail is simply accepted."""

    # Seconds before a mail is taken over, so that a small run lasts until its fault comes.
    pause: float = 0.0
    # Seconds from then to the 250: whoever is killed meanwhile cannot know that it was taken.
    answer_pause: float = 0.0
    # Each so-manieth end of DATA is answered with 451.
    later_every: int = 0
    # So many times DATA is invited, and then nothing is read or answered.
    hang: int = 0
    # So many mails are taken over, and the connection is lost before the 250.
    cut: int = 0
    # These mailboxes do not exist.
    refuse: tuple[str, ...] = ()
