"""How a counting server treats mails, or notifications."""

from dataclasses import dataclass


@dataclass
class Behaviour:
    """The counts are used up one by one; afterwards everything is accepted normally."""

    # Seconds before a mail is accepted, so that a small run lasts until its fault.
    pause: float = 0.0
    # Seconds from then to the answer: a sender killed meanwhile cannot know that it was accepted.
    answer_pause: float = 0.0
    # Every nth is answered with 451, at the end of DATA, or with 503.
    later_every: int = 0
    # How often one is invited, and then nothing is read or answered.
    hang: int = 0
    # How many are accepted, and the connection lost before the answer.
    cut: int = 0
    # These mailboxes, or devices, do not exist.
    refuse: tuple[str, ...] = ()
