"""Every write, one file a noun.

Each takes the lock of its interview's row, writes, and recomputes the next step in one transaction
(`locks.lock_interview` and `next_step.recompute_next_step`).
"""
