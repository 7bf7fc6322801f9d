"""What was measured: series of values in the sections of a run, and what went wrong."""

import statistics
from dataclasses import dataclass, field

from .subjects import ORIGINAL, SSH

# Beside whom all others are, where a section names nobody else.
REFERENCES = (SSH, ORIGINAL)


@dataclass
class Result:
    """A series of measurements of one subject, one in each round."""

    measure: str
    unit: str
    subject: str
    is_ours: bool
    values: list = field(default_factory=list)
    goals: tuple = ()

    @property
    def median(self):
        return statistics.median(self.values)

    def over(self, reference):
        """How many times the reference's: of the medians, and round by round."""
        # Who fails has no later turn, so that the values of the same round have the same place.
        rounds = [mine / its for mine, its in zip(self.values, reference.values)]
        return Series(self.median / reference.median, rounds)

    def alone(self):
        return Series(self.median, self.values)


@dataclass(frozen=True)
class Series:
    middle: float
    values: list

    ENOUGH_FOR_QUARTILES = 8

    def has_quartiles(self):
        return len(self.values) >= self.ENOUGH_FOR_QUARTILES

    def spread(self, number):
        """The least and the most, and if there are many values, the quartiles before them."""
        text = f"{number(min(self.values))} – {number(max(self.values))}"
        if not self.has_quartiles():
            return text
        low, _, high = statistics.quantiles(self.values, n=4)
        return f"{number(low)} – {number(high)} ({text})"


class Section:
    """Gathers the series of one section, and keeps them if it breaks off."""

    def __init__(self, name):
        self.name = name
        self.title = name.capitalize()
        self.lead = ""
        self.failure = ""
        self.references = REFERENCES
        self.micro = []
        self._results = {}
        self._failures = {}
        self._incomplete = {}

    def add(self, subject, measure, unit, value, goals=()):
        key = (measure, subject.name)
        if key not in self._results:
            self._results[key] = Result(measure, unit, subject.name, subject.is_ours, goals=tuple(goals))
        self._results[key].values.append(value)

    def subject_failed(self, subject, why):
        self._failures[subject.name] = (why, subject.is_ours)

    def subject_incomplete(self, subject, arrived, expected, unit):
        self._incomplete.setdefault(subject.name, []).append((arrived, expected, unit))

    def results(self):
        """Measure by measure, each in the order of the subjects."""
        measures = list(dict.fromkeys(measure for measure, _ in self._results))
        return sorted(self._results.values(), key=lambda result: measures.index(result.measure))

    def remarks(self):
        """What went wrong, by the name of whose row says it."""
        found = {name: [why] for name, (why, _) in self._failures.items()}
        for name, turns in self._incomplete.items():
            arrived, expected, unit = min(turns)
            count = f" {len(turns)} times, the least" if len(turns) > 1 else ""
            found.setdefault(name, []).append(
                f"incomplete{count}: {arrived:,} of {expected:,} {unit} arrived"
            )
        return {name: "; ".join(all_of_it) for name, all_of_it in found.items()}

    def ours_failed(self):
        return bool(self.failure) or any(ours for _, ours in self._failures.values())

    def has_values(self):
        return bool(self._results or self.micro)
