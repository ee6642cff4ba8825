"""Find the letter that matters: unwrap forwards to the innermost, and cut off what is older."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from integrations.inbound import deadline, layout
from integrations.inbound.headers import NOBODY, Address, Headers, address_of
from integrations.inbound.html_text import text_of
from integrations.inbound.reading import Mail, Segment
from integrations.inbound.words import clean, fold, words_of

LINES_MAX = 1500
BODY_MAX = 30_000
HTML_MAX = 300_000
LEVELS_MAX = 12
SEGMENTS_MAX = 10
# A plain text with so much fewer words than its HTML says that it is no more than a stub.
STUB = 0.4
# With so many words of its own an employer's mail is no mere cover of what is attached.
COVER_MAX = 40


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as its author sent it. `date` is as written if it comes from a forward's head."""

    sender: Address
    subject: str
    body: str
    moment: datetime | None = None
    written_date: str = ""
    headers: Headers = field(default_factory=lambda: Headers(()))
    mail: Mail | None = None
    is_own: bool = False
    recipients: str = ""
    message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Own:
    """Who forwards: the candidate."""

    name: str
    addresses: frozenset[str]

    def wrote(self, sender: Address) -> bool:
        if sender.email:
            bare = re.sub(r"\+[^@]*@", "@", sender.email)
            is_namesake = bool(self.name) and same_name(sender.name, self.name)
            return sender.email in self.addresses or bare in self.addresses or is_namesake
        return same_name(sender.name, self.name)


def same_name(one: str, other: str) -> bool:
    return bool(one) and sorted(words_of(one)) == sorted(words_of(other))


def innermost(mail: Mail, own: Own) -> Letter:
    """Return the innermost letter of a mail that may forward others."""
    letter = _outer(mail, own)
    for _ in range(LEVELS_MAX):
        deadline.check()
        inner = _attached(letter, own) or _inline(letter, own)
        if inner is None:
            break
        letter = inner
    return letter


def _outer(mail: Mail, own: Own) -> Letter:
    headers = mail.headers
    sender = address_of(headers.get("from")) if headers.has("from") else NOBODY
    ids = " ".join(headers.get(name) for name in ("message-id", "in-reply-to", "references"))
    return Letter(
        sender=sender,
        subject=headers.get("subject"),
        body=body_of(mail.segments),
        moment=headers.moment(),
        headers=headers,
        mail=mail,
        is_own=own.wrote(sender),
        recipients=f"{headers.get('to')} {headers.get('cc')}",
        message_ids=tuple(re.findall(r"<([^<>\s]{1,250})>", ids)),
    )


def body_of(segments: Sequence[Segment]) -> str:
    left, texts = HTML_MAX, []
    for each in segments[:SEGMENTS_MAX]:
        deadline.check()
        texts.append(_chosen(Segment(each.plain, each.html[:left])))
        left -= min(left, len(each.html))
    return "\n\n".join(texts)[:BODY_MAX]


def _is_noise(text: str) -> bool:
    """Tell bytes that are no text, whatever their label says."""
    sample = text[:4000]
    return sum(letter < " " and letter not in "\n\t" for letter in sample) * 30 > len(sample)


def _chosen(segment: Segment) -> str:
    if _is_noise(segment.plain) or _is_noise(segment.html):
        return ""
    if not segment.html:
        return segment.plain[:BODY_MAX]
    plain = segment.plain[:BODY_MAX]
    html = clean(text_of(segment.html))
    known, seen = len(words_of(plain)), len(words_of(html))
    return plain if known > STUB * seen or (known and not seen) else html


def _attached(letter: Letter, own: Own) -> Letter | None:
    if letter.mail is None or not letter.mail.attached:
        return None
    if not letter.is_own and len(words_of(letter.body)) > COVER_MAX:
        return None
    inner = _outer(letter.mail.attached[0], own)
    return replace(inner, moment=inner.moment or letter.moment)


def _inline(letter: Letter, own: Own) -> Letter | None:
    lines = letter.body.split("\n")[:LINES_MAX]
    block = layout.first_block(lines)
    if block is None or not _is_forward(letter, block, lines):
        return None
    return Letter(
        sender=block.sender,
        subject=block.subject or layout.bare_subject(letter.subject)[0],
        body="\n".join(_rest(lines, block)),
        moment=letter.moment,
        written_date=block.date,
        headers=letter.headers if not letter.is_own else Headers(()),
        is_own=own.wrote(block.sender),
        recipients=block.recipients,
        message_ids=letter.message_ids,
        mail=replace_attached(letter.mail),
    )


def replace_attached(mail: Mail | None) -> Mail | None:
    """Keep a mail's calendars, which belong to the letter within; its attached mails were opened."""  # noqa: E501
    return None if mail is None else replace(mail, attached=[])


def _is_forward(letter: Letter, block: layout.Block, lines: Sequence[str]) -> bool:
    if block.is_marked:
        return True
    said = layout.bare_subject(letter.subject)[1]
    if any(layout.is_wrote_line(line) for line in lines[: block.first]):
        return False
    return said == "forward" or (letter.is_own and said != "reply")


def _rest(lines: Sequence[str], block: layout.Block) -> list[str]:
    """Return the lines of the inner letter, without the marks of quotation of the forward."""
    rest = list(lines[block.end :])
    for number, line in enumerate(rest):
        if layout.is_end_marker(line):
            rest = rest[:number]
            break
    filled = [line for line in rest if line.strip()]
    quoted = sum(layout.depth_of(line) > 0 for line in filled)
    if not filled or not ((block.is_quoted and quoted) or quoted >= 0.8 * len(filled)):
        return rest
    last = max(number for number, line in enumerate(rest) if layout.depth_of(line))
    return [layout.without_depth(line, 1) for line in rest[: last + 1]]


def folded_lines(text: str) -> list[str]:
    return [fold(line).strip() for line in text.split("\n")]
