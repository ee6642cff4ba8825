"""Every write, one file a noun.

Each takes the lock of its interview's row, writes, and recomputes the next step in one transaction
(`next_step.lock_interview` and `next_step.recompute_next_step`).
"""
