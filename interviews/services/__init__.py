"""Every write, one file per noun.

Each takes the lock of its interview's row first, then writes, then re-decides the next step,
in one transaction (`steps.locked` and `steps.redecide`).
"""
