"""Statistics of a candidate's facts: days to an answer, promises, follow-ups.

The task `compute_statistics` computes and stores them (`Statistics`); pages read them.
"""
