"""Tables of words: titles of jobs, roles of people, and how a name looks."""

import re

# As it is typed: "2nd intvw".
INTERVIEW = r"(?:interview|intervw|intrvw|intvw?|itvw?|appointment|appt)"
# "Quick, cook" and "Coffee, barista" are companies: alone it is a kind in small letters only.
KIND = (
    r"(?:(?:coffee|informal|quick|intro|catch-?up)(?=\s+(?:chat|call|talk|meeting))"
    r"|(?-i:coffee|informal|quick|intro|catch-?up)(?=\s*$))"
)
# Before one of these a word is part of a company's name: "Appointment Group", "Saw Ltd".
FIRM_WORD = r"(?:Group|Ltd|Limited|Inc|GmbH|AG|LLC|Services|Solutions|Partners|Studio)(?!\w)"
CAPITAL = r"[^\W\d_a-zß-ÿ]"
_WORD = rf"{CAPITAL}[\w'’-]*\.?"
_SMALL = r"(?:(?:van|von|de|der|den|da|di|del|el|bin|la)\s+)*"
_TITLE = r"(?:(?:[Dd]r|[Pp]rof|[Mm]rs?|[Mm]s|[Ff]rau|[Hh]err)\.?\s+)*"
# Words with a capital, a title before them, and the small words inside a name.
NAME = rf"{_TITLE}{_WORD}(?:\s+{_SMALL}{_WORD})*"
FULL_NAME = rf"{_TITLE}{_WORD}(?:\s+{_SMALL}{_WORD})+"
FIRM = rf"{_WORD}(?:\s+(?:&\s+|of\s+)?{_WORD})*?"
PROFESSOR = re.compile(r"prof(?:essor)?\.?\s+(?=\S+\s+\S)", re.I)

# Words that end the title of a job, in the order of what is said: "mechanical engineer".
JOBS = (
    r"(?<!\w)(?:\w*(?:engineer|developer|designer|manager|analyst|assistant|consultant|specialist"
    r"|technician|scientist|researcher|accountant|planner|teacher|nurse|officer|driver|clerk|buyer"
    r"|writer|editor|architect|director|lawyer|paralegal|secretary|cashier|barista|chef|cook"
    r"|waiter|waitress|electrician|mechanic|welder|carer|therapist|pharmacist|doctor|educator"
    r"|coordinator|co-ordinator|administrator|controller|recruiter|representative|agent|trainee"
    r"|student|receptionist|associate|member|leader|operator|operative|worker|advis[eo]r|owner"
    r"|programmer|auditor|strategist|dentist|chemist|cleaner|attendant)"
    r"|(?:barber|concierge|rider|stacker|fundraiser|sorter|waste\s+collector|host|hostess|physio|physiotherapist"
    r"|bookkeeper|plumber|carpenter|joiner|painter|builder|labourer|gardener|porter|housekeeper"
    r"|butcher|baker|florist|hairdresser|stylist|beautician|bartender|steward|stewardess|pilot"
    r"|guard|courier|picker|packer|handler|loader|fitter|machinist|surveyor|estimator|midwife"
    r"|radiographer|paramedic|surgeon|vet|optician|psychologist|counsell?or|caretaker|janitor"
    r"|lecturer|tutor|professor|postdoc|instructor|trainer|coach|librarian|translator"
    r"|interpreter|journalist|copywriter|photographer|illustrator|animator|producer|marketer"
    r"|merchandiser|supervisor|foreman|dispatcher|broker|actuary|economist|statistician|banker"
    r"|teller|underwriter|solicitor|barrister|notary|apprentice|tester|administrator|admin"
    r"|executive|buddy|nanny|au\s+pair|childminder|practitioner|scrum\s+master|biologist|physicist"
    r"|geologist|curator|seamstress|tailor|roofer|bricklayer|mason|firefighter|inspector)"
    r"|dev|devops|tech|asst|assoc|mgr|coord|exec|supvr|swe|sre|intern|lead|rep|pm|crew|staff|sales|partner|head\s+of\s+.+)s?"
)
# Also "chef de partie", "teacher of English", "software engineer backend".
JOB = re.compile(JOBS + r"(?:(?:\s+(?:de|of|in|for)\s+\w+(?:\s+\w+)?)?$|\s+(?-i:[a-zß-ÿ]))", re.I)
JOB_INSIDE = re.compile(JOBS + r"(?!\w)", re.I)

