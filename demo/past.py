"""The months before the demo begins: waits that are over, for Insights."""

from dataclasses import dataclass

from demo.story import Story
from interviews.models import Competence, Interview
from interviews.services import competences, interviews

WORKED_ON, PLAN = "SQL performance", "Evening course on query plans, one exercise a day."


@dataclass(frozen=True, slots=True)
class Past:
    """Held this many days ago; `due`, `called`, `wrote` and `known` this many days later."""

    title: str
    company: str
    days_ago: int
    kind: str
    known: int
    stage: str = Interview.Stage.FIRST
    due: int | None = None
    called: int | None = None
    wrote: int | None = None
    lacking: tuple[str, ...] = ()


SQL, ENGLISH = "SQL performance", "Phone calls in English"
PAST = (
    Past("Analyst", "Acme Logistics", 170, "refusal", 10, due=7, lacking=(SQL,)),
    Past("Data analyst", "Orchard", 163, "refusal", 3, "screening", lacking=(ENGLISH,)),
    Past("Reporting lead", "Bay & Sons", 151, "no_response", 40, due=5, called=6, wrote=12),
    Past("Analyst, risk", "Acme Logistics", 140, "refusal", 7, "second", 7, lacking=(SQL,)),
    Past("Data engineer", "Tidewater", 131, "refusal", 12, called=6, lacking=(SQL, ENGLISH)),
    Past("Analyst", "Lumen", 118, "refusal", 2, "screening"),
    Past("BI analyst", "Fern Foods", 104, "refusal", 6, due=7, lacking=(ENGLISH,)),
    Past("Controller", "Acme Logistics", 97, "no_response", 35, due=5, called=6, wrote=13),
    Past("Analyst", "Ostrava Rail", 90, "refusal", 21, due=10, called=11),
    Past("Data steward", "Pike", 76, "offer", 5, "final", due=6),
    Past("Analyst, sales", "Bay & Sons", 62, "refusal", 8, due=4, called=5),
    Past("Reporting analyst", "Glasshouse", 48, "refusal", 4, "screening"),
    Past("Researcher", "Lumen", 41, "refusal", 9, wrote=6),
)


PEOPLE = {
    "Acme Logistics": "Jo Winter",
    "Bay & Sons": "Ada Bay",
    "Fern Foods": "Luca Neri",
    "Glasshouse": "Iris Blau",
    "Lumen": "Hugo Brandt",
    "Orchard": "Mina Sato",
    "Ostrava Rail": "Petr Novak",
    "Pike": "Noor Bakker",
    "Tidewater": "Sam Reed",
}


def tell_past(story: Story) -> None:
    for past in PAST:
        _tell(story, past)
    worked_on = Competence.objects.get(candidate=story.candidate, name=WORKED_ON)
    worked_on.plan, worked_on.working_since_on = PLAN, story.day(120)
    competences.plan_competence(competence=worked_on, now=story.moment(120))


def _tell(story: Story, past: Past) -> None:
    row = story.interview(
        past.title,
        past.company,
        past.days_ago,
        stage=past.stage,
        people=[(PEOPLE[past.company], "r")],
    )
    if past.due is None:
        interviews.note_nothing_agreed(interview=row, now=row.ends_at)
    else:
        story.agree(row, past.days_ago, due=past.days_ago - past.due, may_call="yes")
    if past.called is not None:
        said = "She said there’s no decision yet."
        called = {"direction": "out", "outcome": "reached", "notes": said}
        story.contact(row, past.days_ago - past.called, **called)
    if past.wrote is not None:
        wrote = {"direction": "out", "channel": "email", "outcome": "sent"}
        story.contact(row, past.days_ago - past.wrote, **wrote)
    answer = {"offer_answer": "declined"} if past.kind == "offer" else {"lessons": "skipped"}
    via = "silence" if past.kind == "no_response" else "phone"
    story.result(
        row,
        past.days_ago - past.known,
        kind=past.kind,
        via=via,
        competences=list(past.lacking),
        **answer,
    )
