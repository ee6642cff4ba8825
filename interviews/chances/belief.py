"""What is believed of the employers of one candidate: possible worlds, each with its weight."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from interviews.chances.law import DIMENSIONS, Array

# Raised when stored worlds mean something else than before.
VERSION = 1


@dataclass(frozen=True, slots=True)
class Belief:
    """`worlds` has a row for each (`law.py`); `weights` sum to 1. It rests on `own` closed
    stretches of the candidate's, and on `others` shared ones."""

    worlds: Array
    weights: Array
    own: int = 0
    others: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "own": self.own,
            "others": self.others,
            "weights": [float(f"{each:.3g}") for each in self.weights],
            "worlds": [[float(f"{each:.4g}") for each in world] for world in self.worlds],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Belief | None":
        """None where nothing is stored, or by another version."""
        if stored.get("version") != VERSION:
            return None
        weights = np.array(stored["weights"], dtype=np.float64)
        worlds = np.array(stored["worlds"], dtype=np.float64).reshape(-1, DIMENSIONS)
        return cls(worlds, weights / weights.sum(), stored["own"], stored["others"])
