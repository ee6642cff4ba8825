"""The nouns, one file each, with their query words."""

from interviews.models.agreement import Agreement
from interviews.models.calendar_feed import CalendarEvent, CalendarFeed
from interviews.models.candidate import Candidate
from interviews.models.coach import Coach
from interviews.models.coach_note import CoachNote
from interviews.models.coaching import Coaching, CoachingVacancy
from interviews.models.coaching_request import CoachingRequest
from interviews.models.company import Company, bare_name, normalise_name
from interviews.models.company_index import CompanyIndex, CompanyTally, LearnedState
from interviews.models.competence import Competence
from interviews.models.contact import Channel, Contact
from interviews.models.criterion import RATING_FIELDS, WEIGHT_FIELDS, Criterion, Weight
from interviews.models.interlocutor import Interlocutor
from interviews.models.interview import Interview, Section
from interviews.models.learned import Learned
from interviews.models.mail import DeliveryState, Fault, Mail
from interviews.models.organisation import Organisation
from interviews.models.own_letter import OwnLetter
from interviews.models.participation import Participation
from interviews.models.proposal import Proposal
from interviews.models.refused_address import RefusedAddress
from interviews.models.reminder import Reminder
from interviews.models.result import Result
from interviews.models.sender_state import SenderState
from interviews.models.sweep_state import SweepState
from interviews.models.vacancy import Vacancy
from interviews.models.wait_assumptions import WaitAssumptions

__all__ = [
    "RATING_FIELDS",
    "WEIGHT_FIELDS",
    "Agreement",
    "CalendarEvent",
    "CalendarFeed",
    "Candidate",
    "Channel",
    "Coach",
    "CoachNote",
    "Coaching",
    "CoachingRequest",
    "CoachingVacancy",
    "Company",
    "CompanyIndex",
    "CompanyTally",
    "Competence",
    "Contact",
    "Criterion",
    "DeliveryState",
    "Fault",
    "Interlocutor",
    "Interview",
    "Learned",
    "LearnedState",
    "Mail",
    "Organisation",
    "OwnLetter",
    "Participation",
    "Proposal",
    "RefusedAddress",
    "Reminder",
    "Result",
    "Section",
    "SenderState",
    "SweepState",
    "Vacancy",
    "WaitAssumptions",
    "Weight",
    "bare_name",
    "normalise_name",
]
