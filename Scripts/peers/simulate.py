"""Uncertain futures of a ratio: the places of municipalities and regions, drawn and counted."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from measurement import Data, Peers, Trial
from rank import packed_places

STANDARD_ERRORS = 5.0


class Counts(NamedTuple):
    """Sums over the draws: of places, and of being among the first."""

    places: np.ndarray
    tops: np.ndarray
    region_places: np.ndarray
    region_tops: np.ndarray


class SimulateTask:
    """The model, and what regionsim found."""

    def __init__(self, data: Data) -> None:
        work = data["simulate"]
        self.units: int = data["units"]
        self.regions: int = data["regions"]
        self.size: int = work["draws"]
        self.small = min(self.size, 256)
        self.threads = data.threads
        self.seed: int = data["seed"]
        self.value = data.read(work["value"])
        self.denominator = data.read(work["denominator"])
        self.value_deviation = data.read(work["valueDeviation"])
        self.denominator_deviation = data.read(work["denominatorDeviation"])
        self.group_deviations = (work["valueGroupDeviation"], work["denominatorGroupDeviation"])
        correlation = data.read(work["correlation"]).reshape(self.regions, self.regions).T
        self.factor = np.linalg.cholesky(correlation)
        region_of = data.read(work["regionOf"], "<i4").astype(np.int64)
        self.region_of = np.where(region_of < 0, self.regions, region_of)  # The last is no region.
        self.top = tuple(work["top"])
        self.expected = {name: data.read(file) for name, file in work["expected"].items()}

    def figure(self, seconds: float, size: int) -> float:
        return seconds * 1e6 / size

    def are_counts(self, counts: Counts, draws: int) -> bool:
        """Whether the counts agree with regionsim's within 5 standard errors of both."""
        expected = self.expected
        return (
            self.are_means(counts.places / draws, expected["municipalityPlace"],
                           expected["municipalityPlaceError"], draws)
            and self.are_means(counts.region_places / draws, expected["regionPlace"],
                               expected["regionPlaceError"], draws)
            and self.are_shares(counts.tops / draws, expected["municipalityTop"], draws)
            and self.are_shares(counts.region_tops / draws, expected["regionTop"], draws)
        )

    def are_means(self, means: np.ndarray, expected: np.ndarray, errors: np.ndarray,
                  draws: int) -> bool:
        own = errors * np.sqrt(self.size / draws)
        limit = STANDARD_ERRORS * np.sqrt(errors**2 + own**2 + draws**-2.0)
        return bool((np.abs(means - expected) <= limit).all())

    def are_shares(self, shares: np.ndarray, expected: np.ndarray, draws: int) -> bool:
        pooled = (shares * draws + expected * self.size + 1) / (draws + self.size + 2)
        limit = STANDARD_ERRORS * np.sqrt(pooled * (1 - pooled) * (1 / draws + 1 / self.size))
        return bool((np.abs(shares - expected) <= limit).all())


def numba_fused(task: SimulateTask, draws: int) -> Trial:
    import futures
    import networks
    from threadpoolctl import threadpool_limits

    model = np.stack([task.value, task.denominator])
    deviations = np.stack([task.value_deviation, task.denominator_deviation])
    group_deviations = np.array(task.group_deviations)
    unit_network, region_network = networks.network(task.units), networks.network(task.regions)

    def run() -> Counts:
        with threadpool_limits(1, "blas"):  # Every thread multiplies for itself.
            return Counts(*futures.simulate(
                draws, task.seed, task.threads, model, deviations, group_deviations, task.region_of,
                task.factor, unit_network, region_network, task.top))

    return Trial(run, lambda counts: task.are_counts(counts, draws))


