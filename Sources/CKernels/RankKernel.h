// Places of sixteen columns at a time.
//
// Each value gets a key: above, a code in proportion to its distance from the first, below its
// position. The keys are sorted. Where neighbours have one code their values are compared, so the
// places are exact.
#pragma once
#include <float.h>

#include "CKernels.h"
#include "SortKernel.h"

/// How many bits of a key hold the position; enough for the rows up to a multiple of sixteen.
INLINE uint32_t position_bits(uint32_t count) {
  return count > 16 ? 32 - (uint32_t)__builtin_clz(count - 1) : 4;
}

/// The most values of a column of any level.
#define MOST_ROWS 2048

typedef struct {
  double origin[CKERNELS_LANES];
  double scale[CKERNELS_LANES];
  /// The columns without a finite extent.
  uint32_t odd;
} Extents;

/// Notes the origin and the scale of the codes, 0 to `levels`, of a column from `least` to `most`.
INLINE void set_extent(
    Extents *extents, int lane, double least, double most, double levels, uint32_t largest_first) {
  double scale = levels / (most - least);
  if (!(scale <= DBL_MAX)) scale = DBL_MAX;
  if (!(most - least <= DBL_MAX)) {
    extents->odd |= 1u << lane;
    scale = 0;
  }
  extents->origin[lane] = largest_first ? most : least;
  extents->scale[lane] = largest_first ? -scale : scale;
}

/// The origin and the scale of each column's codes, 0 to `levels`.
static void measure(const ckernels_columns *columns, double levels, Extents *extents) {
  extents->odd = 0;
  uint32_t count = columns->count;
  for (int lane = 0; lane < CKERNELS_LANES; lane++) {
    const double *values = columns->values + lane * columns->stride;
    Numbers low = NUMBERS(__builtin_inf()), high = NUMBERS(-__builtin_inf());
    uint32_t i = 0;
    for (; i + 8 <= count; i += 8) {
      Numbers value = load_numbers(values + i);
      low = CHOOSE(value < low, value, low);
      high = CHOOSE(value > high, value, high);
    }
    double least = __builtin_inf(), most = -__builtin_inf();
    UNROLLED for (int l = 0; l < 8; l++) {
      least = low[l] < least ? low[l] : least;
      most = high[l] > most ? high[l] : most;
    }
    for (; i < count; i++) {
      least = values[i] < least ? values[i] : least;
      most = values[i] > most ? values[i] : most;
    }
    set_extent(extents, lane, least, most, levels, columns->largest_first);
  }
}

/// The same of columns that lie side by side.
static void measure_rows(const ckernels_columns *columns, double levels, Extents *extents) {
  Numbers low[2], high[2];
  UNROLLED for (int half = 0; half < 2; half++) {
    low[half] = NUMBERS(__builtin_inf());
    high[half] = NUMBERS(-__builtin_inf());
  }
  for (uint32_t i = 0; i < columns->count; i++) {
    UNROLLED for (int half = 0; half < 2; half++) {
      Numbers value = load_numbers(columns->values + i * columns->step + 8 * half);
      low[half] = CHOOSE(value < low[half], value, low[half]);
      high[half] = CHOOSE(value > high[half], value, high[half]);
    }
  }
  extents->odd = 0;
  UNROLLED for (int lane = 0; lane < CKERNELS_LANES; lane++) {
    set_extent(
      extents, lane, low[lane / 8][lane % 8], high[lane / 8][lane % 8], levels,
      columns->largest_first);
  }
}

/// The codes of eight values; `missing` for NaN.
INLINE HalfKeys encode_half(Numbers values, Numbers origin, Numbers scale, uint32_t missing) {
  Numbers code = (values - origin) * scale;
  return __builtin_convertvector(CHOOSE(code == code, code, NUMBERS(missing)), HalfKeys);
}

/// The codes of sixteen values of a column; `missing` for NaN.
INLINE Keys encode(const double *values, double origin, double scale, uint32_t missing) {
  HalfKeys codes[2];
  UNROLLED for (int half = 0; half < 2; half++) {
    codes[half] =
      encode_half(load_numbers(values + 8 * half), NUMBERS(origin), NUMBERS(scale), missing);
  }
  return both_halves(codes[0], codes[1]);
}

/// Fetches the part of the sixteen columns that follow which belongs to a row.
INLINE void fetch_ahead(const ckernels_columns *columns, uint32_t row) {
  const char *next = (const char *)(columns->values + CKERNELS_LANES * columns->stride);
  __builtin_prefetch(next + 128 * (size_t)row, 0, 2);
  __builtin_prefetch(next + 128 * (size_t)row + 64, 0, 2);
}

