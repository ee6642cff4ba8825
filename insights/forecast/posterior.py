"""What is believed of the employers of one candidate: possible worlds, each with its weight."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from insights.forecast.survival_model import DIMENSIONS, Array

# Raised when stored worlds mean something else than before.
VERSION = 1
# Three digits are more than is known; a posterior takes ten kilobytes so, and not sixty.
PACKED = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class Posterior:
    """`worlds` has a row for each (`law.py`); `weights` sum to 1. It rests on `own` closed
    stretches of the candidate's, and on `others` shared ones."""

    worlds: Array
    weights: Array
    own: int = 0
    others: int = 0

    def to_json(self) -> dict[str, Any]:
        table = np.column_stack([self.weights / self.weights.max(), self.worlds])
        packed = b64encode(table.astype(PACKED).tobytes()).decode()
        return {"version": VERSION, "own": self.own, "others": self.others, "worlds": packed}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Posterior | None":
        """None where nothing is stored, or by another version."""
        if stored.get("version") != VERSION:
            return None
        table = np.frombuffer(b64decode(stored["worlds"]), PACKED).astype(np.float64)
        table = table.reshape(-1, 1 + DIMENSIONS)
        weights = table[:, 0] / table[:, 0].sum()
        return cls(table[:, 1:], weights, stored["own"], stored["others"])
