"""A port that forwards to a server until it is silenced, as if the network were down."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any


class Relay:
    """Forward connections from `port` of this machine to its port `to`."""

    def __init__(self, port: int, *, to: int) -> None:
        self._port, self._to = port, to
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.answer()

    def answer(self) -> None:
        if self._server is None:
            self._server = self._do(asyncio.start_server(self._join, "127.0.0.1", self._port))

    def fall_silent(self) -> None:
        self._do(self._close())

    def stop(self) -> None:
        self.fall_silent()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in self._open:
            writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        joined = {writer}
        self._open.add(writer)
        try:
            there, onward = await asyncio.open_connection("127.0.0.1", self._to)
            joined.add(onward)
            self._open.add(onward)
            await asyncio.gather(_pass_on(reader, onward), _pass_on(there, writer))
        finally:
            for each in joined:
                each.close()
            self._open -= joined


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(2**16):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()
