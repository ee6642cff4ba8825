"""Log what happens to each reminder: one line an event, with the reminder's key.

Searching the log for a key shows its way from the ledger to the server's 250. The lines contain no
address, no name and no subject.
"""

import logging
from collections.abc import Iterable
from uuid import UUID

from interviews.models import Mail

logger = logging.getLogger("hearback.reminders")


def log_event(
    event: str, reminders: Iterable[UUID], *, mail: Mail | None = None, **values: str
) -> None:
    """Log a line for each reminder, or one for a mail without reminders."""
    if not logger.isEnabledFor(logging.INFO):
        return
    about = values if mail is None else {"mail": str(mail.pk), **values}
    is_told = False
    for key in reminders:
        logger.info(event, extra={"reminder": str(key), **about})
        is_told = True
    if not is_told and mail is not None:
        logger.info(event, extra=about)
