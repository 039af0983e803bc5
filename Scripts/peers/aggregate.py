"""Sums of the units' values over regions, for many scenarios."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from measurement import Data, Peers, Trial, in_parts

PART_VALUES = 40_000


class AggregateTask:
    """Values, which region each unit is in (−1 for none), and the sums of the first scenarios."""

    def __init__(self, data: Data) -> None:
        work = data["aggregate"]
        self.data = data
        self.units: int = data["units"]
        self.regions: int = data["regions"]
        self.size: int = data["columns"]
        self.small = 64
        self.threads = data.threads
        self.part = max(1, PART_VALUES // self.units)
        self.region_of = data.read(work["regionOf"], "<i4", self.units).astype(np.int64)
        checked = min(work["checked"], self.size)
        self.sums = data.read(work["sums"], count=checked * self.regions).reshape(checked, -1)

    def values(self, scenarios: int) -> np.ndarray:
        """The values, scenario after scenario."""
        name = self.data["aggregate"]["values"]
        return self.data.read(name, count=scenarios * self.units).reshape(scenarios, self.units)

    def unit_rows(self, scenarios: int) -> np.ndarray:
        """The values, unit after unit."""
        return np.ascontiguousarray(self.values(scenarios).T)

    def membership(self) -> np.ndarray:
        """1 where a unit (column) is in a region (row)."""
        matrix = np.zeros((self.regions, self.units))
        members = np.flatnonzero(self.region_of >= 0)
        matrix[self.region_of[members], members] = 1
        return matrix

    def members(self) -> tuple[np.ndarray, np.ndarray]:
        """The units region after region, and where each region starts among them."""
        order = np.argsort(self.region_of, kind="stable")
        order = order[self.region_of[order] >= 0]
        counts = np.bincount(self.region_of[order], minlength=self.regions)
        return order, np.concatenate([[0], np.cumsum(counts)])

    def figure(self, seconds: float, size: int) -> float:
        return seconds * 1e9 / size

    def are_sums(self, sums: np.ndarray) -> bool:
        """Whether these (scenarios, regions) are the sums of the first scenarios."""
        count = min(len(sums), len(self.sums))
        limit = 1e-11 * max(1e-300, float(np.abs(self.sums).max(initial=0)))
        return bool(np.allclose(sums[:count], self.sums[:count], rtol=1e-11, atol=limit))


def sparse_unit_rows(task: AggregateTask, scenarios: int) -> Trial:
    from scipy.sparse import csr_array

    matrix = csr_array(task.membership())
    values = task.unit_rows(scenarios)
    return Trial(lambda: matrix @ values, lambda sums: task.are_sums(sums.T))


def sparse_parts(task: AggregateTask, scenarios: int) -> Trial:
    """Blocks of scenarios, each unit after unit, on all threads."""
    from scipy.sparse import csr_array

    matrix = csr_array(task.membership())
    values = task.values(scenarios)
    blocks = [np.ascontiguousarray(values[first:first + task.part].T)
              for first in range(0, scenarios, task.part)]
    pool = ThreadPoolExecutor(task.threads)

    def run() -> list[np.ndarray]:
        return list(pool.map(lambda block: matrix @ block, blocks))

    return Trial(run, lambda sums: task.are_sums(np.concatenate([part.T for part in sums])))


def sparse_scenario_rows(task: AggregateTask, scenarios: int) -> Trial:
    from scipy.sparse import csr_array

    matrix = csr_array(task.membership())
    values = task.values(scenarios)
    return Trial(lambda: matrix @ values.T, lambda sums: task.are_sums(sums.T))


def numba_unit_rows(task: AggregateTask, scenarios: int) -> Trial:
    import additions

    values = task.unit_rows(scenarios)
    sums = np.empty((task.regions, scenarios))
    order, starts = task.members()

    def run() -> np.ndarray:
        additions.add_rows(values, order, starts, sums)
        return sums

    return Trial(run, lambda result: task.are_sums(result.T))


def numba_scenario_rows(task: AggregateTask, scenarios: int) -> Trial:
    import additions

    values = task.values(scenarios)
    sums = np.empty((scenarios, task.regions))
    order, starts = task.members()

    def run() -> np.ndarray:
        additions.add_columns(values, order, starts, sums)
        return sums

    return Trial(run, task.are_sums)


def blas_core() -> str:
    """Which kernels numpy's OpenBLAS uses here."""
    from threadpoolctl import threadpool_info

    cores = [f"{library['internal_api']} {library.get('architecture', '')}".strip()
             for library in threadpool_info() if library["user_api"] == "blas"]
    return ", ".join(sorted(set(cores))) or "no known BLAS"


