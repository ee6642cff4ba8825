"""`python -m tests.faults.smtp_process PORT CONTROL COUNT BEHAVIOUR`: the counting SMTP server.

A process of its own, so that it can be killed and come back. A line of JSON to the control port
sets another behaviour.
"""

import asyncio
import json
import logging
import re
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from tests.faults.behaviour import Behaviour
from tests.faults.delivery_count import DeliveryCount, Event

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
HEADERS_END = b"\r\n\r\n"


class Counting:
    """The handler of all sessions."""

    def __init__(self, deliveries: DeliveryCount, behaviour: Behaviour) -> None:
        self.deliveries = deliveries
        self.behaviour = behaviour
        self._ends = 0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.behaviour.refuse:
            self.deliveries.note(Event.REFUSED, address)
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        recipient, key = envelope.rcpt_tos[0], _message_id(envelope)
        self._ends += 1
        every = self.behaviour.later_every
        if every and self._ends % every == 0:
            self.deliveries.note(Event.LATER, recipient, key)
            return "451 4.7.1 later"
        # Ends here if the client disconnects: then nothing was accepted.
        await asyncio.sleep(self.behaviour.pause)
        if self.behaviour.cut:
            self.behaviour.cut -= 1
            self.deliveries.note(Event.CUT, recipient, key)
            assert server.transport is not None
            server.transport.abort()
            return "250 never heard"
        self.deliveries.note(Event.TAKEN, recipient, key)
        await asyncio.sleep(self.behaviour.answer_pause)
        return "250 taken"

    async def control(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.behaviour = Behaviour(**json.loads(await reader.readline()))
        writer.write(b"ok\n")
        await writer.drain()
        writer.close()


class CountingSession(SMTP):
    """A session that may hang before the end of DATA."""

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        counting = self.event_handler
        assert isinstance(counting, Counting)
        if counting.behaviour.hang and self.envelope is not None and self.envelope.rcpt_tos:
            counting.behaviour.hang -= 1
            counting.deliveries.note(Event.HUNG, self.envelope.rcpt_tos[0])
            await self.push("354 go ahead")
            await asyncio.Event().wait()  # until the client gives up
        await super().smtp_DATA(arg)


def _message_id(envelope: Envelope) -> str:
    content = envelope.content
    assert isinstance(content, bytes)
    found = MESSAGE_ID.search(content.partition(HEADERS_END)[0])
    return found[1].decode() if found else "none"


async def serve(port: int, control: int, counting: Counting) -> None:
    loop = asyncio.get_running_loop()
    here = "127.0.0.1"
    await asyncio.start_server(counting.control, here, control, reuse_address=True)
    server = await loop.create_server(
        lambda: CountingSession(counting, loop=loop), here, port, reuse_address=True
    )
    await server.serve_forever()


def main() -> None:
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # it logs each command
    port, control, deliveries, behaviour = sys.argv[1:]
    counting = Counting(DeliveryCount(Path(deliveries)), Behaviour(**json.loads(behaviour)))
    asyncio.run(serve(int(port), int(control), counting))


if __name__ == "__main__":
    main()
