"""What a measurement is: a value beside what it is held against."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`yardstick` says what was measured, and against what; more is better."""

    name: str
    value: float
    unit: str
    yardstick: str
    target: float

    @property
    def is_met(self) -> bool:
        return self.value >= self.target

    def to_json(self) -> dict[str, object]:
        return asdict(self) | {"met": self.is_met}
