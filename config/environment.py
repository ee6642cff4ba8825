"""The environment as settings read it: NAME, or what stands in the file that NAME_FILE names."""

import environ
from environ.fileaware_mapping import FileAwareMapping


class _Variables(FileAwareMapping):  # type: ignore[misc]  # untyped
    def __getitem__(self, name: str) -> str:
        """Without the line's end that an editor leaves behind a secret."""
        value: str = super().__getitem__(name)
        return value.rstrip("\r\n")


class Env(environ.Env):  # type: ignore[misc]  # untyped
    ENVIRON = _Variables()
