// What is done with the numbers of sixteen draws side by side: rows of sixteen numbers, fastest at a
// boundary of 64 bytes.
#pragma once
#include "DrawKernels.h"

/// How many vectors make a row.
#define HALVES (CKERNELS_LANES / 8)

INLINE Numbers at_row(const double *rows, size_t row, int half) {
  return load_numbers(rows + CKERNELS_LANES * row + 8 * half);
}

INLINE void set_row(double *rows, size_t row, int half, Numbers numbers) {
  store_numbers(rows + CKERNELS_LANES * row + 8 * half, numbers);
}

// MARK: - Random numbers

/// How many blocks are drawn side by side for the eight draws of each half.
#if defined(HAS_TERNARY_LOGIC)
#define ROW_BLOCKS 2
#else
#define ROW_BLOCKS 1
#endif

/// What the first two rounds of Philox4x32-10 make of sixteen draws, whatever the block.
typedef struct {
  Words b[HALVES], c[HALVES], d[HALVES];
  uint64_t upper;
} DrawWords;

INLINE DrawWords first_rounds(uint32_t stream, uint64_t draw, const uint64_t *keys) {
  const Words steps = {0, 1, 2, 3, 4, 5, 6, 7};
  DrawWords words;
  words.upper = draw >> 32;
  UNROLLED for (int half = 0; half < HALVES; half++) {
    Words right = (steps + ((draw & UINT32_MAX) + 8 * half)) * 0xCD9E8D57;
    Words a = UPPER_HALF(right) ^ (uint64_t)stream ^ keys[0];
    Words left = (a & UINT32_MAX) * 0xD2511F53;
    words.b[half] = right ^ keys[2];
    words.c[half] = UPPER_HALF(left) ^ keys[3];
    words.d[half] = left;
  }
  return words;
}

/// Words of sixteen cells from block `block` on: for each block its first words, then its second.
///
/// In the first two rounds a word depends on the block alone, or on the draw alone.
INLINE void draw_row_words(
    uint64_t block, const DrawWords *draws, const uint64_t *keys, Words *words) {
  Words a[ROW_BLOCKS * HALVES], b[ROW_BLOCKS * HALVES];
  Words c[ROW_BLOCKS * HALVES], d[ROW_BLOCKS * HALVES];
  UNROLLED for (int i = 0; i < ROW_BLOCKS; i++) {
    uint64_t left = ((block + i) & UINT32_MAX) * 0xD2511F53;
    uint64_t right = ((left >> 32 ^ draws->upper ^ keys[1]) & UINT32_MAX) * 0xCD9E8D57;
    UNROLLED for (int half = 0; half < HALVES; half++) {
      int j = HALVES * i + half;
      a[j] = draws->b[half] ^ (right >> 32);
      b[j] = (Words)right;
      c[j] = draws->c[half] ^ (left & UINT32_MAX);
      d[j] = draws->d[half];
    }
  }
  UNROLLED for (int round = 2; round < 10; round++) {
    UNROLLED for (int j = 0; j < ROW_BLOCKS * HALVES; j++) {
      Words left = (a[j] & UINT32_MAX) * 0xD2511F53, right = (c[j] & UINT32_MAX) * 0xCD9E8D57;
      a[j] = UPPER_HALF(right) ^ b[j] ^ keys[2 * round];
      c[j] = UPPER_HALF(left) ^ d[j] ^ keys[2 * round + 1];
      b[j] = right;
      d[j] = left;
    }
  }
  UNROLLED for (int i = 0; i < ROW_BLOCKS; i++) {
    UNROLLED for (int half = 0; half < HALVES; half++) {
      int j = HALVES * i + half;
      words[2 * HALVES * i + half] = JOINED(a[j], b[j]);
      words[2 * HALVES * i + HALVES + half] = JOINED(c[j], d[j]);
    }
  }
}

/// How many rows go through the table at a time.
#define ROW_BATCH (BATCH / CKERNELS_LANES)

/// See `ckernels_table.fill_rows`.
///
/// Two blocks have four rows: the first words of both, then their second words.
static void fill_rows(
    double *rows, size_t first, size_t count, uint32_t stream, uint64_t draw, const uint64_t *keys,
    const double *table) {
  _Alignas(64) uint64_t parts[BATCH], places[BATCH];
  DrawWords draws = first_rounds(stream, draw, keys);
  for (size_t batch = 0; batch < count; batch += ROW_BATCH) {
    UNROLLED for (int quad = 0; quad < ROW_BATCH; quad += 4) {
      uint64_t *part = parts + CKERNELS_LANES * quad, *place = places + CKERNELS_LANES * quad;
      UNROLLED for (int block = 0; block < 2; block += ROW_BLOCKS) {
        Words words[ROW_BLOCKS * 2 * HALVES];
        draw_row_words((first + batch + quad) / 2 + block, &draws, keys, words);
        UNROLLED for (int i = 0; i < ROW_BLOCKS; i++) {
          int row = CKERNELS_LANES * (block + i);
          prepare_normals(words + 2 * HALVES * i, 1, part + row, place + row);
          row += CKERNELS_LANES * 2;
          prepare_normals(words + 2 * HALVES * i + HALVES, 1, part + row, place + row);
        }
      }
    }
    size_t there = count - batch < ROW_BATCH ? count - batch : ROW_BATCH;
    double *numbers = rows + CKERNELS_LANES * batch;
    for (size_t i = 0; i < CKERNELS_LANES * there; i += 8) {
      store_numbers(numbers + i, normals_of(parts + i, places + i, table));
    }
  }
}

