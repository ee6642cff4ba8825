"""The environment for settings: NAME, or the content of the file that NAME_FILE names."""

import environ
from environ.fileaware_mapping import FileAwareMapping


class _Variables(FileAwareMapping):  # type: ignore[misc]  # untyped
    def __getitem__(self, name: str) -> str:
        """Strip the newline that editors add to a secret."""
        value: str = super().__getitem__(name)
        return value.rstrip("\r\n")


class Env(environ.Env):  # type: ignore[misc]  # untyped
    ENVIRON = _Variables()
