"""What an export leaves out, by Django's label of the model, each with its reason."""

HERS = "every row in the file is hers"
COUNTED = "it would tell how many such rows this instance has had"
SECRET = "a secret"
OF_THE_MACHINE = "how the machine does its work, not a fact; set anew at an import"
RECKONED = "reckoned from the facts that are here, and so it is again at an import"
FROM_THE_NAME = "taken from the name, and so it is again at an import"

COLUMNS: dict[str, dict[str, str]] = {
    "accounts.User": {
        "password": SECRET,
        "device_key": SECRET,
        "groups": "rights are the operator's to give",
        "user_permissions": "rights are the operator's to give",
    },
    "accounts.EmailChange": {"id": "nothing points to it", "user": HERS},
    "accounts.DeletionRequest": {"user": HERS, "error": OF_THE_MACHINE},
    "accounts.AuditEntry": {
        "id": "nothing points to it",
        "subject_id": HERS,
        "actor_id": "the key of somebody else; “by_you” says whether it was her own doing",
    },
    "account.EmailAddress": {"id": COUNTED, "user": HERS},
    "interviews.Agreement": {},
    "interviews.CalendarEvent": {
        "feed": "there is one at most",
        "fingerprint": "a checksum by which a change is noticed",
    },
    "interviews.CalendarFeed": {"candidate": HERS, "token": SECRET},
    "interviews.Candidate": {"user": HERS},
    "interviews.Coach": {
        "id": "nothing points to it",
        "user": HERS,
        "organisation": "named by its name",
        "digest_due_at": OF_THE_MACHINE,
        "digest_error": OF_THE_MACHINE,
    },
    "interviews.CoachNote": {
        "id": "nothing points to it",
        "is_shared": "a coach’s notes for herself alone are no part of it",
    },
    "interviews.Coaching": {
        "candidate": "hers; where she is the coach, whom she coaches is theirs to tell",
        "coach": "named by name and address",
        "vacancies": "they stand in “coaching_positions”",
    },
    "interviews.CoachingRequest": {
        "id": "nothing points to it",
        "coach": HERS,
        "address": "whom she asked is theirs to tell",
    },
    "interviews.CoachingVacancy": {"id": "nothing points to it"},
    "interviews.Company": {"candidate": HERS, "normalised_name": FROM_THE_NAME},
    "interviews.Competence": {"candidate": HERS, "normalised_name": FROM_THE_NAME},
    "interviews.Interlocutor": {"candidate": HERS},
    "interviews.Interview": {
        "candidate": HERS,
        "interlocutors": "they stand in “participations”, with role and order",
        "review_at": OF_THE_MACHINE,
        "review_error": OF_THE_MACHINE,
    },
    "interviews.Mail": {
        "user": HERS,
        "text": "may hold a link that acts, or a code; forgotten once it is sent",
        "html": "as the text",
        "try_at": OF_THE_MACHINE,
        "lease_id": OF_THE_MACHINE,
        "failing_since": OF_THE_MACHINE,
    },
    "interviews.OwnLetter": {"candidate": HERS},
    "interviews.Participation": {"id": "nothing points to it"},
    "interviews.Proposal": {"id": "nothing points to it"},
    "interviews.RefusedAddress": {"id": COUNTED, "address": "named by the address itself"},
    "interviews.Reminder": {"candidate": HERS},
    "interviews.Result": {"competences": "they stand in “lacking”"},
    "interviews.Result_competences": {"id": COUNTED},
    "interviews.Vacancy": {"candidate": HERS},
    "interviews.WaitAssumptions": {"id": "nothing points to it", "candidate": HERS},
}

MODELS: dict[str, str] = {
    "account.EmailConfirmation": SECRET,
    "accounts.User_groups": "rights are the operator's to give",
    "accounts.User_user_permissions": "rights are the operator's to give",
    "admin.LogEntry": "what an operator did, to data that may be another's",
    "interviews.CompanyIndex": "of the instance, and of nobody",
    "interviews.CompanyTally": RECKONED,
    "interviews.Statistics": RECKONED,
    "interviews.StatisticsState": "of the instance, and of nobody",
    "interviews.Organisation": "an operator’s entry; a coach’s is named with her settings",
    "interviews.SenderState": "of the instance, and of nobody",
    "interviews.SweepState": "of the instance, and of nobody",
    "mfa.Authenticator": "secrets of signing in; the record says when each was added",
    "sessions.Session": SECRET,
    "socialaccount.SocialAccount": "the key by which a provider knows her; the record says when it "
    "was joined",
    "socialaccount.SocialApp": "of the instance, and of nobody; none is made",
    "socialaccount.SocialToken": "none is kept",
    "usersessions.UserSession": "ends with its sign-in; the record says when there was one",
}
