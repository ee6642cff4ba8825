"""Say what a forwarded mail means: its kind, the wait it belongs to, the days it names.

Values in, values out: the same mail and the same world give the same answer.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from integrations.inbound import reports
from integrations.inbound.appointments import Said, read_days
from integrations.inbound.calendars import Calendar, read_calendars
from integrations.inbound.confirmations import confirmation_of
from integrations.inbound.dates import written_moment
from integrations.inbound.decision import Decision, decide
from integrations.inbound.headers import NOBODY, Address, emails_in
from integrations.inbound.kinds import weigh
from integrations.inbound.layout import bare_subject
from integrations.inbound.letters import Letter, Own, body_of, innermost
from integrations.inbound.newest import Parts, newest
from integrations.inbound.phrases import language_of
from integrations.inbound.reading import Mail, TooLargeError, read_mail
from integrations.inbound.verdicts import Verdict, dmarc_of
from integrations.inbound.waits import Clues, Link, Linker, is_private
from integrations.inbound.words import Text, words_of
from integrations.inbound.world import Candidate, World

__all__ = ["Reading", "TooLargeError", "understand"]

NO_DEADLINE = frozenset({"auto_reply", "bounce", "unrelated", "confirmation_code", "rejection"})
AROUND_MAX = 8_000
WITH_DATES = frozenset({"invitation", "moved"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mail says. `wait` is a wait's id, None or "ask"; `passage` is the sentence that it rests on;
    `dates` are aware, in the owner's zone; `sender` and `written_at` are those of the innermost letter;
    `fits` are the waits between which it asks; `digest` is the same for the same letter, forwarded in
    whatever way; `dmarc` is the receiving host's verdict, empty if it gave none; `message_id` is the letter's own, where the forward tells it; `is_by_hand` tells that the
    owner forwarded it, not a filter."""  # noqa: E501

    owner: str
    kind: str
    wait: str | None
    dates: tuple[datetime, ...]
    zone: str | None
    by_when: date | None
    has_ics: bool
    language: str
    code: str | None
    link: str | None
    doubt: bool
    why: str
    passage: str = ""
    sender: Address = NOBODY
    subject: str = ""
    written_at: datetime | None = None
    is_own_letter: bool = False
    fits: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    digest: str = ""
    dmarc: str = ""
    message_id: str = ""
    is_by_hand: bool = False


def understand(raw: bytes, world: World, owner: Candidate) -> Reading:
    """Read a mail that was delivered to `owner`. Raise TooLargeError or TooSlowError, and nothing
    else."""
    mail = read_mail(raw)
    own = Own(owner.name, frozenset(each.lower() for each in owner.addresses))
    letter = innermost(mail, own)
    return _Case(mail, letter, world, owner, own).reading()


