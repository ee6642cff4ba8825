"""Read the code from a mail."""

import re

from django.core.mail import EmailMessage


def code_in(mail: EmailMessage) -> str:
    found = re.search(r"^    (\S+)$", str(mail.body), re.MULTILINE)
    assert found is not None
    return found.group(1)
