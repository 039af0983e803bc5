// Sorting sixteen columns of keys at a time, by a network.
//
// Batcher's odd-even merge sort (K. E. Batcher 1968, https://doi.org/10.1145/1468075.1468121;
// Knuth 1998, The Art of Computer Programming 3, algorithm 5.2.2M) upon blocks of sixteen, which a
// network of 60 comparators sorts (M. W. Green; Knuth, section 5.3.4). Stages are taken together so
// that a row is loaded and stored once for up to four of them.
#pragma once
#include "Vectors.h"

/// Puts the smaller of two keys first, lane by lane.
#if defined(HAS_TERNARY_LOGIC)
// The larger as a ^ b ^ smaller is one instruction, and runs where a maximum cannot.
#define COMPARE(a, b)                             \
  do {                                            \
    Keys least = __builtin_elementwise_min(a, b); \
    b = a ^ b ^ least;                            \
    a = least;                                    \
  } while (0)
#else
#define COMPARE(a, b)                             \
  do {                                            \
    Keys least = __builtin_elementwise_min(a, b); \
    b = __builtin_elementwise_max(a, b);          \
    a = least;                                    \
  } while (0)
#endif

INLINE void sort_sixteen(Keys *rows) {
  static const uint8_t pairs[60][2] = {
    {0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}, {10, 11}, {12, 13}, {14, 15},
    {0, 2}, {1, 3}, {4, 6}, {5, 7}, {8, 10}, {9, 11}, {12, 14}, {13, 15},
    {0, 4}, {1, 5}, {2, 6}, {3, 7}, {8, 12}, {9, 13}, {10, 14}, {11, 15},
    {0, 8}, {1, 9}, {2, 10}, {3, 11}, {4, 12}, {5, 13}, {6, 14}, {7, 15},
    {5, 10}, {6, 9}, {3, 12}, {13, 14}, {4, 8}, {7, 11}, {1, 2},
    {1, 4}, {7, 13}, {2, 8}, {11, 14},
    {2, 4}, {5, 6}, {9, 10}, {11, 13}, {3, 8}, {7, 12},
    {6, 8}, {10, 12}, {3, 5}, {7, 9},
    {3, 4}, {5, 6}, {7, 8}, {9, 10}, {11, 12},
    {6, 7}, {8, 9},
  };
  Keys k[16];
  UNROLLED for (int i = 0; i < 16; i++) k[i] = rows[i];
  UNROLLED for (int i = 0; i < 60; i++) COMPARE(k[pairs[i][0]], k[pairs[i][1]]);
  UNROLLED for (int i = 0; i < 16; i++) rows[i] = k[i];
}

/// The first stages of a merge of two sorted parts, whose distances are multiples of `step`: they
/// mix only rows `step` apart. `half` of them make a part; `count` are there, the others are larger
/// than all.
INLINE void merge_strided(Keys *rows, size_t step, int half, int count) {
  Keys k[16];
  UNROLLED for (int i = 0; i < count; i++) k[i] = rows[i * step];
  UNROLLED for (int i = 0; i + half < count; i++) COMPARE(k[i], k[i + half]);
  UNROLLED for (int distance = half / 2; distance >= 1; distance /= 2) {
    UNROLLED for (int part = distance; part + distance < count; part += 2 * distance) {
      UNROLLED for (int i = part; i < part + distance; i++) {
        if (i + distance < count) COMPARE(k[i], k[i + distance]);
      }
    }
  }
  UNROLLED for (int i = 0; i < count; i++) rows[i * step] = k[i];
}

#define MERGE_CASE(half, count) \
  case count:                   \
    for (size_t row = first; row < end; row++) merge_strided(rows + row, step, half, count); \
    break;

/// The stages of `merge_strided` for the rows from `first` to `end` and those behind them.
static void merge_all_strided(
    Keys *rows, size_t step, size_t first, size_t end, int half, size_t count) {
  if (half == 1) {
    switch (count) { MERGE_CASE(1, 2) }
  } else if (half == 2) {
    switch (count) { MERGE_CASE(2, 3) MERGE_CASE(2, 4) }
  } else if (half == 4) {
    switch (count) { MERGE_CASE(4, 5) MERGE_CASE(4, 6) MERGE_CASE(4, 7) MERGE_CASE(4, 8) }
  } else {
    // With eight there, the first part is all there is.
    switch (count) {
      MERGE_CASE(8, 8) MERGE_CASE(8, 9) MERGE_CASE(8, 10) MERGE_CASE(8, 11) MERGE_CASE(8, 12)
      MERGE_CASE(8, 13) MERGE_CASE(8, 14) MERGE_CASE(8, 15) MERGE_CASE(8, 16)
    }
  }
}

/// One stage of a merge: the rows of each odd part of `distance` against those of the next part.
static void merge_stage(Keys *rows, size_t distance, size_t count) {
  for (size_t part = distance; part + distance < count; part += 2 * distance) {
    for (size_t row = part; row < part + distance && row + distance < count; row++) {
      Keys a = rows[row], b = rows[row + distance];
      COMPARE(a, b);
      rows[row] = a;
      rows[row + distance] = b;
    }
  }
}

/// The last four stages of a merge, of distances 8, 4, 2 and 1, in one pass with a window of 24
/// rows; `count` is a multiple of 16.
static void merge_tail(Keys *rows, size_t count) {
  Keys k[24];
  UNROLLED for (int i = 0; i < 8; i++) k[i] = rows[i];
  for (size_t base = 0; base < count; base += 16) {
    UNROLLED for (int i = 8; i < 16; i++) k[i] = rows[base + i];
    if (base + 16 < count) {
      UNROLLED for (int i = 16; i < 24; i++) k[i] = rows[base + i];
    } else {
      UNROLLED for (int i = 16; i < 24; i++) k[i] = (Keys)UINT32_MAX;
    }
    UNROLLED for (int i = 8; i < 16; i++) COMPARE(k[i], k[i + 8]);
    UNROLLED for (int part = 4; part < 16; part += 8) {
      UNROLLED for (int i = part; i < part + 4; i++) COMPARE(k[i], k[i + 4]);
    }
    UNROLLED for (int part = 2; part < 16; part += 4) {
      UNROLLED for (int i = part; i < part + 2; i++) COMPARE(k[i], k[i + 2]);
    }
    UNROLLED for (int i = 1; i < 16; i += 2) COMPARE(k[i], k[i + 1]);
    UNROLLED for (int i = 0; i < 16; i++) rows[base + i] = k[i];
    UNROLLED for (int i = 0; i < 8; i++) k[i] = k[i + 16];
  }
}

/// Merges two sorted parts of `part` rows; of the second, `count - part` are there.
static void merge_rows(Keys *rows, size_t part, size_t count) {
  int half = part < 128 ? (int)(part / 16) : 8;
  size_t step = part / half;
  size_t whole = count / step, rest = count % step;
  merge_all_strided(rows, step, 0, rest, half, whole + 1);
  merge_all_strided(rows, step, rest, step, half, whole);
  for (size_t distance = step / 2; distance >= 16; distance /= 2) {
    merge_stage(rows, distance, count);
  }
  merge_tail(rows, count);
}

/// Sorts sixteen columns of keys, the smallest first; `count` is a multiple of 16.
static void sort_rows(Keys *rows, size_t count) {
  for (size_t row = 0; row < count; row += 16) sort_sixteen(rows + row);
  for (size_t part = 16; part < count; part *= 2) {
    for (size_t first = 0; first + part < count; first += 2 * part) {
      size_t there = count - first < 2 * part ? count - first : 2 * part;
      merge_rows(rows + first, part, there);
    }
  }
}
