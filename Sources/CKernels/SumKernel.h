// Sums over the parts of many columns, eight columns at a time.
#pragma once
#include "CKernels.h"
#include "Vectors.h"

/// Turns eight columns into rows of eight; NaN becomes 0 unless it is carried.
INLINE void write_rows(
    const ckernels_parts *parts, const double *values, size_t stride, double *rows, int carries) {
  uint32_t i = 0;
  for (; i + 8 <= parts->positions; i += 8) {
    Numbers r[8];
    UNROLLED for (int lane = 0; lane < 8; lane++) {
      r[lane] = load_numbers(values + lane * stride + i);
      // The next eight columns; beyond the last nothing happens.
      __builtin_prefetch(values + (lane + 8) * stride + i, 0, 2);
    }
    transpose_numbers(r);
    UNROLLED for (int j = 0; j < 8; j++) {
      *(Numbers *)(rows + 8 * (i + j)) = carries ? r[j] : CHOOSE(r[j] == r[j], r[j], NUMBERS(0));
    }
  }
  for (; i < parts->positions; i++) {
    for (int lane = 0; lane < 8; lane++) {
      double value = values[lane * stride + i];
      rows[8 * i + lane] = carries || value == value ? value : 0;
    }
  }
}

/// See `ckernels_table.sum_columns`.
static void sum_columns(
    const ckernels_parts *parts, const double *values, size_t stride, double *rows, double *sums,
    size_t sum_stride) {
  if (parts->carries_missing) {
    write_rows(parts, values, stride, rows, 1);
  } else {
    write_rows(parts, values, stride, rows, 0);
  }
  for (uint32_t first = 0; first < parts->count; first += 8) {
    Numbers r[8];
    uint32_t there = parts->count - first < 8 ? parts->count - first : 8;
    for (uint32_t j = 0; j < 8; j++) {
      Numbers sum = NUMBERS(0);
      if (j < there) {
        for (uint32_t p = parts->starts[first + j]; p < parts->starts[first + j + 1]; p++) {
          sum += *(const Numbers *)(rows + 8 * (size_t)parts->members[p]);
        }
      }
      r[j] = sum;
    }
    transpose_numbers(r);
    for (int lane = 0; lane < 8; lane++) {
      double *to = sums + lane * sum_stride + first;
      if (there == 8) {
        store_numbers(to, r[lane]);
      } else {
        for (uint32_t j = 0; j < there; j++) to[j] = r[lane][j];
      }
    }
  }
}
