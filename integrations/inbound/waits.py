"""Find the wait that a letter belongs to: by people, domain, company, position, thread."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from publicsuffixlist import PublicSuffixList

from integrations.inbound import deadline, names, positions
from integrations.inbound.headers import Address
from integrations.inbound.phrases import DATA
from integrations.inbound.words import Text, fold, words_of
from integrations.inbound.world import Person, Wait

ASK = "ask"
# So many words of a letter are searched for names.
WORDS_MAX = 1500
PERSON, THREAD, NAMED, DOMAIN, SENDER, COMPANY, MENTIONED, HINT = 8, 10, 5, 4, 4, 3, 2, 1
# Endings that are reserved for examples and tests (RFC 2606) stand for no company.
RESERVED = (".example", ".test", ".invalid")
NEUTRAL = frozenset(
    [
        "hr",
        "rh",
        "rrhh",
        "recruiting",
        "recruitment",
        "recruiter",
        "recrutement",
        "recrutamento",
        "recruit",
        "jobs",
        "job",
        "career",
        "careers",
        "karriere",
        "bewerbung",
        "bewerbungen",
        "talent",
        "talents",
        "talentos",
        "team",
        "noreply",
        "no",
        "reply",
        "notifications",
        "notification",
        "seleccion",
        "selecao",
        "empleo",
        "hiring",
        "people",
        "personal",
        "personalabteilung",
        "equipo",
        "equipe",
        "de",
        "do",
        "of",
        "the",
        "via",
        "kadry",
        "кадров",
        "отдел",
    ]
)


@dataclass(frozen=True, slots=True)
class Clues:
    """What may tie a letter to a wait. `text` is subject and newest text, `around` adds signature
    and boilerplate, `older` what was quoted."""

    sender: Address
    text: Text
    around: str
    older: str
    code: str
    message_ids: tuple[str, ...] = ()
    reply_to: str = ""
    addresses: tuple[str, ...] = ()
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """`is_known` tells that the sender is one of the wait's people or writes from its company,
    `is_person` that it is one of them; `fits` are the waits between which it asks."""

    wait: str | None
    why: str
    is_known: bool = False
    is_person: bool = False
    fits: tuple[str, ...] = ()


def _ask(fitting: Sequence[Wait], why: str, is_known: bool = False) -> Link:
    return Link(ASK, why, is_known, fits=tuple(each.id for each in fitting))


@cache
def senders() -> dict[str, frozenset[str]]:
    with (DATA / "senders.toml").open("rb") as file:
        data = tomllib.load(file)
    return {key: frozenset(v.split() if isinstance(v, str) else v) for key, v in data.items()}


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def real_domain(domain: str) -> str:
    for ending in RESERVED:
        domain = domain.removesuffix(ending)
    return domain


@cache
def _registered(domain: str) -> str:
    """Return the part of a domain that its owner chose."""
    real = real_domain(domain)
    if "." not in real:
        return real
    return (_suffixes().privatesuffix(real) or real).partition(".")[0]


def is_private(domain: str, own: Iterable[str]) -> bool:
    return _registered(domain) in senders()["private"] or domain in own


def is_shared(domain: str) -> bool:
    parts = real_domain(domain).split(".")
    return _registered(domain) in senders()["shared"] or any(
        p in senders()["shared"] for p in parts[-2:-1]
    )


def domains_of(wait: Wait, own: frozenset[str]) -> set[str]:
    found = (person.email.rpartition("@")[2].lower() for person in wait.people if person.email)
    return {each for each in found if not is_private(each, own) and not is_shared(each)}


def is_within(domain: str, company: str) -> bool:
    return domain == company or domain.endswith("." + company)


class Linker:
    def __init__(self, waits: Sequence[Wait], own_domains: frozenset[str]) -> None:
        self.waits, self.own = waits, own_domains

    def link(self, clues: Clues) -> Link:
        found = self._link(clues)
        is_person = PERSON in self.best.values()
        return replace(found, is_person=is_person)

    def _link(self, clues: Clues) -> Link:
        words = words_of(clues.around)[:WORDS_MAX]
        points: dict[str, int] = {}
        self.known: set[str] = set()
        self.best: dict[str, int] = {}
        reasons: dict[str, list[str]] = {}
        for wait in self.waits:
            deadline.check()
            for value, reason in self._clues(wait, clues, words):
                points[wait.id] = points.get(wait.id, 0) + value
                self.best[wait.id] = max(value, self.best.get(wait.id, 0))
                if value >= DOMAIN:
                    self.known.add(wait.id)
                reasons.setdefault(wait.id, []).append(reason)
        named = {w.id for w in self.waits if positions.sentences_naming(w.position, clues.text)}
        tied = [wait for wait in self.waits if points.get(wait.id, 0) > HINT]
        if not tied:
            return self._by_position(clues, named)
        return self._of_tied(tied, clues, points, reasons, named)

    def _of_tied(
        self,
        tied: list[Wait],
        clues: Clues,
        points: dict[str, int],
        reasons: dict[str, list[str]],
        named: set[str],
    ) -> Link:
        best = max(points[wait.id] for wait in tied)
        top = next(wait for wait in tied if points[wait.id] == best)
        same = [wait for wait in tied if wait.company == top.company]
        others = [w for w in tied if w.company != top.company and points[w.id] == best]
        if others:
            by_name = [w for w in (*same, *others) if w.id in named]
            return (
                Link(by_name[0].id, "the position")
                if len(by_name) == 1
                else _ask(by_name or [*same, *others], "two companies")
            )
        known = any(wait.id in self.known for wait in same)
        why = reasons[top.id][0]
        here = [wait for wait in same if wait.id in named]
        if not here and self._names_other(clues, same):
            return Link(None, f"{why}, but another position", known)
        if len(here) == 1:
            return Link(here[0].id, f"{why} and the position", known)
        return self._among(here or same, clues, points, why, known)

    def _among(
        self, same: list[Wait], clues: Clues, points: dict[str, int], why: str, known: bool
    ) -> Link:
        most = max(points[wait.id] for wait in same)
        first = [wait for wait in same if points[wait.id] == most]
        if len(first) == 1:
            return Link(first[0].id, why, known)
        older = Text(clues.older)
        hinted = [wait for wait in first if positions.sentences_naming(wait.position, older)]
        if len(hinted) == 1:
            return Link(hinted[0].id, f"{why} and the position in the mail below", known)
        return _ask(first, f"{why}, but two waits there", known)

    def _names_other(self, clues: Clues, waits: Sequence[Wait]) -> bool:
        titles = positions.named(clues.text, clues.code)
        return bool(titles) and not any(
            positions.is_same(wait.position, title) for wait in waits for title in titles
        )

    def _by_position(self, clues: Clues, named: set[str]) -> Link:
        """A position alone ties a letter only if nothing speaks for another employer."""
        domain = clues.sender.domain
        shown = [w for w in words_of(clues.sender.name) if w not in NEUTRAL]
        is_neutral = not domain or is_shared(domain) or is_private(domain, self.own)
        if not is_neutral or (shown and is_shared(domain)):
            return Link(None, "")
        here = [w for w in self.waits if w.id in named]
        if len(here) == 1:
            return Link(here[0].id, "the position")
        return _ask(here, "the position of two waits") if here else Link(None, "")

    def _clues(self, wait: Wait, clues: Clues, words: Sequence[str]) -> Iterable[tuple[int, str]]:
        sender, domain = clues.sender, clues.sender.domain
        if wait.message_ids & set(clues.message_ids):
            yield THREAD, "an answer to an earlier mail"
        person = max((self._person(p, wait, clues, words) for p in wait.people), default=(0, ""))
        if person[0]:
            yield person
        company = domains_of(wait, self.own)
        if any(is_within(domain, each) for each in company if domain):
            yield DOMAIN, f"the sender’s domain {domain}"
        elif any(is_within(clues.reply_to.rpartition("@")[2], each) for each in company):
            yield COMPANY, "the address for answers"
        forms = (wait.company, *wait.also_known_as)
        if any(names.names_company(each, words_of(sender.name), sender.name) for each in forms):
            yield SENDER, f"the sender’s name {sender.name}"
        if any(names.names_company(each, words, clues.around) for each in forms):
            yield COMPANY, f"the name {wait.company}"

    def _person(
        self, person: Person, wait: Wait, clues: Clues, words: Sequence[str]
    ) -> tuple[int, str]:
        email = person.email.lower()
        if email and email in (clues.sender.email, clues.reply_to, *clues.addresses):
            return PERSON, f"the sender {email}"
        if names.is_person(person.name, clues.sender.name, clues.sender.email):
            return PERSON, f"the sender’s name {person.name}"
        if email and re.search(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])", fold(clues.around)):
            return MENTIONED, f"the address {email} in the text"
        if names.has_name(person.name, words):
            is_signed = names.has_name(person.name, words_of(clues.signature))
            return DOMAIN if is_signed else MENTIONED + 1, f"the name {person.name}"
        digits = re.sub(r"\D", "", person.phone)[-8:]
        if len(digits) == 8 and digits in re.sub(r"\D", "", clues.around):
            return MENTIONED, f"the number of {person.name}"
        surname = re.split(r"[\W_]+", person.name.strip())[-1]
        if (
            len(surname) > 3
            and surname not in wait.company
            and re.search(rf"(?<!\w){re.escape(surname)}(?!\w)", clues.around)
        ):
            return HINT, f"the name {surname}"
        return 0, ""
