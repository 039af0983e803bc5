"""Places of composite scores, counted, compiled by numba."""

import networks
import numba
import numpy as np
from networks import LANES


@numba.njit(nogil=True)
def count_scores(scores, passes, tiles, sums):
    """Add the competition places of each unit in the scores (draws, units) to the sums."""
    draws, units = scores.shape
    keys = networks.new_keys(units)
    line = np.empty(units, np.uint32)
    none = np.zeros(units)
    for first in range(0, draws, LANES):
        lanes = min(LANES, draws - first)
        for lane in range(LANES):
            networks.set_keys(scores[first + min(lane, lanes - 1)], lane, keys, line)
        networks.sort_keys(keys, passes, tiles)
        networks.count_places(scores[first:first + lanes].T, keys, lanes, 0, sums, none)
