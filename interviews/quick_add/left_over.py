"""What no recogniser has taken: the company, the position, and notes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from interviews.quick_add import names
from interviews.quick_add.draft import Known, Person
from interviews.quick_add.line import Line, bare
from interviews.quick_add.people import Met
from interviews.quick_add.places import is_place
from interviews.quick_add.words import (
    CAPITAL,
    COMMON_FIRST,
    FIRM_WORD,
    INTERVIEW,
    JOB,
    JOB_INSIDE,
    JOBS,
    KIND,
    role_of,
)

FILLER = (
    r"(?:I|I['’]m|we|just|had|have|having|got|going|went|was|is|(?-i:[Ii]t)(?:['’]s)?|there['’]s|an?|(?-i:the)"
    r"|The(?!\s+(?-i:[^\W\d_a-z]))|my|our|new|job|on|to|and|of|calling|rang|phoned|invited|scheduled|booked"
    rf"|in(?!\s+(?-i:{CAPITAL}))|next\s+up"
    rf"|{INTERVIEW}(?:ed|ing|s)?:?(?!\s+(?-i:{FIRM_WORD}))|meeting|met|talk|talked|spoke|speaking|call(?!\s+(?:cent|handl|operat|agent))|chat|said|says|video|online"
    r"|onsite|on-site|w/c|wk\s+of|week\s+of|week\s+commencing)"
)
HEAD = re.compile(rf"(?:[\s.,:!?&+–—-]|{FILLER}(?!\w)|{KIND})*", re.I)
TAIL = re.compile(
    rf"(?:\s+(?:{FILLER}|position|role|opening|vacancy|(?-i:post)|at|for|with|from|by|about|re))*"
    r"[\s.,:!?&+–—-]*$",
    re.I,
)
MARK = re.compile(
    rf"(?:^|\s+)(?P<mark>at|@|from|bei|with|w/|(?-i:w)|for(?:\s+an?)?|as(?:\s+an?)?|about|re:?|regarding"
    rf"|(?:in|to)(?=\s+(?-i:{CAPITAL})))\s+",
    re.I,
)

# Such a piece is a sentence, and no name.
REMARK = re.compile(
    r"(?:they|she|he|you|there|no|not|very|nice|good|great|still|also|please|but|so|if"
    r"|because|maybe|quite|really)(?!\w)",
    re.I,
)

WITH = ("with", "w/", "w")
AT = ("at", "@", "from", "bei", "to")
IN = ("at", "@", "in", "bei")
OF_POSITION = ("for", "as", "about", "re", "regarding")
# "Sales assistant H&M": the job first, then a company with a capital.
JOB_FIRST = re.compile(rf"(?P<job>(?i:.*{JOBS}))\s+(?P<company>[^\W\da-zß-ÿ]\S*(?:\s+\S+)*)")
# "Bosch mechanical engineer": capitals first, then the job in small letters.
NAMED_JOB = re.compile(
    rf"(?!{COMMON_FIRST.pattern})"
    r"(?P<company>[^\Wa-zß-ÿ]\S*(?:\s+(?:&\s+)?[^\Wa-zß-ÿ]\S*)*)"
    r"\s+(?P<job>(?!(?:of|and|de|del|di|du|for|für|und|van|von|the|la|le)\s)[a-zß-ÿ].*)"
)
# "tesco cashier": no capitals at all.
LOWER = re.compile(
    rf"(?!{COMMON_FIRST.pattern})(?P<company>[a-zß-ÿ][\w&'’.-]*)\s+(?P<job>[a-zß-ÿ].*)"
)


@dataclass(slots=True)
class Piece:
    """Text between commas, markers and taken pieces, with the marker before it."""

    text: str
    start: int
    end: int
    mark: str
    first: int  # of the marker, for the notes
    is_taken: bool = False


class LeftOver:
    def __init__(self, line: Line, said: dict[str, str], known: Known, met: Met) -> None:
        self._line, self._said, self._known, self._met = line, said, known, met
        self._pieces = list(self._read())

    def _read(self) -> Iterator[Piece]:
        for start, end in self._line.pieces():
            marks = list(MARK.finditer(self._line.open, start + self._head(start, end), end))
            ends = [*(match.start() for match in marks), end]
            yield from self._piece(start, ends[0], "", start)
            for match, until in zip(marks, ends[1:], strict=True):
                mark = match["mark"].split()[0].casefold().rstrip(":")
                yield from self._piece(match.end(), until, mark, match.start("mark"))

    def _head(self, start: int, end: int) -> int:
        found = HEAD.match(self._line.open, start, end)
        return found.end() - start - 1 if found and found.end() > start else 0

    def _piece(self, start: int, end: int, mark: str, first: int) -> Iterator[Piece]:
        head = HEAD.match(self._line.open, start, end)
        inner = head.end() if head else start
        tail = TAIL.search(self._line.open, inner, end)
        until = tail.start() if tail else end
        if text := bare(self._line.text[inner:until]):
            yield Piece(text, inner, until, mark, first)

    def _take(self, what: str, piece: Piece) -> str:
        piece.is_taken = True
        self._line.take(what, piece.start, piece.end)
        return piece.text

    def _first(self, what: str, fits: Callable[[Piece], object]) -> str:
        """Take the first piece that fits."""
        free = (piece for piece in self._pieces if not piece.is_taken and fits(piece))
        found = next(free, None)
        return self._take(what, found) if found else ""

    def companies(self) -> tuple[str, str]:
        """The company and the agency. Who set the interview up, or whose recruiter calls, is the
        agency if another company is named."""
        helper = self._met.recruits_for or self._said.get("set up", "") or self._sender()
        company = self._named()
        if not company and (not helper or self._met.companies or self._is_listed(self._unmarked())):
            company = self._unnamed()
        agency = self._said.get("agency", "")
        if helper and company and company != helper:
            return company, agency or helper
        return company or names.known_or(helper, self._known.companies), agency

    def _sender(self) -> str:
        """As in "Jonas Weber from Hays about a job at Otto"."""
        if sum(each.mark in AT for each in self._pieces) < 2:
            return ""
        met = [span.end for span in self._line.spans if span.what == "person"]
        return self._first(
            "agency",
            lambda each: (
                each.mark in AT
                and any(not self._line.text[end : each.first].strip() for end in met)
            ),
        )

    def _named(self) -> str:
        """As labelled; known; or marked ("at Siemens")."""
        known, met = self._known, self._met.companies
        if labelled := self._said.get("company"):
            return names.known_or(labelled, known.companies)
        if found := next((name for name in met if names.known_as(name, known.companies)), None):
            return names.known_or(found, known.companies)
        if found := self._first("company", self._is_company):
            return names.known_or(found, known.companies)
        if found := self._split():
            return found
        return self._first(
            "company", lambda each: each.mark in AT and not self._is_place(each)
        ) or self._first("company", self._is_for_company)

    def _unnamed(self) -> str:
        """Whom one met; of a known person; or the first piece."""
        theirs = self._company_of(self._met.people)
        titles = [title for title, company in self._known.positions if company == theirs]
        free = [each for each in self._unmarked() if not names.is_same(each.text, titles)]
        free = [each for each in free if not self._line.text[: each.start].endswith("(")]
        inside = [each for each in free if each.text.istitle() or not is_place(each.text)]
        if any(not JOB.search(each.text) or NAMED_JOB.fullmatch(each.text) for each in inside):
            free = inside
        if met := self._met.companies:
            is_first = free and free[0].start < self._met.start and not JOB.search(free[0].text)
            is_listed = self._is_listed(free) and not any(
                p.mark in OF_POSITION for p in self._pieces
            )
            if not is_first and not is_listed:
                return met[0]
        return names.known_or(self._unknown(free), self._known.companies) or theirs

    def _unmarked(self) -> list[Piece]:
        return [
            each
            for each in self._pieces
            if not each.is_taken
            and not REMARK.match(each.text)
            and each.mark not in (*OF_POSITION, *IN, *AT)
            and not self._is_person(each)
        ]

    @staticmethod
    def _is_listed(pieces: list[Piece]) -> bool:
        """Company and position stand between commas."""
        return len(pieces) > 1 and not JOB.search(pieces[0].text)

    def _is_place(self, piece: Piece) -> bool:
        """Once the company is said otherwise, "at Leeds" is a place."""
        before = [each for each in self._unmarked() if each.start < piece.start]
        is_named = any(not JOB.search(each.text) for each in before)
        return self._is_listed(before) or (is_named and is_place(piece.text))

    def _is_for_company(self, piece: Piece) -> bool:
        """As in "interview for Siemens, welder"."""
        is_name = piece.text[0].isupper() and not JOB_INSIDE.search(piece.text)
        return piece.mark == "for" and is_name and any(JOB.search(p.text) for p in self._unmarked())

    def _unknown(self, free: list[Piece]) -> str:
        """The first piece; the second if only the first is a job's title ("Nurse, Charité")."""
        if not free:
            return ""
        if len(free) == 1 and JOB_INSIDE.search(only := free[0].text):
            named = JOB_FIRST.fullmatch(only) or NAMED_JOB.fullmatch(only) or LOWER.fullmatch(only)
            if named and self._cut(free[0], named["job"]):
                return named["company"]
            if COMMON_FIRST.match(only):
                return ""  # "Office manager" is a position
        is_swapped = len(free) > 1 and JOB.search(free[0].text) and not JOB.search(free[1].text)
        return self._take("company", free[1 if is_swapped else 0])

    def _company_of(self, people: list[Person]) -> str:
        """Of the first known person, unless it is the agency."""
        agency = names.known_or(self._said.get("agency", ""), self._known.companies)
        for name in [*(each.name for each in people), *(each.text for each in self._pieces)]:
            person = names.person_known_as(name, self._known, "")
            company = names.company_of(person, self._known) if person else ""
            if company and company != agency:
                return company
        return ""

    def _is_company(self, piece: Piece) -> bool:
        """Past the first piece a word such as "logistics" is no "Acme Logistics"."""
        is_later = piece is not self._pieces[0]
        known = names.known_as(piece.text, self._known.companies, is_start=is_later)
        return known is not None and not self._is_person(piece)

    def _split(self) -> str:
        """Take the known company at an end of a piece, as in "Acme analyst"."""
        for piece in self._pieces:
            if found := names.at_end(piece.text, self._known):
                company, rest = found
                if not self._is_other(piece.text, company, rest) and self._cut(piece, rest):
                    return company
        return ""

    @staticmethod
    def _is_other(typed: str, company: str, rest: str) -> bool:
        """Whether "Goethe Institute" is another company than the known "Institute Ravn"."""
        is_first = typed.startswith(rest)
        said = typed.removeprefix(rest) if is_first else typed.removesuffix(rest)
        beside = rest.split()[-1 if is_first else 0]
        is_short = names.words_of(said) != names.words_of(company)
        return is_short and beside[0].isupper() and not JOB.search(rest)

    def _cut(self, piece: Piece, rest: str) -> bool:
        """Take the company beside the rest of a piece, unless quotes or spaces hide the rest."""
        rest = TAIL.sub("", rest)
        start = self._line.text.find(rest, piece.start, piece.end)
        end = start + len(rest)
        if start < 0:
            return False
        beside = (end, piece.end) if start == piece.start else (piece.start, start)
        self._line.take("company", *beside)
        piece.text, piece.first = rest, start
        piece.start, piece.end = start, end
        return True

    def position(self, company: str) -> str:
        """As labelled; known at this company; marked ("for analyst"); or the first piece left."""
        titles = [title for title, theirs in self._known.positions if theirs == company]
        found = self._said.get("position") or self._first(
            "position", lambda each: names.is_same(each.text, titles)
        )
        found = found or self._first("position", lambda each: each.mark in OF_POSITION)
        if not found and company:
            free = self._unmarked()
            found = self._take("position", free[0]) if free and not is_place(free[0].text) else ""
        return next((title for title in titles if names.is_same(found, [title])), found)

    def _is_person(self, piece: Piece) -> bool:
        """A known name, or a role, as in "and the CTO"."""
        roles = [role_of(part) for part in re.split(r"\s+(?:and|&)\s+", piece.text)]
        if all(roles) and (piece.mark in WITH or not JOB.search(piece.text)):
            return True
        return names.is_same(piece.text, [name for name, _theirs in self._known.people])

    def people(self, company: str) -> list[Person]:
        """Known names left over; of the company's people the first name is enough."""
        people = [name for name, _theirs in self._known.people]
        near = [name for name, theirs in self._known.people if theirs == company]
        found = [
            each
            for each in self._pieces
            if names.is_same(each.text, people) or names.known_as(each.text, near, is_start=True)
        ]
        found = [each for each in found if not each.is_taken]
        return [Person(self._take("person", each)) for each in found]

    def place(self) -> str:
        return self._first("place", lambda each: each.mark in IN) or self._first(
            "place", lambda each: is_place(each.text)
        )

    def notes(self) -> list[tuple[int, str]]:
        """Each with its place in the line."""
        left = [each for each in self._pieces if not each.is_taken]
        return [(p.first, self._line.take("notes", p.first, p.end)) for p in left]