/// See `ckernels_table.lay_rows`.
static void lay_rows(const double *columns, size_t stride, size_t count, double *rows) {
  size_t row = 0;
  for (; row + 8 <= count; row += 8) {
    UNROLLED for (int half = 0; half < HALVES; half++) {
      Numbers r[8];
      UNROLLED for (int lane = 0; lane < 8; lane++) {
        r[lane] = load_numbers(columns + (8 * half + lane) * stride + row);
      }
      transpose_numbers(r);
      UNROLLED for (int i = 0; i < 8; i++) set_row(rows, row + i, half, r[i]);
    }
  }
  for (; row < count; row++) {
    for (int lane = 0; lane < CKERNELS_LANES; lane++) {
      rows[CKERNELS_LANES * row + lane] = columns[lane * stride + row];
    }
  }
}

/// See `ckernels_table.lay_columns`.
static void lay_columns(const double *rows, size_t count, double *columns, size_t stride) {
  size_t row = 0;
  for (; row + 8 <= count; row += 8) {
    UNROLLED for (int half = 0; half < HALVES; half++) {
      Numbers r[8];
      UNROLLED for (int i = 0; i < 8; i++) r[i] = at_row(rows, row + i, half);
      transpose_numbers(r);
      UNROLLED for (int lane = 0; lane < 8; lane++) {
        store_numbers(columns + (8 * half + lane) * stride + row, r[lane]);
      }
    }
  }
  for (; row < count; row++) {
    for (int lane = 0; lane < CKERNELS_LANES; lane++) {
      columns[lane * stride + row] = rows[CKERNELS_LANES * row + lane];
    }
  }
}

// MARK: - Changes

/// The changes of one position in all years.
INLINE void mix_position(
    const ckernels_paths *paths, uint32_t years, int has_shocks, int has_scales, int has_shared,
    double sign, size_t index, double *changes) {
  const double *weight = paths->weights + index;
  for (uint32_t row = 0; row < years; row++) {
    Numbers sum[HALVES];
    UNROLLED for (int half = 0; half < HALVES; half++) sum[half] = NUMBERS(0);
    if (has_shocks) {
      size_t place = index;
      for (uint32_t column = 0; column <= row; column++) {
        UNROLLED for (int half = 0; half < HALVES; half++) {
          sum[half] += *weight * at_row(paths->shocks, place, half);
        }
        weight += paths->width;
        place += paths->room;
      }
      UNROLLED for (int half = 0; half < HALVES; half++) {
        Numbers scale = has_scales ? at_row(paths->scales, index, half) : NUMBERS(1);
        sum[half] *= scale * sign;
      }
    }
    UNROLLED for (int half = 0; half < HALVES; half++) {
      if (has_shared) {
        sum[half] += at_row(paths->shared, row * paths->span + paths->groups[index], half) * sign;
      }
      set_row(changes, row * paths->room + index, half, sum[half]);
    }
  }
}

INLINE void mix_positions(
    const ckernels_paths *paths, uint32_t years, int has_shocks, int has_scales, int has_shared,
    double sign, double *changes) {
  for (size_t index = 0; index < paths->count; index++) {
    mix_position(paths, years, has_shocks, has_scales, has_shared, sign, index, changes);
  }
}

/// See `ckernels_table.mix_rows`.
static void mix_rows(const ckernels_paths *paths, double sign, double *changes) {
  int has_scales = paths->scales != 0, has_shared = paths->shared != 0;
  if (!paths->shocks) return mix_positions(paths, paths->years, 0, 0, has_shared, sign, changes);
  if (paths->years == 1 && !has_scales && has_shared) {
    return mix_positions(paths, 1, 1, 0, 1, sign, changes);
  }
  mix_positions(paths, paths->years, 1, has_scales, has_shared, sign, changes);
}

// MARK: - Figures

/// The numerators of a position, before its denominators grow.
INLINE Numbers changed(
    const ckernels_growth *growth, int kind, int is_weighted, size_t row, int half) {
  Numbers change = at_row(growth->changes, row, half);
  double central = growth->numerators[row];
  switch (kind) {
    case CKERNELS_LOG: return central * change;
    case CKERNELS_LOGIT: return central / (1 + growth->slack[row] * (change - 1));
    default:
      return is_weighted ? central + change * growth->denominators[row] : central + change;
  }
}

