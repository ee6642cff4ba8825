"""What a coach sees and does: permissions, the caseload, the morning and its mail, proposals and
notes."""
