// The largest differences of pairs in eight draws at a time.
#pragma once
#include "CKernels.h"
#include "Vectors.h"

/// The difference of a pair in its standard errors; its size if both ways count.
INLINE Numbers difference(const double *block, const ckernels_pair *pair, int both_ways) {
  Numbers z =
    (load_numbers(block + 8 * pair->first) - load_numbers(block + 8 * pair->second))
    * pair->precision;
  return both_ways ? (Numbers)((Words)z & ~(1ull << 63)) : z;
}

INLINE void raise_all(
    const double *block, const ckernels_pair *pairs, size_t count, int both_ways, double *largest) {
  // Four at a time, as each maximum waits for the one before it.
  Numbers best[4];
  UNROLLED for (int i = 0; i < 4; i++) best[i] = load_numbers(largest);
  size_t pair = 0;
  for (; pair + 4 <= count; pair += 4) {
    UNROLLED for (int i = 0; i < 4; i++) {
      Numbers z = difference(block, pairs + pair + i, both_ways);
      best[i] = CHOOSE(z > best[i], z, best[i]);
    }
  }
  for (; pair < count; pair++) {
    Numbers z = difference(block, pairs + pair, both_ways);
    best[0] = CHOOSE(z > best[0], z, best[0]);
  }
  UNROLLED for (int i = 1; i < 4; i++) best[0] = CHOOSE(best[i] > best[0], best[i], best[0]);
  store_numbers(largest, best[0]);
}

/// See `ckernels_table.raise_largest`.
static void raise_largest(
    const double *block, const ckernels_pair *pairs, size_t count, int both_ways, double *largest) {
  if (both_ways) {
    raise_all(block, pairs, count, 1, largest);
  } else {
    raise_all(block, pairs, count, 0, largest);
  }
}
