"""What other programs exchange with Hearback: business cards, calendar, invitations."""
