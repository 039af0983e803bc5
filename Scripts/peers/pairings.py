"""The largest standardised difference among pairs of units in each draw, compiled by numba."""

import numba
import numpy as np

BLOCK = 128


@numba.njit(nogil=True, parallel=True)
def largest_of_all(draws, weights):
    """The largest over all pairs (j, k) of weights[j, k] · (draws[j] − draws[k]), at least 0."""
    units, count = draws.shape
    largest = np.zeros(count)
    for block in numba.prange((count + BLOCK - 1) // BLOCK):
        first = block * BLOCK
        size = min(BLOCK, count - first)
        part = draws[:, first:first + size].copy()
        maximum = np.zeros(size)
        for unit in range(units):
            own = part[unit]
            for other in range(units):
                weight = weights[unit, other]
                if weight > 0:
                    its = part[other]
                    for draw in range(size):
                        difference = weight * (own[draw] - its[draw])
                        maximum[draw] = max(maximum[draw], difference)
        largest[first:first + size] = maximum
    return largest


@numba.njit(nogil=True, parallel=True)
def largest_of_each(draws, units, down, up):
    """The same for each of some units, of its pairs: down[i, k] if above k, up[i, k] if below."""
    count = draws.shape[1]
    largest = np.zeros((units.size, count))
    for i in numba.prange(units.size):
        own = draws[units[i]]
        maximum = largest[i]
        for other in range(draws.shape[0]):
            weight_down, weight_up = down[i, other], -up[i, other]
            its = draws[other]
            for draw in range(count):
                difference = own[draw] - its[draw]
                largest_two = max(weight_down * difference, weight_up * difference)
                maximum[draw] = max(maximum[draw], largest_two)
    return largest