/// Writes the keys, in rows of sixteen columns; gives the columns without a finite extent.
static uint32_t write_keys(const ckernels_columns *columns, uint32_t bits) {
  uint32_t count = columns->count;
  uint32_t missing = UINT32_MAX >> bits;
  Extents extents;
  measure(columns, missing - 1, &extents);
  Keys *rows = (Keys *)columns->keys;
  for (uint32_t first = 0; first < count; first += 16) {
    Keys k[16];
    if (first + 16 <= count) {
      UNROLLED for (int lane = 0; lane < CKERNELS_LANES; lane++) {
        k[lane] = encode(
          columns->values + lane * columns->stride + first, extents.origin[lane],
          extents.scale[lane], missing);
      }
    } else {
      for (int lane = 0; lane < CKERNELS_LANES; lane++) {
        double rest[16];
        for (uint32_t i = 0; i < 16; i++) {
          rest[i] = first + i < count ? columns->values[lane * columns->stride + first + i]
                                      : __builtin_nan("");
        }
        k[lane] = encode(rest, extents.origin[lane], extents.scale[lane], missing);
      }
    }
    transpose_keys(k);
    UNROLLED for (uint32_t i = 0; i < 16; i++) rows[first + i] = k[i] << bits | (first + i);
  }
  return extents.odd;
}

/// The same of columns that lie side by side.
static uint32_t write_row_keys(const ckernels_columns *columns, uint32_t bits) {
  uint32_t count = columns->count;
  uint32_t missing = UINT32_MAX >> bits;
  Extents extents;
  measure_rows(columns, missing - 1, &extents);
  Keys *rows = (Keys *)columns->keys;
  for (uint32_t row = 0; row < count; row++) {
    HalfKeys codes[2];
    UNROLLED for (int half = 0; half < 2; half++) {
      codes[half] = encode_half(
        load_numbers(columns->values + row * columns->step + 8 * half),
        load_numbers(extents.origin + 8 * half), load_numbers(extents.scale + 8 * half), missing);
    }
    rows[row] = both_halves(codes[0], codes[1]) << bits | row;
  }
  for (uint32_t row = count; row % 16 != 0; row++) rows[row] = (Keys)(missing << bits | row);
  return extents.odd;
}

/// A column whose keys are sorted.
typedef struct {
  const double *values;
  size_t step;
  uint32_t *keys;
  uint32_t mask;
  uint32_t largest_first;
} Column;

INLINE double value_at(const Column *column, uint32_t row) {
  return column->values[(column->keys[CKERNELS_LANES * row] & column->mask) * column->step];
}

INLINE int is_before(const Column *column, double a, double b) {
  return column->largest_first ? a > b : a < b;
}

/// Puts a key in its place among those before it, by value.
INLINE void insert(const Column *column, uint32_t first, uint32_t row) {
  uint32_t key = column->keys[CKERNELS_LANES * row];
  double value = value_at(column, row);
  while (row > first && is_before(column, value, value_at(column, row - 1))) {
    column->keys[CKERNELS_LANES * row] = column->keys[CKERNELS_LANES * (row - 1)];
    row--;
  }
  column->keys[CKERNELS_LANES * row] = key;
}

/// Lets a key sink in a heap whose first is the last in order.
INLINE void sink(const Column *column, uint32_t first, uint32_t count, uint32_t node) {
  uint32_t *keys = column->keys + CKERNELS_LANES * first;
  Column heap = *column;
  heap.keys = keys;
  while (2 * node + 1 < count) {
    uint32_t child = 2 * node + 1;
    if (child + 1 < count && is_before(column, value_at(&heap, child), value_at(&heap, child + 1)))
      child++;
    if (!is_before(column, value_at(&heap, node), value_at(&heap, child))) return;
    uint32_t key = keys[CKERNELS_LANES * node];
    keys[CKERNELS_LANES * node] = keys[CKERNELS_LANES * child];
    keys[CKERNELS_LANES * child] = key;
    node = child;
  }
}

/// Sorts the keys of a run by value.
static void sort_run(const Column *column, uint32_t first, uint32_t end) {
  uint32_t count = end - first;
  if (count <= 16) {
    for (uint32_t row = first + 1; row < end; row++) insert(column, first, row);
    return;
  }
  uint32_t equal = 1;
  while (equal < count && value_at(column, first + equal) == value_at(column, first)) equal++;
  if (equal == count) return;
  for (uint32_t node = count / 2; node-- > 0;) sink(column, first, count, node);
  for (uint32_t last = count - 1; last > 0; last--) {
    uint32_t *low = column->keys + CKERNELS_LANES * first;
    uint32_t *high = column->keys + CKERNELS_LANES * (first + last);
    uint32_t key = *low;
    *low = *high;
    *high = key;
    sink(column, first, last, 0);
  }
}

/// Where the places of one column go.
typedef struct {
  /// One per value; null if they are only counted.
  uint16_t *places;
  /// How often each value had each place, count × (count + 1); null if they are not counted.
  uint32_t *counts;
  uint32_t count;
} Outcome;

/// Counts a place once more, or once less.
INLINE void count_place(
    const Outcome *outcome, uint32_t place, uint32_t position, uint32_t change) {
  if (outcome->counts) outcome->counts[(size_t)position * (outcome->count + 1) + place] += change;
}

