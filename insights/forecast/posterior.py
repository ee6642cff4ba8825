"""The posterior of one candidate's employers: draws of the parameters, with weights."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from insights.forecast.survival_model import DIMENSIONS, Array

# Raise it when stored draws change their meaning.
VERSION = 1
# Three digits are enough; a posterior then takes ten kilobytes instead of sixty.
PACKED = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class Posterior:
    """`draws` has a row for each (`survival_model.py`); `weights` sum to 1. It rests on `own`
    closed spells of the candidate and `others` shared ones."""

    draws: Array
    weights: Array
    own: int = 0
    others: int = 0

    def to_json(self) -> dict[str, Any]:
        table = np.column_stack([self.weights / self.weights.max(), self.draws])
        packed = b64encode(table.astype(PACKED).tobytes()).decode()
        return {"version": VERSION, "own": self.own, "others": self.others, "worlds": packed}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Posterior | None":
        """Return None if nothing is stored, or only by another version."""
        if stored.get("version") != VERSION:
            return None
        table = np.frombuffer(b64decode(stored["worlds"]), PACKED).astype(np.float64)
        table = table.reshape(-1, 1 + DIMENSIONS)
        weights = table[:, 0] / table[:, 0].sum()
        return cls(table[:, 1:], weights, stored["own"], stored["others"])
