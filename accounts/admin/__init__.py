"""The admin's pages about accounts, and the base classes of its other lists."""
