"""A series of measurements of one subject, and what is to be reached."""

import statistics
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Goal:
    """What our rows have to reach: a number, or so many times what ssh reaches."""

    text: str
    limit: float
    at_least: bool = False
    of_ssh: bool = False

    def is_met(self, value, ssh):
        if self.of_ssh:
            if ssh is None:
                return None
            value = value / ssh
        return value >= self.limit if self.at_least else value <= self.limit


@dataclass
class Result:
    section: str
    measure: str
    unit: str
    subject: str
    is_ours: bool
    values: list
    goals: tuple = ()
    notes: list = field(default_factory=list)

    @property
    def median(self):
        return statistics.median(self.values)


class Collector:
    """Gathers the series of one section."""

    def __init__(self, section):
        self._section = section
        self._results = {}

    def add(self, subject, measure, unit, value, goals=()):
        key = (measure, subject.name)
        if key not in self._results:
            self._results[key] = Result(
                self._section, measure, unit, subject.name, subject.is_ours, [], tuple(goals)
            )
        self._results[key].values.append(value)
        return self._results[key]

    def results(self):
        """Measure by measure, each in the order of the subjects."""
        measures = list(dict.fromkeys(measure for measure, _ in self._results))
        return sorted(self._results.values(), key=lambda result: measures.index(result.measure))
