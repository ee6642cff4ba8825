"""Recognise a mail provider's request to confirm forwarding to the inbound address."""

import re
from dataclasses import dataclass

from integrations.inbound.headers import Address, emails_in
from integrations.inbound.letters import Letter
from integrations.inbound.waits import real_domain, senders
from integrations.inbound.words import fold

CODE = re.compile(r"(?<![\w/=%.-])#?(\d{3}[ -]?\d{3}|\d{4,12})(?![\w/=%-])")
SUBJECT_CODE = re.compile(r"\(#?(\d{6,12})\)")
LINK = re.compile(
    r"https://[^\s<>\"'()\[\]]{8,500}(?:\[[^\s<>\"'()\[\]]{1,100}\][^\s<>\"'()\[\]]{0,300})?"
)
ABOUT = re.compile(
    r"forward|weiterleit|weitergeleit|transfer|transfert|redirec|reenvi|reenc|encaminh|пересыл|переадрес|перенаправ"
)
# A link by which to refuse, to get help or to read terms.
NOT_TO_CONFIRM = re.compile(
    r"(?i)/uf-|support\.|/support|help|/answer|cancel|unsubscribe|privacy|terms|deny|reject|report|learn"
)
CONFIRMS = re.compile(r"(?i)/vf-|verif|confirm|accept|activate|approve|allow|forward")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """`asked` is the line that names the mailbox from which is to be forwarded."""

    code: str | None
    link: str | None
    asked: str = ""


def confirmation_of(letter: Letter, inbound_address: str) -> Confirmation | None:
    """Return code and link if the letter is such a request, else None.

    Only the provider's own mail, addressed to the inbound address itself, is one: a code that was
    sent to the candidate's mailbox may open that mailbox.
    """
    if letter.mail is None or letter.written_date or letter.is_own:
        return None
    headers = letter.headers
    if inbound_address.lower() not in headers.emails("to"):
        return None
    if headers.has("x-forwarded-to", "x-forwarded-for", "resent-from", "x-sieve-redirected-from"):
        return None
    hosts = _hosts(letter.sender)
    if not hosts or len(headers.all("from")) != 1:
        return None
    text = f"{letter.subject}\n{letter.body}"
    if not ABOUT.search(fold(text)):
        return None
    code = SUBJECT_CODE.search(letter.subject) or CODE.search(_without_links(letter.body))
    link = _link(letter, hosts)
    if code is None and link is None:
        return None
    asked = _asked(letter, inbound_address)
    return Confirmation(re.sub(r"\D", "", code[1]) if code else None, link, asked)


def _asked(letter: Letter, inbound_address: str) -> str:
    known = {inbound_address.lower(), letter.sender.email}
    named = (
        line.strip()
        for line in letter.body.split("\n")
        if {each.lower() for each in emails_in(line)} - known
    )
    return next(named, "")


def _without_links(text: str) -> str:
    return re.sub(r"\S*(?:://|@)\S*", " ", text)


def _hosts(sender: Address) -> frozenset[str]:
    """To which this sender's requests link; empty if it asks for none."""
    name, domain = sender.email.rpartition("@")[0], real_domain(sender.domain)
    asking = {f"@{domain}", f"{name}@{domain}"}
    if name in senders()["reserved"]:
        asking.add(f"*@{domain}")
    for row in senders()["confirming"]:
        who, *hosts = row.split()
        if who in asking:
            return frozenset(hosts)
    return frozenset()


def _link(letter: Letter, hosts: frozenset[str]) -> str | None:
    links = [found.group().rstrip(".,;") for found in LINK.finditer(letter.body)]
    html = "\n".join(each.html for each in letter.mail.segments) if letter.mail else ""
    links += [found.group().rstrip(".,;").replace("&amp;", "&") for found in LINK.finditer(html)]
    own = [link for link in links if _leads_to(link, hosts) and not NOT_TO_CONFIRM.search(link)]
    return next((link for link in own if CONFIRMS.search(link)), own[0] if own else None)


def _leads_to(link: str, hosts: frozenset[str]) -> bool:
    """Nothing but a name stands before the path: no user, no port."""
    _scheme, _empty, host, *path = link.split("/")
    return bool(path) and real_domain(host.lower()) in hosts