INLINE uint32_t grow_all(
    const ckernels_growth *growth, int kind, int has_bottoms, int moves, double *tops,
    double *bottoms) {
  Masks is_broken[HALVES];
  UNROLLED for (int half = 0; half < HALVES; half++) is_broken[half] = (Masks)(int64_t)0;
  for (size_t row = 0; row < growth->count; row++) {
    UNROLLED for (int half = 0; half < HALVES; half++) {
      Numbers top = changed(growth, kind, has_bottoms && growth->is_ratio, row, half);
      if (has_bottoms) {
        Numbers bottom = NUMBERS(growth->denominators[row]);
        if (moves) {
          Numbers factor = at_row(growth->growth, row, half);
          if (growth->is_ratio) top *= factor;
          bottom *= factor;
        }
        is_broken[half] |= bottom <= 0;
        if (growth->is_share) is_broken[half] |= top > bottom;
        set_row(bottoms, row, half, bottom);
      }
      is_broken[half] |= (top < growth->minimum) | (top > growth->maximum);
      set_row(tops, row, half, top);
    }
  }
  HalfKeys low = __builtin_convertvector(is_broken[0], HalfKeys);
  HalfKeys high = __builtin_convertvector(is_broken[1], HalfKeys);
  return bits_of((KeyMasks)both_halves(low, high));
}

/// See `ckernels_table.grow_rows`.
static uint32_t grow_rows(const ckernels_growth *growth, double *tops, double *bottoms) {
  int has_bottoms = growth->denominators != 0, moves = growth->growth != 0;
  if (growth->kind == CKERNELS_LOG) {
    if (has_bottoms && moves) return grow_all(growth, CKERNELS_LOG, 1, 1, tops, bottoms);
    return grow_all(growth, CKERNELS_LOG, has_bottoms, moves, tops, bottoms);
  }
  if (growth->kind == CKERNELS_LOGIT) {
    return grow_all(growth, CKERNELS_LOGIT, has_bottoms, moves, tops, bottoms);
  }
  return grow_all(growth, CKERNELS_IDENTITY, has_bottoms, moves, tops, bottoms);
}

// MARK: - Sums and quotients

INLINE void sum_part(
    const ckernels_parts *parts, const double *values, const double *weights, int carries,
    uint32_t part, double *sums) {
  Numbers sum[HALVES];
  UNROLLED for (int half = 0; half < HALVES; half++) sum[half] = NUMBERS(0);
  for (uint32_t p = parts->starts[part]; p < parts->starts[part + 1]; p++) {
    uint32_t row = parts->members[p];
    UNROLLED for (int half = 0; half < HALVES; half++) {
      Numbers value = at_row(values, row, half);
      if (weights) value *= at_row(weights, row, half);
      sum[half] += carries ? value : CHOOSE(value == value, value, NUMBERS(0));
    }
  }
  UNROLLED for (int half = 0; half < HALVES; half++) set_row(sums, part, half, sum[half]);
}

/// See `ckernels_table.sum_rows`.
static void sum_rows(
    const ckernels_parts *parts, const double *values, const double *weights, double *sums) {
  for (uint32_t part = 0; part < parts->count; part++) {
    if (!parts->carries_missing) {
      sum_part(parts, values, weights, 0, part, sums);
    } else if (weights) {
      sum_part(parts, values, weights, 1, part, sums);
    } else {
      sum_part(parts, values, 0, 1, part, sums);
    }
  }
}

INLINE void divide_all(
    const ckernels_quotients *quotients, int has_bottoms, int is_relative, double *values) {
  for (uint32_t i = 0; i < quotients->count; i++) {
    int32_t row = quotients->rows[i];
    UNROLLED for (int half = 0; half < HALVES; half++) {
      Numbers value = NUMBERS(__builtin_nan(""));
      if (row >= 0) {
        value = at_row(quotients->tops, (size_t)row, half);
        if (has_bottoms) {
          Numbers bottom = at_row(quotients->bottoms, (size_t)row, half);
          value = CHOOSE(bottom == 0, NUMBERS(__builtin_nan("")), value / bottom);
        }
        if (is_relative) value /= at_row(quotients->ratios, 0, half);
        value *= quotients->scale;
      }
      set_row(values, i, half, value);
    }
  }
}

/// See `ckernels_table.divide_rows`.
static void divide_rows(const ckernels_quotients *quotients, double *values) {
  if (!quotients->ratios) {
    if (quotients->bottoms) return divide_all(quotients, 1, 0, values);
    return divide_all(quotients, 0, 0, values);
  }
  if (quotients->bottoms) return divide_all(quotients, 1, 1, values);
  divide_all(quotients, 0, 1, values);
}