# First words of titles such as "Office manager", which are no company's name.
COMMON_FIRST = re.compile(
    r"(?i:senior|junior|lead|head|chief|deputy|assistant|associate|trainee|apprentice|graduate|night"
    r"|part|full|staff|office|store|shop|sales|security|data|software|web|frontend|backend|mobile"
    r"|project|product|program(?:me)?|account|customer|call|call\s+cent(?:er|re)|marketing|finance"
    r"|financial|hr|human|it|qa|ux|ui|business|system|systems|network|test|quality|process|research"
    r"|lab|laboratory|medical|dental|care|nursing|nursery|school|primary|secondary|teaching|science"
    r"|maths|english|social|youth|community|support|service|field|warehouse|forklift|truck|lorry|bus"
    r"|van|train|taxi|delivery|logistics|supply|production|machine|construction|civil|electrical"
    r"|mechanical|chemical|legal|tax|payroll|credit|risk|insurance|bank|real|estate|property|kitchen"
    r"|sous|pastry|pizza|bar|hotel|flight|cabin|front|back|retail|fashion|visual|graphic|interior"
    r"|content|copy|social|media|key|area|regional|branch|team|shift|duty|event|events|fitness|swim"
    r"|swimming|personal|executive|working|student|veterinary|radio|sound|video|camera|stage|general"
    r"|operations|purchasing|procurement|technical|embedded|cloud|security|devops|machine|ai|ml)"
    r"(?:\s|$)"
)

# The roles of those whom one meets; the first that fits counts: an HR manager is a recruiter.
ROLES = {
    "recruiter": r"(?:hr|human\s+resources)(?:\s+(?:team|manager|director|lead|(?:business\s+)?"
    r"partner|officer|specialist|assistant))?|(?:talent|people)\s+\w+(?:\s+\w+)?|headhunter"
    r"|(?:internal\s+|agency\s+)?recruit(?:er|ing|ment(?:\s+consultant)?)",
    "peer": r"(?:[\w-]+\s+){0,2}(?:colleague|peer|team\s*-?mate|co-?worker)|dev(?:eloper)?",
    "top_manager": r"(?:the\s+)?boss|c[etfoi]o|(?:co-?)?founder|md|(?:[\w-]+\s+){0,2}(?:director"
    r"|president)|owner|vp(?:\s+(?:of\s+)?\w+)?|head\s*-?(?:teacher|master|mistress)|deputy\s+head|principal"
    r"|(?:managing\s+|senior\s+)?partner",
    "hiring_manager": r"(?:[\w-]+\s+){0,2}(?:manager|lead(?:er)?|supervisor)"
    r"|team\s*-?lead(?:er)?|head\s+of\s+\w+(?:\s+\w+)?|(?:head|charge)\s+(?:nurse|chef)|matron"
    r"|foreman",
}
ANY_ROLE = "|".join(f"(?:{words})" for words in ROLES.values())
# Roles that are seldom the job one applies for, so that a name after them is a person's anywhere.
CLEAR_ROLE = (
    r"hiring\s+manager|(?:agency\s+)?recruiter|hr(?:\s+(?:manager|director|lead))?|c[etfoi]o"
    r"|(?:co-?)?founder|boss|head\s*-?(?:teacher|master|mistress)|team\s*-?lead(?:er)?"
    r"|head\s+of\s+\w+|line\s+manager|ward\s+manager|managing\s+director|headhunter|talent\s+partner|colleague"
)


def role_of(word: str) -> str:
    said = (role for role, words in ROLES.items() if re.fullmatch(words, word.strip(), re.I))
    return next(said, "")