class _Case:
    def __init__(
        self, mail: Mail, letter: Letter, world: World, owner: Candidate, own: Own
    ) -> None:
        self.mail, self.letter, self.world, self.owner = mail, letter, world, owner
        self.own = own
        self.parts: Parts = newest(letter.body, letter.sender, owner.name)
        self.subject = bare_subject(letter.subject)[0]
        self.code = language_of(words_of(f"{self.subject} {self.parts.text}")[:2000])
        self.origin = self._origin()
        calendars = [
            *mail.calendars,
            *(letter.mail.calendars if letter.mail and letter.mail is not mail else ()),
        ]
        self.has_ics = (
            mail.has_ics
            or bool(letter.mail and letter.mail.has_ics)
            or any(m.has_ics for m in mail.attached)
        )
        self.calendar: Calendar = read_calendars(
            list(dict.fromkeys(calendars)), owner.zone, owner.addresses, owner.name
        )
        if letter.mail is None or not letter.body.strip():
            self.parts = replace(self.parts, text=self.parts.text)

    def _origin(self) -> datetime:
        outer = self.mail.headers.moment() or self.world.now
        outer = outer if outer.tzinfo else outer.replace(tzinfo=UTC)
        written = self.letter.moment or outer
        written = written if written.tzinfo else written.replace(tzinfo=UTC)
        if self.letter.written_date:
            said = written_moment(self.letter.written_date, outer, self.owner.zone)
            written = said or written
        # Nothing is forwarded before it was written.
        return written if written <= outer + timedelta(days=1) else outer

    def reading(self) -> Reading:
        found = confirmation_of(self.letter, self.owner.inbound_address)
        if found is not None:
            return self._reading(
                Decision("confirmation_code", found.asked, "a provider’s request to confirm forwarding"),  # noqa: E501
                Link(None, ""), None, code=found.code, confirming=found.link,
            )  # fmt: skip
        if self._is_own():
            return self._reading(
                Decision("unrelated", "", "the candidate's own letter"), self._own_link(), None
            )
        if self._is_services():
            return self._reading(
                Decision("unrelated", "", "a mail of this service"), Link(None, ""), None
            )
        body = Text(self.parts.text)
        weighed = weigh(body, self.code)
        if reports.is_bounce(self.letter, weighed):
            link = self._link(body, failed=reports.failed_recipients(self.letter))
            return self._reading(Decision("bounce", "", "a delivery report"), link, None)
        sentences = {
            number: each.text
            for number, each in enumerate(body.sentences)
            if number not in weighed.office_hours
        }
        said = read_days(sentences, self.code, self.origin, self.owner.zone)
        link = self._link(Text(self.subject, self.parts.text))
        subject = weigh(Text(self.subject), self.code)
        decision = decide(
            self.letter, weighed, subject, said, self.calendar, link, self._sender_is_private()
        )
        if decision.kind == "unrelated":
            link = Link(None, "")
        return self._reading(decision, link, said)

    def _is_own(self) -> bool:
        return self.letter.is_own

    def _is_services(self) -> bool:
        service = self.world.service
        email = self.letter.sender.email
        domain = service.sender.rpartition("@")[2].lower()
        return bool(email) and (
            email == service.sender.lower() or email.endswith(("@" + domain, "." + domain))
        )

    def _sender_is_private(self) -> bool:
        return is_private(self.letter.sender.domain, self._own_domains())

    def _own_domains(self) -> frozenset[str]:
        return frozenset(each.rpartition("@")[2].lower() for each in self.owner.addresses)

    def _link(self, text: Text, failed: list[str] | None = None) -> Link:
        own = {each.lower() for each in self.owner.addresses} | {self.owner.inbound_address.lower()}
        sender = self.letter.sender
        around = (
            f"{self.subject}\n{self.parts.text[:AROUND_MAX]}\n{self.parts.signature[:AROUND_MAX]}"
        )
        older, addresses = self.parts.older, self.calendar.emails
        if failed is not None:
            reached = [each for each in failed if each not in own]
            sender = Address("", reached[0] if reached else "")
            original = self.letter.mail.original if self.letter.mail else None
            inner = (
                f"{original.headers.get('subject')}\n{body_of(original.segments)}"
                if original
                else ""
            )
            text, around, addresses = Text(self.subject, inner), "", tuple(reached)
        reply_to = (
            self.letter.headers.address("reply-to").email if not self.letter.written_date else ""
        )
        clues = Clues(
            sender=sender, text=text, around=around, older=older, code=self.code,
            message_ids=self.letter.message_ids, reply_to=reply_to, addresses=addresses, signature=self.parts.signature,  # noqa: E501
        )  # fmt: skip
        return Linker(self.owner.waits, self._own_domains()).link(clues)

    def _own_link(self) -> Link:
        """The candidate's own letter belongs to the wait of its recipients, whatever it names."""
        reached = tuple(each.lower() for each in emails_in(self.letter.recipients))
        clues = Clues(
            sender=Address("", reached[0] if reached else ""),
            text=Text(self.subject, self.parts.text),
            around=self.subject,
            older=self.parts.older,
            code=self.code,
            message_ids=self.letter.message_ids,
            addresses=reached,
        )
        link = Linker(self.owner.waits, self._own_domains()).link(clues)
        return link if link.is_known else Link(None, "")

    def _message_id(self) -> str:
        """Of a letter in the text of a forward only the forward's is known."""
        is_told = not self.letter.written_date and self.letter.headers.has("message-id")
        return self.letter.message_ids[0] if is_told and self.letter.message_ids else ""

    def _is_by_hand(self) -> bool:
        return self.own.wrote(self.mail.headers.address("from")) and not self.letter.is_own

    def _digest(self) -> str:
        words = words_of(f"{self.subject} {self.parts.text}")
        told = [self.letter.sender.email, *words, *self.calendar.starts]
        return sha256("\n".join(map(str, told)).encode()).hexdigest()

    def _reading(
        self,
        decision: Decision,
        link: Link,
        said: Said | None,
        code: str | None = None,
        confirming: str | None = None,
    ) -> Reading:
        kind = decision.kind
        starts = decision.starts if kind in WITH_DATES else ()
        by_when = (
            said.last_day if said and kind not in NO_DEADLINE and decision.takes_deadline else None
        )
        why = decision.why
        if link.wait and link.why:
            why = f"{why}; linked by {link.why}" if link.wait != "ask" else f"{why}; {link.why}"
        return Reading(
            owner=self.owner.id, kind=kind, wait=link.wait,
            dates=tuple(sorted({each.astimezone(self.owner.zone) for each in starts})),
            zone=said.zone if said and starts else None,
            by_when=by_when, has_ics=self.has_ics, language=self.code, code=code, link=confirming,
            doubt=self._verdict().is_doubtful, dmarc=self._verdict().dmarc,
            why=f"{why[:1].upper()}{why[1:]}.", passage=decision.passage,
            sender=self.letter.sender, subject=self.subject, written_at=self.origin, is_own_letter=self.letter.is_own,  # noqa: E501
            fits=link.fits, message_ids=self.letter.message_ids, digest=self._digest(),
            message_id=self._message_id(), is_by_hand=self._is_by_hand(),
        )  # fmt: skip

    def _verdict(self) -> Verdict:
        return dmarc_of(self.mail.headers.all("authentication-results"), self.world.service.host)
