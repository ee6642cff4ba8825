"""What becomes of each reminder, in the log: one line an event, and in each the reminder's key.

Searching a log for one key tells its way from the ledger to the server's 250. No address, no name
and no subject is ever in these lines.
"""

import logging
from collections.abc import Iterable
from uuid import UUID

from interviews.models import Mail

logger = logging.getLogger("hearback.reminders")


def log_event(
    event: str, reminders: Iterable[UUID], *, mail: Mail | None = None, **values: str
) -> None:
    """A line for each reminder; one for a mail that carries none."""
    if not logger.isEnabledFor(logging.INFO):
        return
    about = values if mail is None else {"mail": str(mail.pk), **values}
    is_told = False
    for key in reminders:
        logger.info(event, extra={"reminder": str(key), **about})
        is_told = True
    if not is_told and mail is not None:
        logger.info(event, extra=about)
