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

/// Sixteen columns of values: each contiguous, or all side by side.
typedef struct {
  /// The first value of the first column.
  const double *values;
  /// How many values lie between the first of a column and the first of the next; 1 side by side.
  size_t stride;
  /// How many values lie between a value of a column and the next: 1, or side by side 16 or more.
  size_t step;
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

/// What the changes of some positions are mixed of, in sixteen draws side by side.
typedef struct {
  uint32_t years;
  /// How many positions are mixed.
  size_t count;
  /// The lower triangular factors, row by row, each entry for all positions, from the first that is
  /// mixed on.
  const double *weights;
  /// How many weights an entry has.
  size_t width;
  /// Standard normal numbers, years × room rows; null for none.
  const double *shocks;
  /// How many rows lie between a year and the next, of shocks and of changes.
  size_t room;
  /// A row of what the own part is multiplied by for each position; null for 1.
  const double *scales;
  /// For each position the row of its group in `shared`.
  const uint32_t *groups;
  /// The paths of the groups, years × span rows; null for none.
  const double *shared;
  size_t span;
} ckernels_paths;

/// What changes are made on.
enum {
  /// A change is a factor.
  CKERNELS_LOG = 0,
  /// A change is a factor of the odds.
  CKERNELS_LOGIT = 1,
  /// A change is added.
  CKERNELS_IDENTITY = 2,
};

/// How the figures of some positions follow from their changes, in sixteen draws side by side.
typedef struct {
  /// What changes are made on, such as CKERNELS_LOG.
  uint32_t kind;
  /// Whether numerators grow with the denominators.
  uint32_t is_ratio;
  /// Whether numerators are at most their denominators.
  uint32_t is_share;
  /// The least and the largest numerator.
  double minimum, maximum;
  size_t count;
  /// The central figures, one for each position; denominators are null where there are none.
  const double *numerators, *denominators;
  /// For CKERNELS_LOGIT 1 less each central share.
  const double *slack;
  /// A row of changes for each position.
  const double *changes;
  /// A row of the denominators' factors for each position; null where they do not move.
  const double *growth;
} ckernels_growth;

/// Values of some entries in sixteen draws side by side.
typedef struct {
  const double *tops;
  /// What is divided by, null for nothing; a value with 0 is NaN.
  const double *bottoms;
  /// For each entry the row of its figures; negative for none, whose value is NaN.
  const int32_t *rows;
  uint32_t count;
  /// A row that values are relative to; null for none.
  const double *ratios;
  double scale;
} ckernels_quotients;

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

  /// Adds to `counts`, for each of `count` entries, in how many of some columns of places, at most
  /// 65,535, its place is smaller than that of the entry `unit`.
  void (*count_smaller)(
    const uint16_t *places, size_t stride, size_t columns, size_t unit, size_t count,
    uint32_t *counts);

  /// Fills a buffer with the first normal or uniform numbers of a cell.
  ///
  /// `keys` are the twenty round keys of Philox4x32-10; `table` are the coefficients of the normal
  /// quantiles, or null for uniform numbers.
  void (*fill)(
    double *numbers, size_t count, uint32_t stream, uint64_t draw, const uint64_t *keys,
    const double *table);

  /// Fills `count` rows with the normal numbers of sixteen cells, those of the draws from `draw` on:
  /// the numbers from index `first`, a multiple of 4. `draw` is a multiple of 16.
  void (*fill_rows)(
    double *rows, size_t first, size_t count, uint32_t stream, uint64_t draw, const uint64_t *keys,
    const double *table);

  /// Replaces each number x by eˣ. `powers` are 128 pairs of a bit pattern and a relative error.
  void (*exponentiate)(double *numbers, size_t count, const uint64_t *powers);

  /// Replaces each number x by a cubic spline: cell (x − lowest) · cells of a table of four
  /// coefficients a cell, the highest power of the distance within the cell first.
  void (*interpolate)(
    double *numbers, size_t count, double lowest, double cells, const double *table);

  /// Lays sixteen columns side by side; they lie `stride` numbers apart.
  void (*lay_rows)(const double *columns, size_t stride, size_t count, double *rows);

  /// Lays rows of sixteen columns apart: the columns lie `stride` numbers apart.
  void (*lay_columns)(const double *rows, size_t count, double *columns, size_t stride);

  /// Mixes changes: years × room rows.
  void (*mix_rows)(const ckernels_paths *paths, double sign, double *changes);

  /// Makes figures of changes; bits are set for the draws in which one may break a limit.
  uint32_t (*grow_rows)(const ckernels_growth *growth, double *numerators, double *denominators);

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

  /// Sums the parts of sixteen columns side by side, each value times its weight unless `weights`
  /// is null: a row of sums for each part.
  void (*sum_rows)(
    const ckernels_parts *parts, const double *values, const double *weights, double *sums);

  /// Divides: a row of values for each entry.
  void (*divide_rows)(const ckernels_quotients *quotients, double *values);
} ckernels_table;

/// The kernels of a level; null where they are not built in. Asking for a level above that of the
/// processor is a mistake.
const ckernels_table *ckernels_at(int level);
