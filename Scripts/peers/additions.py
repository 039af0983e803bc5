"""Sums over regions, compiled by numba."""

import numba

BLOCK = 512


@numba.njit(nogil=True, parallel=True)
def add_rows(values, order, starts, sums):
    """Sums of rows of values (units, scenarios) into rows of sums (regions, scenarios)."""
    scenarios = values.shape[1]
    for block in numba.prange((scenarios + BLOCK - 1) // BLOCK):
        first = block * BLOCK
        end = min(first + BLOCK, scenarios)
        for region in range(starts.size - 1):
            total = sums[region, first:end]
            total[:] = 0.0
            for i in range(starts[region], starts[region + 1]):
                line = values[order[i], first:end]
                for scenario in range(end - first):
                    total[scenario] += line[scenario]


@numba.njit(nogil=True, parallel=True)
def add_columns(values, order, starts, sums):
    """Sums of the values (scenarios, units) of each region into sums (scenarios, regions)."""
    for scenario in numba.prange(values.shape[0]):
        for region in range(starts.size - 1):
            total = 0.0
            for i in range(starts[region], starts[region + 1]):
                total += values[scenario, order[i]]
            sums[scenario, region] = total
