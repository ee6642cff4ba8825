"""With whom: "with Anna Petrova (HR) and Tom Ek", "Siemens recruiter Katharina Vogt"."""

import re
from dataclasses import dataclass, field

from interviews.quick_add import words
from interviews.quick_add.draft import Known, Person
from interviews.quick_add.line import QUOTED, TAKEN, Line, bare
from interviews.quick_add.names import known_as, person_known_as, words_of
from interviews.quick_add.words import (
    ANY_ROLE,
    CLEAR_ROLE,
    FIRM,
    FIRM_WORD,
    FULL_NAME,
    JOB_INSIDE,
    NAME,
    PROFESSOR,
    role_of,
)

WITH = re.compile(
    r"(?<!\w)(?P<met>(?:interview|meeting|talk|call|chat|round|screening|zoom|teams|skype)\s+)?"
    rf"(?:with|w/|(?-i:w)(?=\s)|mit|met(?:\s+with)?|saw(?!\s+(?-i:{FIRM_WORD}))|(?P<spoke>(?:spoke|talked|speak|talking)\s+(?:to|with)"
    r"|(?:interviewed|invited)\s+by))\s+"
    rf"(?:(?:the|their|my)\s+)?(?:(?P<role>{ANY_ROLE}),?\s+(?-i:(?={NAME})))?",
    re.I,
)
# "Siemens recruiter Katharina Vogt": whose recruiter, and the role before the name.
ROLE_FIRST = re.compile(
    rf"(?<!\w)(?:(?i:with|w/|met|and)\s+)?(?:(?i:the|their|her|his|my)\s+)?(?:(?P<firm>{FIRM})(?:['’]s)?\s+)??"
    rf"(?P<role>(?i:{CLEAR_ROLE})):?\s+(?={FULL_NAME})"
)
PIECE_ROLE = re.compile(rf"\s*(?:(?i:the|their)\s+)?(?P<role>(?i:{ANY_ROLE})):?\s+(?={FULL_NAME})")
# After a single name only these are a role: "Marlow, manager" is a company and a position.
CLEAR = re.compile(r"\s*(?:\(|from\s+(?:HR|recruiting)(?!\w))", re.I)
WORDS = re.compile(r"[\w'’-]+(?:\s+[\w'’-]+){0,3}")
FULL = re.compile(FULL_NAME)
PERSON = re.compile(NAME)
ROLE = re.compile(
    r"\s*(?:\((?P<inside>[^()\0\1]*)\)|from\s+(?P<from>HR|recruiting)(?!\w)"
    r"|,\s*(?:(?:the|their)\s+)?(?P<after>[\w -]+?)(?=\s*(?:[\0,;]|$|\bof\s)))",
    re.I,
)
THEIR_HR = re.compile(r"\s+(?:HR|[Rr]ecruiting|[Rr]ecruitment)$")
EMPLOYER = re.compile(rf"\s+(?i:from|at|of)\s+(?P<firm>{NAME})")
INTERVIEW = re.compile(
    rf"(?:{words.INTERVIEW}|int|screen|screening|round|call|meeting|chat|zoom|teams|skype|online)(?:ed)?(?!\w)",
    re.I,
)
TITLED = re.compile(r"(?:dr|prof|mrs?|ms|frau|herr)\.?\s", re.I)
# "Jonas Weber (Hays)": for whom one works.
IN_BRACKETS = re.compile(rf"\s*\((?P<firm>{NAME})\)")
OF_FIRM = re.compile(rf"\s+of\s+(?P<firm>{NAME})")
AND = re.compile(r"\s*(?:and\b|&|\+)\s*", re.I)
NO_FIRM = re.compile(r"(?:had|just|met|interview|call|meeting|talk|the|with|new|an?)", re.I)


@dataclass(slots=True)
class Met:
    """The people; companies that were met, as in "interview with Siemens", unless one is named
    elsewhere; and the recruiter's company, which is an agency if another one is named."""

    rows: list[tuple[int, Person]] = field(default_factory=list)  # with the place in the line
    companies: list[str] = field(default_factory=list)
    start: int = -1  # of the first company
    recruits_for: str = ""

    @property
    def people(self) -> list[Person]:
        return [person for _place, person in sorted(self.rows, key=lambda row: row[0])]


def take_people(line: Line, known: Known) -> Met:
    met = Met()
    _take_role_first(line, known, met)
    for match in line.find(WITH):
        is_meeting = bool(match["met"] or match["spoke"]) or _is_interview(line, match)
        _take_row(line, known, met, match.start(), match.end(), match["role"] or "", is_meeting)
    _take_pieces(line, known, met)
    return met


def _is_interview(line: Line, match: re.Match[str]) -> bool:
    """Whether an interview stands before: "phone interview with Nokia"; further before only for one
    word, which is no full name: "interview tomorrow with Nokia"."""
    said = INTERVIEW.search(line.text, 0, match.start())
    is_beside = said is not None and not line.text[said.end() : match.start()].strip()
    is_firm = not FULL.match(line.open, match.end())
    return said is not None and (is_firm or (is_beside and bool(JOB_INSIDE.search(line.open))))


