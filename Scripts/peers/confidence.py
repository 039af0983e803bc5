"""Confidence sets for ranks by the stepdown procedure of Mogstad, Romano, Shaikh & Wilhelm (2023).

A pair (j, k) of units is settled when j is surely above k. Draws of the errors say how large the
difference of a pair must be, among all pairs that are not yet settled: simultaneous sets have one
family of pairs, marginal sets a family for each unit. https://doi.org/10.1093/restud/rdad006
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from measurement import Data, Peers, Trial

CLOSE_RANKS, CLOSE_PART, CLOSE_SHARE = 3, 0.02, 0.95  # Ranks, or a part of the units.
PART = 125


class Sets(NamedTuple):
    """The best and the worst rank of each unit."""

    lower: np.ndarray
    upper: np.ndarray


class ConfidenceTask:
    """Values with standard errors, and regionsim's sets."""

    def __init__(self, data: Data) -> None:
        work = data["confidence"]
        self.units: int = data["units"]
        self.size: int = work["draws"]
        self.small = self.size
        self.threads = data.threads
        self.seed: int = data["seed"]
        self.level: float = work["level"]
        self.values = data.read(work["values"])
        self.errors = data.read(work["standardErrors"])
        self.expected: dict[str, Sets] = {}
        expected = work["expected"]
        names = {work.get("scope", "simultaneous"): ("lower", "upper"),
                 "marginal": ("marginalLower", "marginalUpper")}
        for scope, (lower, upper) in names.items():
            if lower in expected:
                self.expected[scope] = Sets(data.read(expected[lower], "<i4"),
                                            data.read(expected[upper], "<i4"))

    def figure(self, seconds: float, size: int) -> float:
        return seconds

    def close_share(self, sets: Sets, scope: str, ranks: float) -> float | None:
        """The share of bounds within some ranks of regionsim's; None where it gave none."""
        expected = self.expected.get(scope)
        if expected is None:
            return None
        return float(np.mean([np.abs(mine - its) <= ranks for mine, its in zip(sets, expected)]))

    def trial(self, run: Callable[[], Sets], scope: str) -> Trial:
        """A trial whose sets are compared with those of a scope.

        The draws are others than regionsim's, and the wide sets of many units vary with the draws.
        """

        def is_equal(sets: Sets) -> bool | None:
            share = self.close_share(sets, scope, max(CLOSE_RANKS, CLOSE_PART * self.units))
            return None if share is None else share >= CLOSE_SHARE

        def describe(sets: Sets) -> str:
            share = self.close_share(sets, scope, CLOSE_RANKS)
            return "" if share is None else f"{100 * share:.1f} % within {CLOSE_RANKS} ranks"

        return Trial(run, is_equal, describe=describe)


