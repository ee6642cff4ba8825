"""The nouns, one file each, with their query words."""

from interviews.models.agreement import Agreement
from interviews.models.calendar_feed import CalendarEvent, CalendarFeed
from interviews.models.candidate import Candidate
from interviews.models.coaching import Coaching
from interviews.models.company import Company, normalise_name
from interviews.models.competence import Competence
from interviews.models.contact import Channel, Contact
from interviews.models.interlocutor import Interlocutor
from interviews.models.interview import Interview
from interviews.models.mail import DeliveryState, Mail
from interviews.models.participation import Participation
from interviews.models.reminder import Reminder
from interviews.models.result import Result
from interviews.models.sweep_state import SweepState
from interviews.models.vacancy import Vacancy

__all__ = [
    "Agreement",
    "CalendarEvent",
    "CalendarFeed",
    "Candidate",
    "Channel",
    "Coaching",
    "Company",
    "Competence",
    "Contact",
    "DeliveryState",
    "Interlocutor",
    "Interview",
    "Mail",
    "Participation",
    "Reminder",
    "Result",
    "SweepState",
    "Vacancy",
    "normalise_name",
]
