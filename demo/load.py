"""A candidate with a dozen interviews in every state, dated from today, and a coach.

Services record everything at the time at which the candidate would have, so that the demo is a
history that could have happened.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from coaching import coaches, notes, proposals
from demo.past import tell_past
from demo.positions import tell_positions
from demo.story import Story
from interviews.models import Coaching, CoachNote, OwnLetter, Proposal
from interviews.services import candidates, interviews, own_letters

CANDIDATE = ("Mara Lind", "mara@hearback.example")
COACH = ("Jonas Beck", "jonas@hearback.example")
ZONE, COUNTRY = "Europe/Berlin", "DE"


@dataclass(frozen=True, slots=True)
class Login:
    email: str
    password: str


@transaction.atomic
def load_demo(*, now: datetime) -> tuple[Login, Login]:
    """Load the demo, and return the sign-in of the candidate and of the coach. Their addresses must
    be unused."""
    mara, mara_login = _user(*CANDIDATE)
    jonas, jonas_login = _user(*COACH, is_staff=True)
    candidate = candidates.create_candidate(user=mara, timezone=ZONE)
    candidate.country = COUNTRY
    candidates.change_settings(candidate=candidate, now=now)
    coach = coaches.make_coach(user=jonas)
    coach.timezone = ZONE
    coaches.change_coach(coach=coach, now=now)
    coaching = Coaching.objects.create(
        coach=jonas,
        candidate=candidate,
        shares=Coaching.Shares.INTERVIEWS,
        invited_at=now - timedelta(days=30),
        accepted_at=now - timedelta(days=29),
    )
    story = Present(candidate, now)
    tell_past(story)
    story.ahead()
    story.promised()
    story.silent()
    story.written()
    story.answered()
    story.own_words()
    tell_positions(story)
    story.coached(coaching)
    return mara_login, jonas_login


class Present(Story):
    """What is open or has just ended, and the coach."""

    def ahead(self) -> None:
        """Interviews to prepare, one just over, one that was cancelled."""
        self.interview("Product analyst", "Brightwell", -1, hour=10, people=[("Ines Kaya", "r")])
        self.interview("Data engineer", "Nordlicht Energie", -6, hour=14)
        over = self.interview(
            "Team lead, reporting",
            "Calder & Sons",
            at=self.now - timedelta(hours=2),
            stage="management",
            people=[("Ruth Calder", "t"), ("Anna Weber", "r")],
        )
        self.judge(over, work=5, people=4, pay=3, growth=4, desire=5)
        called_off = self.interview("Analyst", "Pinewood", -2, people=[])
        interviews.cancel_interview(interview=called_off, now=self.now)

    def promised(self) -> None:
        """Answers that were promised: for later, for days ago, by silence, by the candidate."""
        waiting = self.interview("Researcher", "Dune Labs", 3, people=[("Chloé Martin", "h")])
        self.agree(waiting, 3, due=-4, may_call="yes")
        self.judge(waiting, work=5, people=5, growth=5, way=3, desire=5)

        broken = self.interview(
            "Reporting analyst", "Acme Logistics", 9, stage="second", people=[("Anna Petrova", "h")]
        )
        self.agree(broken, 9, due=5, may_call="yes")
        self.contact(broken, 8, direction="out", channel="email", outcome="sent", purpose="thanks")

        silence = self.interview("Planner", "City of Havel", 12, people=[("Tomas Roth", "r")])
        self.agree(silence, 12, due=4, silence_is_refusal=True)

        own = self.interview("Controller", "Juno Foods", 8, people=[("Bill Ng", "h")])
        self.agree(own, 8, due=1, initiator="candidate", may_call="yes")

    def silent(self) -> None:
        """Nothing was agreed, or nobody answered."""
        window = self.interview("Data steward", "Bolt Mobility", 4, people=[("Eva Sand", "r")])
        interviews.note_nothing_agreed(interview=window, now=self.moment(4, 17))

        missed = self.interview("Insights analyst", "Kestrel", 6, people=[("Omar Haddad", "h")])
        self.agree(missed, 6, due=-2)
        self.contact(missed, 1, direction="in", channel="phone", outcome="no_answer")

        tired = self.interview("Assistant", "Quick Print", 10, people=[("Lena Fuchs", "r")])
        interviews.note_nothing_agreed(interview=tired, now=self.moment(10, 17))
        self.judge(tired, work=2, pay=2, security=3, desire=2)

    def written(self) -> None:
        """No calls wished; a letter without an answer."""
        no_calls = self.interview("BI developer", "Helio", 11, people=[("Greta Voss", "r")])
        self.agree(no_calls, 11, due=5, may_call="no", channel="email")

        letter = self.interview("Statistician", "Institute Ravn", 24, people=[("Per Ravn", "t")])
        self.agree(letter, 24, due=19, may_call="no", channel="email")
        self.contact(letter, 16, direction="out", channel="email", outcome="sent")

    def answered(self) -> None:
        """Results: a next stage, an offer, rejections with what they taught."""
        first = self.interview("Product owner", "Linden", 13, people=[("Sofia Marek", "r")])
        self.agree(first, 13, due=9, may_call="yes")
        self.contact(first, 7, direction="out", outcome="reached", notes="Next week for sure.")
        self.interview(
            *("Product owner", "Linden", -3),
            stage="management",
            people=[("Sofia Marek", "r"), ("Viktor Linden", "t")],
            continues=first,
            recorded=2,
        )
        offer = self.interview("Business analyst", "Marlow", 15, people=[("Kim Osei", "h")])
        self.result(
            offer,
            1,
            kind="offer",
            via="phone",
            offer_answer="open",
            offer_answer_by_on=self.day(-6),
            offer_starts_on=self.day(-60),
        )
        self.judge(offer, work=3, people=4, pay=5, security=4, desire=3)
        refused = self.interview("Data analyst", "Sparrow", 20, people=[("Nils Holm", "h")])
        self.result(
            refused,
            12,
            kind="refusal",
            via="phone",
            feedback="They wanted someone who has led a migration.",
            competences=["SQL performance", "leading a migration"],
            recontact_on=self.day(-90),
        )
        fresh = self.interview("Analyst, pricing", "Tern", 12, people=[("Maja Blom", "h")])
        self.result(fresh, 2, kind="refusal", via="email")

    def own_words(self) -> None:
        """A letter template of the candidate's own, and what the present employer is owed."""
        self.candidate.notice_days = 42
        candidates.change_settings(candidate=self.candidate, now=self.now)
        own_letters.keep_letter(
            candidate=self.candidate,
            occasion=OwnLetter.Occasion.LATE_ANSWER,
            subject="Following up on {position}",
            body=(
                "Dear {person},\n\nI am still thinking about our conversation on {interview day}, "
                "and I would be glad to join {company} as {position}. May I ask where things "
                "stand?\n\n"
                "Kind regards,\n{my name}\n"
            ),
            now=self.now,
        )

    def coached(self, coaching: Coaching) -> None:
        """What the coach proposes, and notes that the candidate can read."""
        broken, ahead = (
            self.candidate.interviews.filter(vacancy__company__name=name).latest("starts_at")
            for name in ("Acme Logistics", "Brightwell")
        )
        proposals.propose(
            proposal=Proposal(
                coaching=coaching,
                interview=broken,
                action=Proposal.Action.CALL,
                by_on=self.day(-2),
                words=(
                    "Anna promised an answer, so a friendly call is fine now. "
                    "Ask which day suits her."
                ),
            ),
            now=self.now - timedelta(hours=3),
        )
        notes.write_note(
            note=CoachNote(
                coaching=coaching,
                interview=ahead,
                about=CoachNote.About.INTERVIEW,
                text="Start with the story of the merged reports. Two minutes, then stop.",
                is_shared=True,
            ),
            now=self.now - timedelta(hours=3),
        )


def _user(name: str, email: str, *, is_staff: bool = False) -> tuple[User, Login]:
    password = token_urlsafe(9)
    user = User.objects.create_user(email, password, name=name, is_staff=is_staff)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user, Login(email, password)
