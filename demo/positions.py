"""The demo's positions without an interview: saved, applied for, and closed."""

from demo.story import Story
from interviews.models import Vacancy
from interviews.services import vacancies
from interviews.services.attachments import attach_file

ADVERT = (
    "Data analyst, energy markets\n\nYou turn metering data into forecasts that our traders use "
    "every morning. You know SQL and one of Python or R, and you like to explain what a number "
    "means.\n\nWe offer 30 days of leave, two days a week from home, and a works council."
)
LETTER = (
    "Dear hiring team,\n\nYour forecasts are used every morning: that is the kind of work I like. "
    "In the last three years I have built the reports that our planners open first.\n\n"
    "Kind regards,\nMara Lind\n"
)


def tell_positions(story: Story) -> None:
    story.position(
        *("Data analyst, mobility", "Stadtbahn"), saved=1, source="A friend", tags=("Berlin",)
    )
    story.position(
        "Product analyst",
        "Lumen Health",
        saved=3,
        follow_up=-2,
        source="Job board",
        url="https://jobs.example/lumen/product-analyst",
        place="Remote",
        tags=("remote",),
    )
    _tell_of_windrose(story)
    story.position(
        *("Reporting lead", "Alder Insurance"),
        saved=6,
        applied=5,
        applied_via=Vacancy.AppliedVia.EMAIL,
        source="Job board",
        tags=("Berlin",),
    )
    story.position(
        *("Analyst", "Fjord Shipping"), saved=30, applied=27, source="Job board", tags=("remote",)
    )
    gone = story.position(
        *("BI specialist", "Morgan Retail"), saved=33, applied=32, source="Job board"
    )
    vacancies.close_position(
        vacancy=gone,
        reason=Vacancy.ClosingReason.POSITION_GONE,
        closed_on=story.day(9),
        now=story.now.astimezone(story.candidate.zone),
    )


def _tell_of_windrose(story: Story) -> None:
    """With its advertisement and a letter."""
    told = story.position(
        "Data analyst, energy markets",
        "Windrose",
        saved=13,
        applied=12,
        applied_via=Vacancy.AppliedVia.ONLINE,
        source="Company’s website",
        was_advertised=True,
        url="https://windrose.example/jobs/17",
        place="Hamburg",
        salary="62,000–70,000 a year",
        advert_text=ADVERT,
        notes="Chloé knows someone in the team.",
        tags=("energy", "remote"),
    )
    attach_file(vacancy=told, name="Letter to Windrose.txt", content=LETTER.encode())
