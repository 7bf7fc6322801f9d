"""Of many times, what half of them and what all but the worst hundredth do not exceed."""

import math


def p50(values):
    return _of(values, 0.5)


def p99(values):
    return _of(values, 0.99)


def _of(values, share):
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]
