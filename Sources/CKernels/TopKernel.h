// In how many columns a value is among the first, without ranking the others.
#pragma once
#include "RankKernel.h"

/// Of two sorted sixteens keeps the sixteen smallest in the first, sorted: a bitonic merge, whose
/// upper half is left out.
INLINE void keep_smallest(Keys *best, const Keys *others) {
  Keys k[16];
  UNROLLED for (int i = 0; i < 16; i++) k[i] = __builtin_elementwise_min(best[i], others[15 - i]);
  UNROLLED for (int distance = 8; distance >= 1; distance /= 2) {
    UNROLLED for (int i = 0; i < 16; i++) {
      if (!(i & distance)) COMPARE(k[i], k[i + distance]);
    }
  }
  UNROLLED for (int i = 0; i < 16; i++) best[i] = k[i];
}

/// See `ckernels_table.count_top`.
static uint32_t count_top(const ckernels_columns *columns, uint32_t top, uint32_t *counts) {
  uint32_t count = columns->count;
  uint32_t bits = position_bits(count), mask = (1u << bits) - 1;
  uint32_t odd = write_keys(columns, bits);
  const Keys *rows = (const Keys *)columns->keys;
  Keys best[16], block[16];
  UNROLLED for (int i = 0; i < 16; i++) best[i] = rows[i];
  sort_sixteen(best);
  for (uint32_t first = 16; first < count; first += 16) {
    UNROLLED for (uint32_t i = 0; i < 16; i++) {
      block[i] = rows[first + i];
      if (columns->following) fetch_ahead(columns, first + i);
    }
    sort_sixteen(block);
    keep_smallest(best, block);
  }
  // A missing value is never among the first, however few are present.
  Keys limit = best[top - 1] | mask;
  Keys missing = (Keys)(UINT32_MAX - mask);
  limit = CHOOSE(limit < missing, limit, missing - 1);
  Keys is_cut = (Keys)((best[top] ^ best[top - 1]) <= mask) & (Keys)(best[top - 1] < missing);
  for (int lane = 0; lane < CKERNELS_LANES; lane++) {
    if (is_cut[lane]) odd |= 1u << lane;
    if (odd >> lane & 1) limit[lane] = 0;
  }
  // A key of 0 is that of the first value, if its code is 0: columns left out are taken away again.
  for (uint32_t row = 0; row < count; row++) {
    Keys is_within = (Keys)(rows[row] <= limit) & 1;
    counts[row] += __builtin_reduce_add(is_within);
  }
  for (int lane = 0; lane < CKERNELS_LANES; lane++) {
    if ((odd >> lane & 1) && columns->keys[lane] == 0) counts[0]--;
  }
  return odd;
}
