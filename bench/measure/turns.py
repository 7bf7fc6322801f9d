"""One turn after the other. Who fails, or does not come to an end, costs nobody else a result."""

from .plan import say


class Turn:
    """What one subject did in one turn; it counts only if the turn ends in time."""

    def __init__(self):
        self.arrived = 0
        self.expected = 0
        self.unit = "bytes"
        self.values = []

    def expect(self, count, unit="bytes"):
        self.expected = count
        self.unit = unit

    def add(self, measure, unit, value, goals=()):
        self.values.append((measure, unit, value, goals))

    def progress(self):
        return f"{self.arrived:,} of {self.expected:,} {self.unit} arrived"


class Turns:
    """Of one section. Who has failed in a turn has no later one, and a new server in the next section."""

    def __init__(self, section, plan, processes, shared_server=True, seconds=None):
        self._section = section
        self._seconds = seconds or plan.turn_seconds
        self._processes = processes
        self._shared_server = shared_server
        self._out = []

    def round(self, subjects, once):
        """Calls once(subject, turn) for each that has not failed yet."""
        for subject in subjects:
            if subject not in self._out:
                self._take(subject, once)

    def _take(self, subject, once):
        turn, problem = Turn(), None
        with self._processes.limit(self._seconds, subject.daemon) as limit:
            try:
                if self._shared_server:
                    subject.be_ready()
                once(subject, turn)
            except Exception as failure:  # whatever it is, the others have their turns
                problem = failure
        why = self._what_went_wrong(turn, problem, limit)
        if why:
            # What we killed has nothing to say of why it did not end.
            say(f"{subject.name}: {why}" + ("" if limit.expired else f" ({problem})"))
            self._out.append(subject)
            self._section.subject_failed(subject, why)
            self._processes.kill_and_forget(limit.mark, subject.daemon)
            return
        for value in turn.values:
            self._section.add(subject, *value)
        if turn.arrived < turn.expected:
            say(f"{subject.name}: {turn.progress()}")
            self._section.subject_incomplete(subject, turn.arrived, turn.expected, turn.unit)

    def _what_went_wrong(self, turn, problem, limit):
        """In short, and without a path of this machine: the whole message goes to standard error."""
        progress = f", {turn.progress()}" if turn.expected else ""
        if limit.expired:
            return f"not finished in {self._seconds} s{progress}"
        if problem is None:
            return None
        return f"failed: {in_short(problem)}{progress if turn.arrived < turn.expected else ''}"


def in_short(problem):
    """Of a failure, what may stand in the results: a message could have a path of this machine."""
    return getattr(problem, "in_short", None) or type(problem).__name__