def _take_role_first(line: Line, known: Known, met: Met) -> None:
    for match in line.find(ROLE_FIRST):
        name = FULL.match(line.open, match.end())
        if name is None or JOB_INSIDE.search(name[0]) or known_as(name[0], known.companies):
            continue
        start, firm = match.start(), match["firm"]
        if firm and not NO_FIRM.fullmatch(firm):
            firm = line.take("company", *match.span("firm"))
            met.recruits_for = re.sub(r"['’]s$", "", firm)
            start = match.start("role")
        _take_row(line, known, met, start, match.end(), match["role"], is_meeting=False)
        employer = EMPLOYER.match(line.open, line.spans[-1].end)
        if employer and not met.recruits_for:
            met.recruits_for = line.take("company", *employer.span("firm"))


def _take_pieces(line: Line, known: Known, met: Met) -> None:
    """A name with its role in a piece of its own; in the first piece only a known name."""
    for n, (start, end) in enumerate(list(line.pieces())):
        match = PIECE_ROLE.match(line.open, start, end)
        place = (
            match.end()
            if match
            else start + len(line.open[start:end]) - len(line.open[start:end].lstrip())
        )
        name = _name_at(line, place, known)
        if name is None or line.open[start] == TAKEN or known_as(name[0], known.companies):
            continue
        is_known = _is_known(name[0], known, in_full=True)
        is_new = n > 0 and not JOB_INSIDE.search(name[0])
        is_name = is_known or (
            is_new and (FULL.fullmatch(name[0]) or CLEAR.match(line.open, name.end()))
        )
        is_titled = n > 0 and TITLED.match(name[0])
        more = AND.match(line.open, name.end()) if is_known else None
        is_row = more is not None and PERSON.match(line.open, more.end())
        if is_titled or is_row or (is_name and (match or _role_at(line, name.end())[0])):
            first, role = (match.start("role"), match["role"]) if match else (place, "")
            _take_row(line, known, met, first, place, role, is_meeting=False)


def _take_row(
    line: Line, known: Known, met: Met, first: int, place: int, role_word: str, is_meeting: bool
) -> None:
    """Names joined by "and"; the role stands before the first, or after each."""
    start = first
    while found := _name_at(line, place, known):
        name = bare(line.text[place : found.end()])
        if role_of(name):  # "with the CEO" names nobody
            return
        theirs = THEIR_HR.search(name)
        if theirs or (known_as(name, known.companies) and not _is_known(name, known)):
            end = found.end() - (len(theirs[0]) if theirs else 0)
            met.start = place if met.start < 0 else met.start
            met.companies.append(line.take("company", place, end))
            return
        role, end = _role_at(line, found.end())
        role = role or role_of(role_word)
        line.take("person", start, end)
        met.rows.append((place, Person(PROFESSOR.sub("", name), role)))
        theirs = None if role else IN_BRACKETS.match(line.open, end)
        if theirs and not met.recruits_for and not role_of(theirs["firm"]):
            met.recruits_for = line.take("company", *theirs.span("firm"))
            end = theirs.end()
        of_firm = OF_FIRM.match(line.open, end) if role else None
        if of_firm:
            met.companies.append(line.take("company", *of_firm.span("firm")))
            end = of_firm.end()
        more = AND.match(line.open, end)
        if more is None or _name_at(line, more.end(), known) is None:
            if is_meeting and not role and not _is_known(name, known):
                met.start = place if met.start < 0 else met.start
                met.companies.append(name)
            return
        line.take("filler", *more.span())
        place = start = more.end()
        role_word, is_meeting = "", False


def _name_at(line: Line, place: int, known: Known) -> re.Match[str] | None:
    for company in known.companies:
        if found := re.compile(re.escape(company) + r"(?!\w)", re.I).match(line.open, place):
            return found
    if line.open[place : place + 1] == QUOTED:
        return re.compile(r'["“„][^"“”]*["”“]').match(line.text, place)
    found = WORDS.match(line.open, place)
    parts = len(found[0].split()) if found else 0
    for n in range(parts, 0, -1):  # a known name may be typed without capitals
        tried = re.compile(rf"[\w'’-]+(?:\s+[\w'’-]+){{{n - 1}}}").match(line.open, place)
        if tried and _is_known(tried[0], known, in_full=True):
            return tried
    return PERSON.match(line.open, place)


def _is_known(name: str, known: Known, *, in_full: bool = False) -> bool:
    names = [each for each, _company in known.people]
    found = known_as(name, names)
    return found is not None and (not in_full or words_of(found) == words_of(name))


def _role_at(line: Line, end: int) -> tuple[str, int]:
    match = ROLE.match(line.open, end)
    word = "" if match is None else match["inside"] or match["from"] or match["after"] or ""
    role = role_of(word)
    return (role, match.end()) if match and role else ("", end)


def as_known(people: list[Person], known: Known, company: str) -> tuple[Person, ...]:
    """With the full names of those who are known, each once."""
    named = [Person(person_known_as(p.name, known, company) or p.name, p.role) for p in people]
    return tuple({each.name: each for each in named if each.name}.values())
