"""What an export leaves out, by Django's label of the model, each with its reason."""

OF_THE_USER = "every row in the file is the user's"
COUNTED = "it would tell how many such rows this instance has had"
SECRET = "a secret"
OF_THE_MACHINE = "how the machine does its work, not a fact; set anew at an import"
COMPUTED = "computed from the facts that are here, and again at an import"
FROM_THE_NAME = "taken from the name, and so it is again at an import"

COLUMNS: dict[str, dict[str, str]] = {
    "accounts.User": {
        "password": SECRET,
        "device_key": SECRET,
        "groups": "rights are the operator's to give",
        "user_permissions": "rights are the operator's to give",
    },
    "accounts.EmailChange": {"id": "nothing points to it", "user": OF_THE_USER},
    "accounts.DeletionRequest": {"user": OF_THE_USER, "error": OF_THE_MACHINE},
    "accounts.AuditEntry": {
        "id": "nothing points to it",
        "subject_id": OF_THE_USER,
        "actor_id": "the key of somebody else; “by_you” says whether it was the user’s own action",
    },
    "account.EmailAddress": {"id": COUNTED, "user": OF_THE_USER},
    "interviews.Agreement": {},
    "interviews.CalendarEvent": {
        "feed": "there is one at most",
        "fingerprint": "a checksum by which a change is noticed",
    },
    "interviews.CalendarFeed": {"candidate": OF_THE_USER, "token": SECRET},
    "interviews.Candidate": {"user": OF_THE_USER},
    "interviews.Coach": {
        "id": "nothing points to it",
        "user": OF_THE_USER,
        "organisation": "named by its name",
        "digest_due_at": OF_THE_MACHINE,
        "digest_error": OF_THE_MACHINE,
    },
    "interviews.CoachNote": {
        "id": "nothing points to it",
        "is_shared": "a coach’s private notes are not part of it",
    },
    "interviews.Coaching": {
        "candidate": "the user’s; as a coach, the user may not tell who the candidates are",
        "coach": "named by name and address",
        "vacancies": "they stand in “coaching_positions”",
    },
    "interviews.CoachingRequest": {
        "id": "nothing points to it",
        "coach": OF_THE_USER,
        "address": "whom the user asked is theirs to tell",
    },
    "interviews.CoachingVacancy": {"id": "nothing points to it"},
    "interviews.Company": {"candidate": OF_THE_USER, "normalised_name": FROM_THE_NAME},
    "interviews.Competence": {"candidate": OF_THE_USER, "normalised_name": FROM_THE_NAME},
    "interviews.InboundAddress": {"candidate": OF_THE_USER},
    "interviews.Interlocutor": {"candidate": OF_THE_USER},
    "interviews.Interview": {
        "candidate": OF_THE_USER,
        "interlocutors": "they stand in “participations”, with role and order",
        "review_at": OF_THE_MACHINE,
        "review_error": OF_THE_MACHINE,
    },
    "interviews.Mail": {
        "user": OF_THE_USER,
        "text": "may hold a link that acts, or a code; forgotten once it is sent",
        "html": "as the text",
        "try_at": OF_THE_MACHINE,
        "lease_id": OF_THE_MACHINE,
        "failing_since": OF_THE_MACHINE,
    },
    "interviews.MailProposal": {
        "candidate": OF_THE_USER,
        "mail": "forgotten with the answer; the candidate’s mailbox has it",
        "digest": "a checksum by which a mail that comes again is known",
        "message_ids": "made by mail programs, to know an answer by",
        "undo": OF_THE_MACHINE,
    },
    "interviews.NotificationChannel": {
        "id": "nothing points to it",
        "candidate": OF_THE_USER,
        "target": SECRET,
        "code_digest": "a checksum of a secret",
        "code_sent_at": OF_THE_MACHINE,
        "code_failures": OF_THE_MACHINE,
        "error": OF_THE_MACHINE,
    },
    "interviews.OwnLetter": {"candidate": OF_THE_USER},
    "interviews.Participation": {"id": "nothing points to it"},
    "interviews.Proposal": {"id": "nothing points to it"},
    "interviews.PushDevice": {
        "id": "nothing points to it",
        "channel": "there is one of notifications at most",
        "subscription": SECRET,
        "endpoint_digest": "a checksum of a secret",
        "device_key": SECRET,
    },
    "interviews.RefusedAddress": {"id": COUNTED, "address": "named by the address itself"},
    "interviews.Reminder": {
        "candidate": OF_THE_USER,
        "next_channel": OF_THE_MACHINE,
        "tell_at": OF_THE_MACHINE,
    },
    "interviews.Result": {"competences": "they stand in “lacking”"},
    "interviews.Result_competences": {"id": COUNTED},
    "interviews.Tag": {"candidate": OF_THE_USER, "normalised_name": FROM_THE_NAME},
    "interviews.Vacancy": {
        "candidate": OF_THE_USER,
        "state": COMPUTED,
        "tags": "they stand in “position_tags”",
    },
    "interviews.Vacancy_tags": {"id": COUNTED},
    "interviews.WaitAssumptions": {"id": "nothing points to it", "candidate": OF_THE_USER},
}

MODELS: dict[str, str] = {
    "account.EmailConfirmation": SECRET,
    "accounts.User_groups": "rights are the operator's to give",
    "accounts.User_user_permissions": "rights are the operator's to give",
    "admin.LogEntry": "what an operator did, to data that may be another's",
    "interviews.CompanyIndex": "of the instance, and of nobody",
    "interviews.CompanyTally": COMPUTED,
    "interviews.InboundMail": "forgotten with the answer; the candidate’s mailbox has it",
    "interviews.InboundState": "of the instance, and of nobody",
    "interviews.Statistics": COMPUTED,
    "interviews.StatisticsState": "of the instance, and of nobody",
    "interviews.Organisation": "an operator’s entry; a coach’s is named with the settings",
    "interviews.PositionImport": "what it brought is in “positions”; only here can it be undone",
    "interviews.PushKey": SECRET,
    "interviews.SenderState": "of the instance, and of nobody",
    "interviews.SweepState": "of the instance, and of nobody",
    "mfa.Authenticator": "secrets of signing in; the audit log says when each was added",
    "sessions.Session": SECRET,
    "socialaccount.SocialAccount": "the key by which a provider knows the user; the audit "
    "log says when it was joined",
    "socialaccount.SocialApp": "of the instance, and of nobody; none is made",
    "socialaccount.SocialToken": "none is kept",
    "usersessions.UserSession": "ends with its sign-in; the audit log says when there was one",
}
