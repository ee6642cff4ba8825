"""How log lines look: what is told beside the message follows it as key=value."""

import logging

_USUAL = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class LineFormatter(logging.Formatter):
    """For people; LOG_FORMAT=json has the same keys for programs."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        line = super().formatMessage(record)
        beside = {key: value for key, value in vars(record).items() if key not in _USUAL}
        return " ".join([line, *(f"{key}={value}" for key, value in beside.items())])