class Pairs:
    """Units from the largest value to the least, and the draws of their errors."""

    def __init__(self, task: ConfidenceTask) -> None:
        self.order = np.argsort(-task.values, kind="stable")
        self.values = task.values[self.order]
        errors = task.errors[self.order]
        random = np.random.Generator(np.random.SFC64(task.seed))
        self.draws = random.standard_normal((task.units, task.size)) * errors[:, None]
        self.deviation = np.hypot(errors[:, None], errors)
        np.fill_diagonal(self.deviation, 0)
        self.inverse = np.divide(1, self.deviation, out=np.zeros_like(self.deviation),
                                 where=self.deviation > 0)
        self.difference = self.values[:, None] - self.values
        # Where both are known without error, their order is as sure as their values.
        self.settled = (self.deviation == 0) & (self.difference > 0)
        self.threads = task.threads
        self.level = task.level

    def sets(self, settled_above: np.ndarray, settled_below: np.ndarray) -> Sets:
        """The sets, in the order of the task, from how many are surely above and below."""
        lower, upper = np.empty_like(self.order), np.empty_like(self.order)
        lower[self.order] = settled_above + 1
        upper[self.order] = len(self.order) - settled_below
        return Sets(lower, upper)

    def simultaneous(self, largest: Callable[[np.ndarray], np.ndarray]) -> Sets:
        """Sets for all units together; largest(weights) is the largest of each draw."""
        settled = self.settled.copy()
        while True:
            critical = np.quantile(largest(np.where(settled, 0, self.inverse)), self.level)
            new = ~settled & (self.difference - critical * self.deviation > 0)
            if not new.any():
                return self.sets(settled.sum(axis=0), settled.sum(axis=1))
            settled |= new

    def marginal(self, largest: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> Sets:
        """Sets for each unit alone; largest(units, down, up) is (units, draws)."""
        below, above = self.settled.copy(), self.settled.T.copy()  # below[j, k]: j is above k.
        active = np.arange(len(self.order))
        while active.size:
            inverse = self.inverse[active]
            maxima = largest(active, np.where(below[active], 0, inverse),
                             np.where(above[active], 0, inverse))
            critical = np.quantile(maxima, self.level, axis=1)[:, None]
            limit = critical * self.deviation[active]
            new_below = ~below[active] & (self.difference[active] - limit > 0)
            new_above = ~above[active] & (-self.difference[active] - limit > 0)
            below[active] |= new_below
            above[active] |= new_above
            active = active[(new_below | new_above).any(axis=1)]
        return self.sets(above.sum(axis=1), below.sum(axis=1))


def numpy_simultaneous(task: ConfidenceTask, draws: int) -> Trial:
    """Each thread has parts of the draws, which stay in its cache."""
    pool = ThreadPoolExecutor(task.threads)

    def run() -> Sets:
        pairs = Pairs(task)
        parts = [np.ascontiguousarray(pairs.draws[:, first:first + PART])
                 for first in range(0, draws, PART)]

        def largest(weights: np.ndarray) -> np.ndarray:
            # A settled pair has weight 0; those after the last open pair of a unit are left out.
            ends = task.units - np.argmax(weights[:, ::-1] > 0, axis=1)

            def of_part(part: np.ndarray) -> np.ndarray:
                maximum = np.zeros(part.shape[1])
                scratch = np.empty_like(part)
                for unit, end in enumerate(ends):
                    rows = scratch[:end]
                    np.subtract(part[unit], part[:end], out=rows)
                    rows *= weights[unit, :end, None]
                    np.maximum(maximum, rows.max(axis=0), out=maximum)
                return maximum

            return np.concatenate(list(pool.map(of_part, parts)))

        return pairs.simultaneous(largest)

    return task.trial(run, "simultaneous")


def numpy_marginal(task: ConfidenceTask, draws: int) -> Trial:
    pool = ThreadPoolExecutor(task.threads)

    def run() -> Sets:
        pairs = Pairs(task)
        parts = [np.ascontiguousarray(pairs.draws[:, first:first + PART])
                 for first in range(0, draws, PART)]

        def largest(units: np.ndarray, down: np.ndarray, up: np.ndarray) -> np.ndarray:
            is_simple = np.array_equal(down, up)

            def of_part(part: np.ndarray) -> np.ndarray:
                maxima = np.empty((units.size, part.shape[1]))
                scratch, other = np.empty_like(part), np.empty_like(part)
                for i, unit in enumerate(units):
                    np.subtract(part[unit], part, out=scratch)
                    if is_simple:
                        np.abs(scratch, out=scratch)
                    else:
                        np.multiply(scratch, -up[i, :, None], out=other)
                    scratch *= down[i, :, None]
                    maxima[i] = scratch.max(axis=0)
                    if not is_simple:
                        np.maximum(maxima[i], other.max(axis=0), out=maxima[i])
                return maxima

            return np.concatenate(list(pool.map(of_part, parts)), axis=1)

        return pairs.marginal(largest)

    return task.trial(run, "marginal")


def numba_simultaneous(task: ConfidenceTask, draws: int) -> Trial:
    import pairings

    def run() -> Sets:
        pairs = Pairs(task)
        return pairs.simultaneous(lambda weights: pairings.largest_of_all(pairs.draws, weights))

    return task.trial(run, "simultaneous")


def numba_marginal(task: ConfidenceTask, draws: int) -> Trial:
    import pairings

    def run() -> Sets:
        pairs = Pairs(task)
        return pairs.marginal(lambda units, down, up:
                              pairings.largest_of_each(pairs.draws, units, down, up))

    return task.trial(run, "marginal")


PEERS = Peers("confidence", "s")
PEERS.add("numba stepdown simultaneous", "numba", stepdown=numba_simultaneous)
PEERS.add("numba stepdown marginal", "numba", stepdown=numba_marginal)
PEERS.add("numpy stepdown simultaneous", "numpy", stepdown=numpy_simultaneous)
PEERS.add("numpy stepdown marginal", "numpy", stepdown=numpy_marginal)