class ChunkedFutures:
    """Futures with numpy, a chunk of draws at a time."""

    def __init__(self, task: SimulateTask, bits: np.random.BitGenerator) -> None:
        self.task = task
        self.random = np.random.Generator(bits)
        self.factor = np.vstack([task.factor, np.zeros(task.regions)]).T.copy()
        self.membership = np.zeros((task.units, task.regions + 1))
        self.membership[np.arange(task.units), task.region_of] = 1

    def levels(self, levels: np.ndarray, deviations: np.ndarray, group_deviation: float,
               draws: int) -> np.ndarray:
        """Levels times the exponential of their deviations, (draws, units)."""
        task = self.task
        common = self.random.standard_normal((draws, task.regions)) @ self.factor
        common *= group_deviation
        shocks = self.random.standard_normal((draws, task.units))
        shocks *= deviations
        shocks += common[:, task.region_of]
        np.exp(shocks, out=shocks)
        shocks *= levels
        return shocks

    def draw(self, draws: int) -> tuple[np.ndarray, np.ndarray]:
        """The values of units and of regions, (draws, each)."""
        task = self.task
        values = self.levels(task.value, task.value_deviation, task.group_deviations[0], draws)
        sizes = self.levels(task.denominator, task.denominator_deviation, task.group_deviations[1],
                            draws)
        denominators = (sizes @ self.membership)[:, :-1]
        sizes *= values
        numerators = (sizes @ self.membership)[:, :-1]
        region_values = np.divide(numerators, denominators, out=np.zeros_like(numerators),
                                  where=denominators > 0)
        return values, region_values


def totals(task: SimulateTask) -> Counts:
    return Counts(*(np.zeros(size, np.int64)
                    for size in (task.units, task.units, task.regions, task.regions)))


def add(counts: Counts, places: np.ndarray, region_places: np.ndarray,
        top: tuple[int, int]) -> None:
    counts.places[:] += places.sum(axis=0, dtype=np.int64)
    counts.tops[:] += np.count_nonzero(places <= top[0], axis=0)
    counts.region_places[:] += region_places.sum(axis=0, dtype=np.int64)
    counts.region_tops[:] += np.count_nonzero(region_places <= top[1], axis=0)


def numpy_trial(task: SimulateTask, draws: int, chunk: int) -> Trial:
    """SFC64 on every thread, chunks that stay in its cache, places of packed keys."""
    pool = ThreadPoolExecutor(task.threads)
    seeds = np.random.SeedSequence(task.seed).spawn(task.threads)
    shares = [draws * (i + 1) // task.threads - draws * i // task.threads
              for i in range(task.threads)]

    def part(seed: np.random.SeedSequence, share: int) -> Counts:
        counts = totals(task)
        futures = ChunkedFutures(task, np.random.SFC64(seed))
        places = np.empty((chunk, task.units), np.uint16)
        region_places = np.empty((chunk, task.regions), np.uint16)
        for first in range(0, share, chunk):
            count = min(chunk, share - first)
            values, region_values = futures.draw(count)
            packed_places(values, places[:count])
            packed_places(region_values, region_places[:count])
            add(counts, places[:count], region_places[:count], task.top)
        return counts

    def run() -> Counts:
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1, "blas"):
            parts = list(pool.map(part, seeds, shares))
        return Counts(*(sum(arrays) for arrays in zip(*parts)))

    return Trial(run, lambda counts: task.are_counts(counts, draws))


def analyst_trial(task: SimulateTask, draws: int) -> Trial:
    """As a good analyst would: chunks of 1000 draws, scipy's ranks."""
    from scipy.stats import rankdata

    def run() -> Counts:
        counts = totals(task)
        futures = ChunkedFutures(task, np.random.PCG64(task.seed))
        for first in range(0, draws, 1000):
            values, region_values = futures.draw(min(1000, draws - first))
            add(counts, rankdata(-values, method="min", axis=1),
                rankdata(-region_values, method="min", axis=1), task.top)
        return counts

    return Trial(run, lambda counts: task.are_counts(counts, draws))


PEERS = Peers("simulate", "us/scenario")
PEERS.add("numba fused", "numba", fused=numba_fused)
PEERS.add("numpy threads", "numpy", **{
    f"chunks of {chunk}": lambda task, draws, chunk=chunk: numpy_trial(task, draws, chunk)
    for chunk in (192, 512)
})
PEERS.add("numpy + scipy.stats.rankdata", "scipy", chunks=analyst_trial, threads=None)
