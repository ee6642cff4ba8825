"""What an administrator sees of accounts, and what other lists of the admin are built from."""
