"""A composite of indicators under uncertain weights: the mean place of each unit."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from measurement import Data, Peers, Trial, in_parts

STANDARD_ERRORS = 5.0
CHUNK = 128


class WeightsTask:
    """Indicators from 0 to 1, the weights' middle and spread, and what regionsim found."""

    def __init__(self, data: Data) -> None:
        work = data["weights"]
        self.units: int = data["units"]
        self.indicators: int = work["indicators"]
        self.size: int = work["draws"]
        self.small = min(self.size, 16)
        self.threads = data.threads
        self.seed: int = data["seed"]
        values = data.read(work["values"]).reshape(self.indicators, self.units)
        low = values.min(axis=1, keepdims=True)
        span = values.max(axis=1, keepdims=True) - low
        self.normalised = np.divide(values - low, span, out=np.zeros_like(values), where=span > 0)
        self.base = data.read(work["base"])
        self.spread: float = work["spread"]
        self.place = data.read(work["expected"]["place"])
        self.place_error = data.read(work["expected"]["placeError"])

    def figure(self, seconds: float, size: int) -> float:
        return size / seconds

    def draw_weights(self, random: np.random.Generator, draws: int) -> np.ndarray:
        """Weights (draws, indicators) that sum to 1."""
        weights = random.random((draws, self.indicators))
        weights *= 2 * self.spread
        weights += 1 - self.spread
        weights *= self.base
        weights /= weights.sum(axis=1, keepdims=True)
        return weights

    def are_sums(self, sums: np.ndarray, draws: int) -> bool:
        """Whether sums of places agree with regionsim's means within 5 standard errors of both."""
        own = self.place_error * np.sqrt(self.size / draws)
        limit = STANDARD_ERRORS * np.sqrt(self.place_error**2 + own**2 + draws**-2.0)
        return bool((np.abs(sums / draws - self.place) <= limit).all())


def chunked(task: WeightsTask, draws: int,
            count: Callable[[np.ndarray, np.ndarray], None]) -> Trial:
    """A trial in which count(scores, sums) ranks a chunk of scores (draws, units)."""
    pool = ThreadPoolExecutor(task.threads)
    chunks = (draws + CHUNK - 1) // CHUNK
    seeds = np.random.SeedSequence(task.seed).spawn(chunks)
    sums = np.empty((chunks, task.units))

    def part(first: int, end: int) -> None:
        random = np.random.Generator(np.random.SFC64(seeds[first // CHUNK]))
        scores = task.draw_weights(random, end - first) @ task.normalised
        count(scores, sums[first // CHUNK])

    def run() -> np.ndarray:
        from threadpoolctl import threadpool_limits

        sums[:] = 0
        with threadpool_limits(1, "blas"):
            in_parts(part, draws, CHUNK, pool)
        return sums.sum(axis=0)

    return Trial(run, lambda result: task.are_sums(result, draws))


def numba_network(task: WeightsTask, draws: int) -> Trial:
    import composites
    import networks

    passes, tiles = networks.network(task.units)

    def count(scores: np.ndarray, sums: np.ndarray) -> None:
        composites.count_scores(scores, passes, tiles, sums)

    return chunked(task, draws, count)


def numpy_scipy(task: WeightsTask, draws: int) -> Trial:
    from scipy.stats import rankdata

    def count(scores: np.ndarray, sums: np.ndarray) -> None:
        sums += rankdata(-scores, method="min", axis=1).sum(axis=0)

    return chunked(task, draws, count)


def pymcdm_loop(task: WeightsTask, draws: int) -> Trial:
    from pymcdm.methods import WSM
    from scipy.stats import rankdata

    # The indicators have been normalised, once.
    method = WSM(normalization_function=lambda values, cost=False: values)
    matrix, types = np.ascontiguousarray(task.normalised.T), np.ones(task.indicators)

    def run() -> np.ndarray:
        sums = np.zeros(task.units)
        random = np.random.Generator(np.random.SFC64(task.seed))
        for weights in task.draw_weights(random, draws):
            scores = method(matrix, weights, types)
            sums += rankdata(-scores, method="min")
        return sums

    return Trial(run, lambda sums: task.are_sums(sums, draws))


def skcriteria_loop(task: WeightsTask, draws: int) -> Trial:
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    method = WeightedSumModel()
    data = mkdm(np.ascontiguousarray(task.normalised.T), [max] * task.indicators)

    def run() -> np.ndarray:
        sums = np.zeros(task.units)
        random = np.random.Generator(np.random.SFC64(task.seed))
        for weights in task.draw_weights(random, draws):
            sums += method.evaluate(data.copy(weights=weights)).rank_
        return sums

    return Trial(run, lambda sums: task.are_sums(sums, draws))


PEERS = Peers("weights", "draws/s")
PEERS.add("numba network + numpy dgemm", "numba", network=numba_network)
PEERS.add("numpy dgemm + scipy.stats.rankdata", "scipy", chunks=numpy_scipy)
PEERS.add("pymcdm WSM", "pymcdm", note="ranks by scipy, since its own are not 1224", threads=1,
          loop=pymcdm_loop)
PEERS.add("scikit-criteria WeightedSumModel", "scikit-criteria", threads=1,
          note="equal scores share places as it ranks them, 1223", loop=skcriteria_loop)