INLINE void put_place(const Outcome *outcome, uint32_t place, uint32_t position) {
  if (outcome->places) outcome->places[position] = (uint16_t)place;
  count_place(outcome, place, position, 1);
}

/// Gives their places to the values of one code.
static void place_equal_codes(
    const Column *column, uint32_t first, uint32_t end, const Outcome *outcome) {
  for (uint32_t row = first; row < end; row++) {
    uint32_t position = column->keys[CKERNELS_LANES * row] & column->mask;
    count_place(outcome, row + 1, position, UINT32_MAX);
  }
  sort_run(column, first, end);
  uint32_t place = first + 1;
  for (uint32_t row = first; row < end; row++) {
    if (row > first && value_at(column, row) != value_at(column, row - 1)) place = row + 1;
    put_place(outcome, place, column->keys[CKERNELS_LANES * row] & column->mask);
  }
}

/// Which columns have the code of the row before in each row, as bits.
typedef struct {
  uint16_t rows[MOST_ROWS];
} EqualRows;

/// Gives places to the values of one code in all columns. The columns in `odd` are left out.
static void settle_equal(
    const ckernels_columns *columns, const EqualRows *equal, uint32_t odd, uint32_t mask,
    uint16_t *places, size_t stride, uint32_t *counts) {
  uint32_t count = columns->count;
  // A column is done up to the row after its last run.
  uint32_t done[CKERNELS_LANES] = {0};
  for (uint32_t row = 1; row < count; row++) {
    for (uint32_t left = equal->rows[row] & ~odd; left; left &= left - 1) {
      int lane = __builtin_ctz(left);
      if (done[lane] > row) continue;
      const uint32_t *keys = columns->keys + lane;
      uint32_t end = row + 1;
      while (end < count && (equal->rows[end] >> lane & 1)) end++;
      done[lane] = end;
      // Missing values have a code that no other value has.
      if (keys[CKERNELS_LANES * row] >= UINT32_MAX - mask) continue;
      Column column = {
        columns->values + lane * columns->stride, columns->step, columns->keys + lane, mask,
        columns->largest_first};
      Outcome outcome = {places ? places + lane * stride : 0, counts, count};
      place_equal_codes(&column, row - 1, end, &outcome);
    }
  }
}

/// Takes the missing values of one column out of the places; they come last. A column that is left
/// out is not counted at all.
static void settle_missing(
    const uint32_t *keys, uint32_t mask, int is_odd, const Outcome *outcome) {
  uint32_t row = outcome->count;
  while (row > 0 && (is_odd || keys[CKERNELS_LANES * (row - 1)] >= UINT32_MAX - mask)) {
    uint32_t position = keys[CKERNELS_LANES * (row - 1)] & mask;
    count_place(outcome, row, position, UINT32_MAX);
    if (!is_odd) put_place(outcome, 0, position);
    row--;
  }
}

/// Sorts the keys and takes their rows for places; gives the columns that are left out.
INLINE uint32_t rank_keys(
    const ckernels_columns *columns, uint16_t *places, size_t stride, uint32_t *counts) {
  uint32_t count = columns->count;
  uint32_t bits = position_bits(count), mask = (1u << bits) - 1;
  uint32_t odd = columns->step == 1 ? write_keys(columns, bits) : write_row_keys(columns, bits);
  Keys *rows = (Keys *)columns->keys;
  sort_rows(rows, (count + 15) / 16 * 16);
  EqualRows equal;
  Keys last = ~rows[0];
  for (uint32_t row = 0; row < count; row++) {
    if (columns->following) {
      fetch_ahead(columns, row);
      // Their places, 32 bytes for each row.
      if (places) __builtin_prefetch(places + CKERNELS_LANES * stride + 16 * row, 1, 2);
    }
    Keys key = rows[row];
    equal.rows[row] = bits_of((key ^ last) <= mask);
    last = key;
    const uint32_t *one = columns->keys + CKERNELS_LANES * row;
    uint32_t *at_place = counts + (row + 1);
    size_t step = count + 1;
    UNROLLED for (int lane = 0; lane < CKERNELS_LANES; lane++) {
      uint32_t position = one[lane] & mask;
      if (places) places[lane * stride + position] = (uint16_t)(row + 1);
      if (counts) at_place[position * step]++;
    }
  }
  for (int lane = 0; lane < CKERNELS_LANES; lane++) {
    Outcome outcome = {places ? places + lane * stride : 0, counts, count};
    settle_missing(columns->keys + lane, mask, odd >> lane & 1, &outcome);
  }
  settle_equal(columns, &equal, odd, mask, places, stride, counts);
  return odd;
}

/// See `ckernels_table.rank`.
static uint32_t rank(
    const ckernels_columns *columns, uint16_t *places, size_t stride, uint32_t *counts) {
  if (!counts) return rank_keys(columns, places, stride, 0);
  if (!places) return rank_keys(columns, 0, 0, counts);
  return rank_keys(columns, places, stride, counts);
}
