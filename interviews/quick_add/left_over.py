"""What no recogniser has taken: the company, the position, and notes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from interviews.quick_add import names
from interviews.quick_add.draft import Known, Person
from interviews.quick_add.line import Line, bare
from interviews.quick_add.people import role_of

FILLER = (
    r"(?:I|we|just|had|have|having|got|going|went|was|is|an?|the|my|our|new|job|on|in|to|and|of"
    r"|interview(?:ed|ing)?:?|meeting|talk|talked|call|chat|video|online"
    r"|onsite|on-site)"
)
HEAD = re.compile(rf"(?:[\s.,:!?&+–—-]|{FILLER}(?!\w))*", re.I)
TAIL = re.compile(rf"(?:\s+(?:{FILLER}|position|role|at|for|with|from|by))*[\s.,:!?&+–—-]*$", re.I)
MARK = re.compile(
    r"(?:^|\s+)(?P<mark>at|@|from|bei|with|w/|for(?:\s+an?)?|as(?:\s+an?)?|about)\s+", re.I
)

WITH = ("with", "w/")
OF_POSITION = ("for", "as", "about")
# Words that end the title of a job, in the order of what is said: "mechanical engineer".
JOBS = (
    r"(?<!\w)(?:\w*(?:engineer|developer|designer|manager|analyst|assistant|consultant|specialist"
    r"|technician|scientist|researcher|accountant|planner|teacher|nurse|officer|driver|clerk|buyer"
    r"|writer|editor|architect|director|lawyer|paralegal|secretary|cashier|barista|chef|cook"
    r"|waiter|waitress|electrician|mechanic|welder|carer|therapist|pharmacist|doctor|educator"
    r"|coordinator|administrator|controller|recruiter|representative|agent|trainee|student|receptionist|associate|member"
    r"|leader|operator|worker|advis[eo]r|owner|programmer|auditor|strategist|dentist|chemist)"
    r"|dev|intern|lead|rep|pm|head\s+of\s+.+)s?"
)
JOB = re.compile(JOBS + "$", re.I)
# "Sales assistant H&M": the job first, then a company with a capital.
JOB_FIRST = re.compile(rf"(?P<job>(?i:.*{JOBS}))\s+(?P<company>[^\W\da-zß-ÿ]\S*(?:\s+\S+)*)")
# "Bosch mechanical engineer": capitals first, then the job in small letters.
NAMED_JOB = re.compile(
    r"(?P<company>[^\Wa-zß-ÿ]\S*(?:\s+[^\Wa-zß-ÿ]\S*)*)"
    r"\s+(?P<job>(?!(?:of|and|de|del|di|du|for|für|und|van|von|the|la|le)\s)[a-zß-ÿ].*)"
)


@dataclass(slots=True)
class Piece:
    """Text between commas, markers and taken pieces, with the marker before it."""

    text: str
    start: int
    end: int
    mark: str
    raw: str  # as typed, for the notes
    is_taken: bool = False


class LeftOver:
    def __init__(self, line: Line, said: dict[str, str], known: Known) -> None:
        self._line, self._said, self._known = line, said, known
        self._pieces = list(self._read())

    def _read(self) -> Iterator[Piece]:
        for start, end in self._line.pieces():
            marks = list(MARK.finditer(self._line.open, start + self._head(start, end), end))
            ends = [*(match.start() for match in marks), end]
            yield from self._piece(start, ends[0], "", start)
            for match, until in zip(marks, ends[1:], strict=True):
                mark = match["mark"].split()[0].casefold()
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
            yield Piece(text, inner, until, mark, bare(self._line.text[first:end]))

    def _take(self, what: str, piece: Piece) -> str:
        piece.is_taken = True
        self._line.take(what, piece.start, piece.end)
        return piece.text

    def _first(self, what: str, fits: Callable[[Piece], object]) -> str:
        """Take the first piece that fits."""
        free = (piece for piece in self._pieces if not piece.is_taken and fits(piece))
        found = next(free, None)
        return self._take(what, found) if found else ""

    def company(self, met: list[str], people: list[Person]) -> str:
        """As labelled; known; marked ("at Siemens"); met; of a known person; or the first piece."""
        known = self._known
        if labelled := self._said.get("company"):
            return names.known_or(labelled, known.companies)
        if found := next((name for name in met if names.known_as(name, known.companies)), None):
            return names.known_or(found, known.companies)
        if found := self._first("company", lambda each: self._is_company(each)):
            return names.known_or(found, known.companies)
        if found := self._split():
            return found
        if found := self._first("company", lambda each: each.mark in ("at", "@", "from", "bei")):
            return found
        if met:
            return met[0]
        theirs = self._company_of(people)
        titles = [title for title, company in known.positions if company == theirs]
        free = [
            each
            for each in self._pieces
            if each.mark not in OF_POSITION
            and not self._is_person(each)
            and not names.is_same(each.text, titles)
        ]
        return self._unknown(free) or theirs

    def _unknown(self, free: list[Piece]) -> str:
        """The first piece; the second if only the first is a job's title ("Nurse, Charité")."""
        if not free:
            return ""
        only = free[0].text if len(free) == 1 else ""
        named = JOB_FIRST.fullmatch(only) or NAMED_JOB.fullmatch(only)
        if named and self._cut(free[0], named["job"]):
            return named["company"]
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
                if self._cut(piece, rest):
                    return company
        return ""

    def _cut(self, piece: Piece, rest: str) -> bool:
        """Take the company beside the rest of a piece, unless quotes or spaces hide the rest."""
        start = self._line.text.find(rest, piece.start, piece.end)
        end = start + len(rest)
        if start < 0:
            return False
        beside = (end, piece.end) if start == piece.start else (piece.start, start)
        self._line.take("company", *beside)
        piece.text = piece.raw = rest
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
            found = self._first("position", lambda each: not self._is_person(each))
        return next((title for title in titles if names.is_same(found, [title])), found)

    def _is_person(self, piece: Piece) -> bool:
        """A known name, or a role, as in "and the CTO"."""
        if role_of(piece.text) and (piece.mark in WITH or not JOB.search(piece.text)):
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

    def notes(self) -> list[str]:
        left = [each for each in self._pieces if not each.is_taken]
        for piece in left:
            self._take("notes", piece)
        return [piece.raw for piece in left]
