"""Competition places of every unit in many columns, and who is among the first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from measurement import Data, Peers, Trial, Unsupported, in_parts

PART_VALUES = 160_000  # As many values as a part has: about what stays in the cache of a core.


class RankTask:
    """Values, and the places of the first columns."""

    def __init__(self, data: Data) -> None:
        work = data["rank"]
        if work.get("missing"):
            raise Unsupported("values are missing, which the peers do not rank alike")
        self.data = data
        self.units: int = data["units"]
        self.size: int = data["columns"]
        self.small = 64
        self.threads = data.threads
        self.top: int = min(work.get("top", 10), self.units)
        self.part = max(1, PART_VALUES // self.units)
        checked = min(work["checked"], self.size)
        places = data.read(work["places"], "<u2", checked * self.units)
        self.places = places.reshape(-1, self.units).astype(np.int64)

    def values(self, columns: int) -> np.ndarray:
        """The first columns, one after another."""
        values = self.data.read(self.data["rank"]["values"], count=columns * self.units)
        return values.reshape(columns, self.units)

    def figure(self, seconds: float, size: int) -> float:
        return seconds * 1e9 / (size * self.units)

    def are_places(self, places: np.ndarray) -> bool:
        """Whether these (columns, units) are the places of the first columns."""
        count = min(len(places), len(self.places))
        return np.array_equal(places[:count], self.places[:count])

    def are_averages(self, places: np.ndarray) -> bool:
        """Whether these are the places of the first columns, with equal values in the middle."""
        count = min(len(places), len(self.places))
        middle = np.empty((count, self.units))
        for column in range(count):
            shared = np.bincount(self.places[column], minlength=self.units + 1)
            middle[column] = self.places[column] + (shared[self.places[column]] - 1) / 2
        return np.array_equal(places[:count], middle)

    def are_first(self, is_first: np.ndarray) -> bool:
        """Whether these are the units among the first of the first columns."""
        count = min(len(is_first), len(self.places))
        return np.array_equal(is_first[:count], self.places[:count] <= self.top)


def code_values(values: np.ndarray) -> tuple[np.ndarray, int]:
    """Each value's code, largest first, above the number of its unit, as 32 bits."""
    units = values.shape[1]
    bits = max(1, (units - 1).bit_length())
    high = values.max(axis=1, keepdims=True)
    span = high - values.min(axis=1, keepdims=True)
    scale = np.divide((1 << 32 - bits) - 1, span, out=np.zeros_like(span), where=span > 0)
    codes = np.subtract(high, values)
    codes *= scale
    keys = codes.astype(np.int32).view(np.uint32)  # Vectorised, unlike a conversion to uint32.
    keys <<= bits
    keys |= np.arange(units, dtype=np.uint32)
    return keys, bits


