"""With whom: "with Anna Petrova (HR) and Tom Ek"."""

import re

from interviews.quick_add.draft import Known, Person
from interviews.quick_add.line import QUOTED, Line, bare
from interviews.quick_add.names import known_as, person_known_as, words_of

WITH = re.compile(
    r"(?<!\w)(?P<met>(?:interview|meeting|talk)\s+)?(?:with|w/|mit|met(?:\s+with)?|(?:spoke|talked)\s+(?:to|with))\s+"
    r"(?:(?:the|their|my)\s+)?(?:(?P<role>c[eft]o|founder|director|boss|recruiter|hiring\s+manager"
    r"|team\s+lead|hr)\s+)?",
    re.I,
)
# Words with a capital, a title before them, and the small words inside a name.
NAME = re.compile(
    r"(?:(?:[Dd]r|[Pp]rof|[Mm]rs?|[Mm]s)\.?\s+)*[^\W\d_a-zß-ÿ][\w'’-]*\.?"
    r"(?:\s+(?:(?:van|von|de|der|den|da|di|del|el|bin|la)\s+)*[^\W\d_a-zß-ÿ][\w'’-]*\.?)*"
)
WORDS = re.compile(r"[\w'’-]+(?:\s+[\w'’-]+){0,3}")
ROLE = re.compile(
    r"\s*(?:\((?P<inside>[^()\0\1]*)\)|from\s+(?P<from>HR|recruiting)(?!\w)"
    r"|,\s*(?P<after>[\w ]+?)(?=\s*(?:[\0,;]|$)))",
    re.I,
)
AND = re.compile(r"\s*(?:and\b|&|\+)\s*", re.I)
ROLES = {
    "recruiter": r"hr(?: team)?|recruit(?:er|ing|ment)|talent .*",
    "peer": r".*colleague|peer|team ?mate|dev(?:eloper)?",
    "hiring_manager": r"hiring manager|manager|team ?lead(?:er)?|lead|head of .*|supervisor",
    "top_manager": r"(?:the )?boss|c[etf]o|(?:co-?)?founder|md|.*director|owner",
}


def take_people(line: Line, known: Known) -> tuple[list[Person], list[str]]:
    """The people, and who was met in "interview with Siemens": a company, unless one is named
    elsewhere."""
    people: list[Person] = []
    companies: list[str] = []
    for match in line.find(WITH):
        place, is_first = match.end(), True
        while found := _name_at(line, place, known):
            start, end = (match.start() if is_first else place), found.end()
            name = bare(line.text[place:end])
            if known_as(name, known.companies) and not _is_known(name, known):
                companies.append(line.take("company", place, end))
                break
            role, end = _role_at(line, end)
            role = role or role_of((match["role"] or "") if is_first else "")
            is_company = is_first and match["met"] and not role and not _is_known(name, known)
            line.take("person", start, end)
            people.append(Person(name, role))
            more = AND.match(line.open, end)
            if more is None or _name_at(line, more.end(), known) is None:
                if is_company:
                    companies.append(name)
                break
            line.take("filler", *more.span())
            place, is_first = more.end(), False
    return people, companies


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
    return NAME.match(line.open, place)


def _is_known(name: str, known: Known, *, in_full: bool = False) -> bool:
    names = [each for each, _company in known.people]
    found = known_as(name, names)
    return found is not None and (not in_full or words_of(found) == words_of(name))


def _role_at(line: Line, end: int) -> tuple[str, int]:
    match = ROLE.match(line.open, end)
    word = "" if match is None else match["inside"] or match["from"] or match["after"] or ""
    role = role_of(word)
    return (role, match.end()) if match and role else ("", end)


def role_of(word: str) -> str:
    said = (role for role, words in ROLES.items() if re.fullmatch(words, word.strip(), re.I))
    return next(said, "")


def as_known(people: list[Person], known: Known, company: str) -> tuple[Person, ...]:
    """With the full names of those who are known, each once."""
    named = [Person(person_known_as(p.name, known, company) or p.name, p.role) for p in people]
    return tuple({each.name: each for each in named if each.name}.values())
