"""The models, one file each, with their query methods."""

from interviews.models.coaching.coach import Coach
from interviews.models.coaching.coach_note import CoachNote
from interviews.models.coaching.coaching import Coaching, CoachingVacancy
from interviews.models.coaching.coaching_request import CoachingRequest
from interviews.models.coaching.organisation import Organisation
from interviews.models.coaching.proposal import Proposal
from interviews.models.core.agreement import Agreement
from interviews.models.core.attachment import (
    ATTACHED_BYTES_MAX,
    ATTACHMENT_BYTES_MAX,
    ATTACHMENTS_PER_POSITION_MAX,
    Attachment,
)
from interviews.models.core.calendar_feed import CalendarEvent, CalendarFeed
from interviews.models.core.candidate import Candidate
from interviews.models.core.company import Company, bare_name, normalise_name
from interviews.models.core.competence import Competence
from interviews.models.core.contact import Channel, Contact
from interviews.models.core.criterion import RATING_FIELDS, WEIGHT_FIELDS, Criterion, Weight
from interviews.models.core.interlocutor import Interlocutor
from interviews.models.core.interview import Interview
from interviews.models.core.own_letter import OwnLetter
from interviews.models.core.participation import Participation
from interviews.models.core.position_import import PositionImport
from interviews.models.core.result import Result
from interviews.models.core.tag import Tag
from interviews.models.core.today import Section
from interviews.models.core.vacancy import Vacancy
from interviews.models.inbound.inbound_address import InboundAddress
from interviews.models.inbound.inbound_mail import InboundMail
from interviews.models.inbound.inbound_state import InboundState
from interviews.models.inbound.mail_proposal import MailProposal
from interviews.models.insights.company_index import CompanyIndex, CompanyTally, StatisticsState
from interviews.models.insights.statistics import Statistics
from interviews.models.insights.wait_assumptions import WaitAssumptions
from interviews.models.mail.mail import DeliveryState, Fault, Mail
from interviews.models.mail.notification_channel import (
    MESSAGES,
    ChannelKind,
    NotificationChannel,
)
from interviews.models.mail.push_device import PushDevice
from interviews.models.mail.push_key import PushKey
from interviews.models.mail.refused_address import RefusedAddress
from interviews.models.mail.reminder import Reminder
from interviews.models.mail.sender_state import SenderState
from interviews.models.mail.sweep_state import SweepState

__all__ = [
    "ATTACHED_BYTES_MAX",
    "ATTACHMENTS_PER_POSITION_MAX",
    "ATTACHMENT_BYTES_MAX",
    "MESSAGES",
    "RATING_FIELDS",
    "WEIGHT_FIELDS",
    "Agreement",
    "Attachment",
    "CalendarEvent",
    "CalendarFeed",
    "Candidate",
    "Channel",
    "ChannelKind",
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
    "InboundAddress",
    "InboundMail",
    "InboundState",
    "Interlocutor",
    "Interview",
    "Mail",
    "MailProposal",
    "NotificationChannel",
    "Organisation",
    "OwnLetter",
    "Participation",
    "PositionImport",
    "Proposal",
    "PushDevice",
    "PushKey",
    "RefusedAddress",
    "Reminder",
    "Result",
    "Section",
    "SenderState",
    "Statistics",
    "StatisticsState",
    "SweepState",
    "Tag",
    "Vacancy",
    "WaitAssumptions",
    "Weight",
    "bare_name",
    "normalise_name",
]
