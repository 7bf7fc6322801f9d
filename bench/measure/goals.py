"""What is to be reached, and whether it was: the issue's numbers, in one place."""

from dataclasses import dataclass

from .subjects import ORIGINAL, SSH, TLS

PLAIN = "the same without TLS"


@dataclass(frozen=True)
class Goal:
    """A number, or so many times what a reference reaches in the same rounds."""

    section: str
    what: str
    limit: float
    unit: str
    of: str = None
    at_least: bool = False
    exclusive: bool = False
    is_tls: bool = False

    def concerns(self, subject):
        if self.is_tls != subject.is_tls:
            return False
        return self.section != "start" or self in of_start(subject)

    def text(self):
        sign = "≥" if self.at_least else "<" if self.exclusive else "≤"
        return f"{sign} {self.limit:g} " + (f"× {self.of}" if self.of else self.unit)

    def series(self, result, references):
        """What came out; None if there is nothing to compare with."""
        if not result.values:
            return None
        if not self.of:
            return result.alone()
        name = result.subject.removesuffix(TLS) if self.of == PLAIN else self.of
        reference = references.get(name)
        return result.over(reference) if reference and reference.values else None

    def is_met(self, value):
        if self.at_least:
            return value >= self.limit
        return value < self.limit if self.exclusive else value <= self.limit


START_25 = Goal("start", "A client's start, Java 25", 1.0, "", of=ORIGINAL)
START_17 = Goal("start", "A client's start, Java 17", 1.5, "", of=ORIGINAL)
START_TLS = Goal("start", "A client's start over TLS", 1.5, "", of=PLAIN, is_tls=True)
READY = Goal("server", "A server's start to its first answer", 500, "ms")
IDLE = Goal("server", "Its resident memory, idle", 64, "MiB")
THROUGHPUT = Goal("throughput", "Throughput", 100, "MB/s", at_least=True)
THROUGHPUT_OF_SSH = Goal("throughput", "Throughput beside ssh", 0.4, "", of=SSH, at_least=True)
THROUGHPUT_TLS = Goal("throughput", "Throughput over TLS", 100, "MB/s", at_least=True, is_tls=True)
P50 = Goal("latency", "Latency, p50", 1, "ms", exclusive=True)
P99 = Goal("latency", "Latency, p99", 10, "ms", exclusive=True)
KEY_P50 = Goal("keystroke", "A key's answer, p50", 2, "ms", exclusive=True)
SAVE_P50 = Goal("save", "A save to the run's first byte, p50", 300, "ms")
SAVE_OWN = Goal("save", "The same but for the wait for more saves", 50, "ms")
SAVE_RUNS = Goal("save", "Runs of 20 saves in a second", 1, "runs")
SAVE_MEMORY = Goal("save", "Memory of a client that watches 50,000 files", 100, "MiB")
SAVE_IDLE = Goal("save", "Its processor time when nothing happens", 10, "ms")
FAN_OUT = Goal("fan-out", "100 subscribers, payload in all", 200, "MB/s", at_least=True)
SPEED_UP = Goal("runners", "A matrix of 6 on two runners, beside one", 1.8, "×", at_least=True)
ALL = (
    START_25,
    START_17,
    START_TLS,
    READY,
    IDLE,
    THROUGHPUT,
    THROUGHPUT_OF_SSH,
    THROUGHPUT_TLS,
    P50,
    P99,
    KEY_P50,
    SAVE_P50,
    SAVE_OWN,
    SAVE_RUNS,
    SAVE_MEMORY,
    SAVE_IDLE,
    FAN_OUT,
)


def of_start(subject):
    """The distribution's alone: a Java from elsewhere starts as it starts."""
    if not subject.is_distribution:
        return ()
    if subject.is_tls:
        return (START_TLS,)
    return (START_25,) if int(subject.java.split()[1].split(".")[0]) >= 25 else (START_17,)


def of_throughput(subject):
    if not subject.is_ours:
        return ()
    return (THROUGHPUT_TLS,) if subject.is_tls else (THROUGHPUT, THROUGHPUT_OF_SSH)


def verdict(goal, result, references, remark):
    """Whether it was reached; a subject that failed or lost output reached nothing."""
    if remark:
        return False
    series = goal.series(result, references)
    return None if series is None else goal.is_met(series.middle)


VERDICTS = {True: "reached", False: "**not reached**", None: "not comparable"}
