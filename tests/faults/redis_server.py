"""The run's own Redis without persistence: when stopped, it forgets everything."""

import os
import shutil
from pathlib import Path

import redis

from devserver.broker import find_server
from devserver.process import Child
from tests.support.ports import own_port


class RedisServer:
    def __init__(self, folder: Path) -> None:
        self.port = own_port()
        self._folder = folder
        self._child: Child | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [
            *(shutil.which("redis-server") or find_server(), "--port", str(self.port)),
            *("--bind", "127.0.0.1", "--dir", str(self._folder)),
            *("--save", "", "--appendonly", "no", "--daemonize", "no"),
        ]
        log = self._folder / "redis.log"
        self._child = Child("Redis", command, env=os.environ, log=log)
        self._child.wait_until(self._answers, seconds=20)

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()
        self._child = None

    def empty(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
