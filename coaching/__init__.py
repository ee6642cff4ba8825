"""What a coach reads: whom to help this morning, her caseload, and her mail about both."""
