"""What a measurement is: a value beside what it is held against."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`yardstick` says what was measured, and against what. With a target more is better."""

    name: str
    value: float
    unit: str
    yardstick: str
    target: float | None = None

    @property
    def is_met(self) -> bool | None:
        """None where nothing is promised."""
        return None if self.target is None else self.value >= self.target

    def to_json(self) -> dict[str, object]:
        return asdict(self) | {"met": self.is_met}