def shared_places(ordered: np.ndarray) -> np.ndarray:
    """The place at each position of values in order, equal ones sharing the first of theirs."""
    places = np.arange(1, ordered.shape[1] + 1) * np.ones((len(ordered), 1), np.int64)
    places[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 0
    return np.maximum.accumulate(places, axis=1)


def argsort_places(values: np.ndarray, places: np.ndarray) -> None:
    """Places by argsort, and a scatter."""
    order = np.argsort(-values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    np.put_along_axis(places, order, shared_places(ordered).astype(places.dtype), axis=1)


def packed_places(values: np.ndarray, places: np.ndarray) -> None:
    """Places by sorting keys of 32 bits; exact where codes are equal."""
    columns, units = values.shape
    keys, bits = code_values(values)
    keys.sort(axis=1)
    order = (keys & ((1 << bits) - 1)).astype(np.intp)
    flat = order + np.arange(columns)[:, None] * units
    places.reshape(-1)[flat] = np.arange(1, units + 1, dtype=places.dtype)
    keys >>= bits
    repair(values, order, keys[:, 1:] == keys[:, :-1], places)


def repair(values: np.ndarray, order: np.ndarray, is_equal: np.ndarray,
           places: np.ndarray) -> None:
    """Decide places of equal codes on the exact values: pairs at once, longer runs by argsort."""
    is_long = (is_equal[:, 1:] & is_equal[:, :-1]).any(axis=1)
    is_equal[is_long] = False
    columns, positions = np.nonzero(is_equal)
    first, second = order[columns, positions], order[columns, positions + 1]
    difference = values[columns, first] - values[columns, second]
    places[columns, second] -= (difference <= 0).astype(places.dtype)
    places[columns, first] += (difference < 0).astype(places.dtype)
    if is_long.any():
        exact = np.empty((np.count_nonzero(is_long), values.shape[1]), places.dtype)
        argsort_places(values[is_long], exact)
        places[is_long] = exact


def on_threads(rank: Callable[[np.ndarray, np.ndarray], None]) -> Callable[[RankTask, int], Trial]:
    """A trial in which rank(values, places) takes a part of the columns at a time."""

    def prepare(task: RankTask, columns: int) -> Trial:
        values = task.values(columns)
        places = np.empty((columns, task.units), np.uint16)
        pool = ThreadPoolExecutor(task.threads)

        def run() -> np.ndarray:
            in_parts(lambda first, end: rank(values[first:end], places[first:end]),
                     columns, task.part, pool)
            return places

        return Trial(run, task.are_places)

    return prepare


def numba_network(task: RankTask, columns: int) -> Trial:
    import networks

    values = task.values(columns)
    places = np.empty((columns, task.units), np.uint16)
    try:
        passes, tiles = networks.network(task.units)
    except ValueError as error:
        raise Unsupported(str(error)) from error

    def run() -> np.ndarray:
        networks.rank_columns(values, passes, tiles, places)
        return places

    return Trial(run, task.are_places)


def numba_radix(task: RankTask, columns: int) -> Trial:
    import radix

    values = task.values(columns)
    places = np.empty((columns, task.units), np.uint16)

    def run() -> np.ndarray:
        radix.rank_columns(values, places)
        return places

    return Trial(run, task.are_places)


def scipy_whole(task: RankTask, columns: int) -> Trial:
    from scipy.stats import rankdata

    values = task.values(columns)
    return Trial(lambda: rankdata(-values, method="min", axis=1), task.are_places)


def scipy_threads(task: RankTask, columns: int) -> Trial:
    from scipy.stats import rankdata

    def rank(values: np.ndarray, places: np.ndarray) -> None:
        places[:] = rankdata(-values, method="min", axis=1)

    return on_threads(rank)(task, columns)


def bottleneck_whole(task: RankTask, columns: int) -> Trial:
    import bottleneck

    values = task.values(columns)
    return Trial(lambda: bottleneck.rankdata(-values, axis=1), task.are_averages)


def bottleneck_threads(task: RankTask, columns: int) -> Trial:
    import bottleneck

    values = task.values(columns)
    places = np.empty((columns, task.units))
    pool = ThreadPoolExecutor(task.threads)

    def part(first: int, end: int) -> None:
        places[first:end] = bottleneck.rankdata(-values[first:end], axis=1)

    def run() -> np.ndarray:
        in_parts(part, columns, task.part, pool)
        return places

    return Trial(run, task.are_averages)


def polars_wide(task: RankTask, columns: int) -> Trial:
    import polars

    values = task.values(columns)
    frame = polars.DataFrame({str(column): values[column] for column in range(columns)})
    ranks = polars.all().rank(method="min", descending=True)
    return Trial(lambda: frame.select(ranks), lambda ranked: task.are_places(ranked.to_numpy().T))


def polars_long(task: RankTask, columns: int) -> Trial:
    import polars

    values = task.values(columns)
    scenario = np.repeat(np.arange(columns, dtype=np.int32), task.units)
    frame = polars.DataFrame({"scenario": scenario, "value": values.reshape(-1)})
    ranks = polars.col("value").rank(method="min", descending=True).over("scenario")
    return Trial(
        lambda: frame.select(ranks),
        lambda ranked: task.are_places(ranked["value"].to_numpy().reshape(columns, -1)),
    )


def pandas_columns(task: RankTask, columns: int) -> Trial:
    import pandas

    frame = pandas.DataFrame(task.values(columns).T)
    return Trial(
        lambda: frame.rank(method="min", ascending=False),
        lambda ranked: task.are_places(ranked.to_numpy().T),
    )


def pandas_rows(task: RankTask, columns: int) -> Trial:
    import pandas

    frame = pandas.DataFrame(task.values(columns))
    return Trial(
        lambda: frame.rank(method="min", ascending=False, axis=1),
        lambda ranked: task.are_places(ranked.to_numpy()),
    )


def numpy_partition(task: RankTask, columns: int) -> Trial:
    values = task.values(columns)
    is_first = np.empty(values.shape, np.bool_)
    pool = ThreadPoolExecutor(task.threads)
    kth = task.units - task.top

    def part(first: int, end: int) -> None:
        limits = np.partition(values[first:end], kth, axis=1)[:, kth]
        np.greater_equal(values[first:end], limits[:, None], out=is_first[first:end])

    def run() -> np.ndarray:
        in_parts(part, columns, task.part, pool)
        return is_first

    return Trial(run, task.are_first)


def numpy_argpartition(task: RankTask, columns: int) -> Trial:
    values = task.values(columns)
    is_first = np.empty(values.shape, np.bool_)
    pool = ThreadPoolExecutor(task.threads)
    kth = task.units - task.top

    def part(first: int, end: int) -> None:
        chunk = values[first:end]
        order = np.argpartition(chunk, kth, axis=1)[:, kth]
        limits = np.take_along_axis(chunk, order[:, None], axis=1)
        np.greater_equal(chunk, limits, out=is_first[first:end])

    def run() -> np.ndarray:
        in_parts(part, columns, task.part, pool)
        return is_first

    return Trial(run, task.are_first)


def numba_top(task: RankTask, columns: int) -> Trial:
    import radix

    values = task.values(columns)
    is_first = np.empty(values.shape, np.bool_)

    def run() -> np.ndarray:
        radix.first_of_columns(values, task.top, is_first)
        return is_first

    return Trial(run, task.are_first)


PEERS = Peers("rank", "ns/element")
PEERS.add("numba network", "numba", network=numba_network)
PEERS.add("numba radix", "numba", radix=numba_radix)
PEERS.add("numpy packed keys", "numpy", parts=on_threads(packed_places))
PEERS.add("numpy argsort", "numpy", parts=on_threads(argsort_places))
PEERS.add("bottleneck.rankdata", "bottleneck", note="equal values have the mean of their places",
          whole=bottleneck_whole, parts=bottleneck_threads)
PEERS.add("polars rank", "polars", wide=polars_wide, long=polars_long)
PEERS.add("pandas DataFrame.rank", "pandas", threads=1, columns=pandas_columns, rows=pandas_rows)
PEERS.add("scipy.stats.rankdata", "scipy", whole=scipy_whole, parts=scipy_threads)
PEERS.add("numba threshold", "numba", work="top", threshold=numba_top)
PEERS.add("numpy.partition", "numpy", work="top", partition=numpy_partition,
          argpartition=numpy_argpartition)