def dgemm(multiply: Callable[[AggregateTask, int], Trial]) -> Callable[[AggregateTask, int], Trial]:
    def prepare(task: AggregateTask, scenarios: int) -> Trial:
        return multiply(task, scenarios)._replace(note=blas_core())

    return prepare


@dgemm
def dgemm_unit_rows(task: AggregateTask, scenarios: int) -> Trial:
    matrix, values = task.membership(), task.unit_rows(scenarios)
    sums = np.empty((task.regions, scenarios))
    return Trial(lambda: np.matmul(matrix, values, out=sums), lambda sums: task.are_sums(sums.T))


@dgemm
def dgemm_scenario_rows(task: AggregateTask, scenarios: int) -> Trial:
    matrix, values = np.ascontiguousarray(task.membership().T), task.values(scenarios)
    sums = np.empty((scenarios, task.regions))
    return Trial(lambda: np.matmul(values, matrix, out=sums), task.are_sums)


def reduceat(task: AggregateTask, scenarios: int, by_unit: bool) -> Trial:
    """Units are region after region beforehand; regions without units are left out and are 0."""
    order, starts = task.members()
    filled = np.flatnonzero(np.diff(starts))
    first = starts[filled]
    values = np.ascontiguousarray(task.values(scenarios)[:, order])
    axis = 1
    if by_unit:
        values, axis = np.ascontiguousarray(values.T), 0
    pool = ThreadPoolExecutor(task.threads)
    sums = np.zeros((task.regions, scenarios) if by_unit else (scenarios, task.regions))

    def part(start: int, end: int) -> None:
        if by_unit:
            sums[filled, start:end] = np.add.reduceat(values[:, start:end], first, axis=axis)
        else:
            sums[start:end, filled] = np.add.reduceat(values[start:end], first, axis=axis)

    def run() -> np.ndarray:
        if filled.size:
            in_parts(part, scenarios, max(task.part, 512 if by_unit else 1), pool)
        return sums

    return Trial(run, lambda result: task.are_sums(result.T if by_unit else result))


def pandas_groups(task: AggregateTask, scenarios: int) -> Trial:
    import pandas

    frame = pandas.DataFrame(task.unit_rows(scenarios))
    regions = pandas.Series(task.region_of)

    def are_sums(sums: "pandas.DataFrame") -> bool:
        return task.are_sums(sums.reindex(range(task.regions), fill_value=0).to_numpy().T)

    return Trial(lambda: frame.groupby(regions).sum(), are_sums)


def polars_groups(task: AggregateTask, scenarios: int) -> Trial:
    import polars

    values = task.values(scenarios)
    columns = {str(scenario): values[scenario] for scenario in range(scenarios)}
    frame = polars.DataFrame({"region": task.region_of, **columns})

    def run() -> "polars.DataFrame":
        return frame.group_by("region").agg(polars.all().sum())

    def are_sums(grouped: "polars.DataFrame") -> bool:
        sums = np.zeros((scenarios, task.regions))
        regions = grouped["region"].to_numpy()
        found = grouped.drop("region").to_numpy().T
        sums[:, regions[regions >= 0]] = found[:, regions >= 0]
        return task.are_sums(sums)

    return Trial(run, are_sums)


PEERS = Peers("aggregate", "ns/scenario")
PEERS.add("scipy.sparse CSR", "scipy", whole=sparse_unit_rows, parts=sparse_parts,
          transposed=sparse_scenario_rows)
PEERS.add("numba row adds", "numba", units=numba_unit_rows, scenarios=numba_scenario_rows)
PEERS.add("numpy dgemm", "numpy", units=dgemm_unit_rows, scenarios=dgemm_scenario_rows)
PEERS.add("numpy.add.reduceat", "numpy",
          units=lambda task, scenarios: reduceat(task, scenarios, True),
          scenarios=lambda task, scenarios: reduceat(task, scenarios, False))
PEERS.add("pandas groupby.sum", "pandas", threads=1, groups=pandas_groups)
PEERS.add("polars group_by", "polars", groups=polars_groups)
