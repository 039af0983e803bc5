// The hot loops of ranking and drawing, compiled for several kinds of processor.
//
// Each kernel has a plain reference in Swift that gives the same results to the last bit. A table
// holds the kernels of one kind of processor; which tables can run here, `ckernels_processor_level`
// tells.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Levels of the instruction set that ckernels_processor_level returns.
enum {
  /// What every processor of the architecture has.
  CKERNELS_LEVEL_BASELINE = 0,
  /// x86-64-v3: AVX2, FMA and BMI2.
  CKERNELS_LEVEL_V3 = 2,
  /// x86-64-v4: also AVX-512 F, DQ, BW, VL and CD.
  CKERNELS_LEVEL_V4 = 3,
};

/// The highest of the levels that the processor has and the operating system supports; the baseline
/// on other architectures than x86-64.
int ckernels_processor_level(void);

/// 1 when the processor is Intel's, otherwise 0.
int ckernels_processor_is_intel(void);

/// How many columns `rank` and `count_top` take at a time.
#define CKERNELS_LANES 16

/// How many keys `rank` and `count_top` need for columns of `count` values, at a 64-byte boundary.
#define CKERNELS_KEYS(count) (CKERNELS_LANES * (((size_t)(count) + 15) / 16 * 16))

/// Sixteen columns of values.
typedef struct {
  /// The first value of the first column; a column is contiguous.
  const double *values;
  /// How many values lie between the first of a column and the first of the next.
  size_t stride;
  /// How many values a column has, 1 or more, at most `ckernels_table.largest`.
  uint32_t count;
  /// Whether the largest value has place 1; else the smallest.
  uint32_t largest_first;
  /// Room for CKERNELS_KEYS(count) keys, at a 64-byte boundary.
  uint32_t *keys;
  /// How many columns more follow these ones, whose values are fetched ahead.
  uint32_t following;
} ckernels_columns;

/// The parts of a column that are summed.
typedef struct {
  /// How many values a column has.
  uint32_t positions;
  /// How many parts there are.
  uint32_t count;
  /// For each part the index in `members` of its first position; one more than parts.
  const uint32_t *starts;
  /// The positions that belong to the parts, one part after the other.
  const uint32_t *members;
  /// Whether NaN makes a sum NaN; else it counts as 0.
  uint32_t carries_missing;
} ckernels_parts;

/// What the changes of some years are mixed of.
typedef struct {
  /// How many numbers a year has, a multiple of 8.
  size_t width;
  uint32_t years;
  /// The lower triangular factors, row by row, each entry for all positions.
  const double *weights;
  /// Standard normal numbers, years × width; null for none.
  const double *shocks;
  /// What the own part of a position is multiplied by.
  const double *scales;
  /// For each position the place of its group in a row of `shared`.
  const uint32_t *groups;
  /// The paths of the groups, years × span; null for none.
  const double *shared;
  size_t span;
} ckernels_paths;

/// Two units whose values are compared.
typedef struct {
  intptr_t first;
  intptr_t second;
  /// 1 / the standard error of their difference.
  double precision;
} ckernels_pair;

/// The kernels of one level.
typedef struct {
  /// The most values of a column that `rank` and `count_top` take: with more, a radix sort of one
  /// column after the other is as fast.
  uint32_t largest;

  /// Writes the competition places of sixteen columns, 0 for NaN, and adds to `counts` how often
  /// each value had each place: count × (count + 1), the place fastest. Either may be null.
  ///
  /// Columns without a finite extent are left out: their bits are set in the result.
  uint32_t (*rank)(
    const ckernels_columns *columns, uint16_t *places, size_t stride, uint32_t *counts);

  /// Adds to `counts`, for each value of sixteen columns, in how many its competition place is at
  /// most `top`, 1...15.
  ///
  /// Columns without a finite extent, and those in which values of one key lie on both sides of the
  /// threshold, are left out: their bits are set in the result.
  uint32_t (*count_top)(const ckernels_columns *columns, uint32_t top, uint32_t *counts);

  /// Fills a buffer with the first normal or uniform numbers of a cell.
  ///
  /// `keys` are the twenty round keys of Philox4x32-10; `table` are the coefficients of the normal
  /// quantiles, or null for uniform numbers.
  void (*fill)(
    double *numbers, size_t count, uint32_t stream, uint64_t draw, const uint64_t *keys,
    const double *table);

  /// Replaces each number x by eˣ. `powers` are 128 pairs of a bit pattern and a relative error.
  void (*exponentiate)(double *numbers, size_t count, const uint64_t *powers);

  /// Replaces each number x by a cubic spline: cell (x − lowest) · cells of a table of four
  /// coefficients a cell, the highest power of the distance within the cell first.
  void (*interpolate)(
    double *numbers, size_t count, double lowest, double cells, const double *table);

  /// Draws changes of paths: years × width numbers.
  void (*mix_paths)(const ckernels_paths *paths, double sign, double *changes);

  /// Raises the largest studentised difference of each of eight draws to that of some pairs: first
  /// less second, or the larger of both ways. `block` has eight numbers a unit.
  void (*raise_largest)(
    const double *block, const ckernels_pair *pairs, size_t count, int both_ways, double *largest);

  /// Sums the parts of eight columns, adding their members one after the other.
  ///
  /// Columns lie `stride` values apart, their sums `sum_stride`. `rows` is room for 8 × positions
  /// numbers, at a 64-byte boundary.
  void (*sum_columns)(
    const ckernels_parts *parts, const double *values, size_t stride, double *rows, double *sums,
    size_t sum_stride);
} ckernels_table;

/// The kernels of a level; null where they are not built in. Asking for a level above that of the
/// processor is a mistake.
const ckernels_table *ckernels_at(int level);
