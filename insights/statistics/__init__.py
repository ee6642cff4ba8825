"""What a candidate's facts teach: how long, kept or not, still worth waiting.

Reckoned by the task `learn` and stored (`Learned`); pages read it.
"""
