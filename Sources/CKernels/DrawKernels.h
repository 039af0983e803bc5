// Random numbers and exponentials, eight at a time.
#pragma once
#include "CKernels.h"
#include "Vectors.h"

/// The upper half of each word, in its lower half; what stands above is never read.
#define UPPER_HALF(words) \
  ((Words)SHUFFLE(           \
    (Keys)(words), (Keys)(words), 1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15))

/// Words of two lower halves.
#define JOINED(low, high)                                                                    \
  ((Words)SHUFFLE(                                                                           \
    (Keys)(low), (Keys)(high), 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30))

/// How many times eight blocks are drawn side by side: a round waits longer for the one before it
/// than it takes itself, but each needs registers.
#if defined(HAS_TERNARY_LOGIC)
#define CHAINS 2
#else
#define CHAINS 1
#endif

/// Words of a cell from an index on, sixteen for each of some chains of eight blocks of
/// Philox4x32-10.
INLINE void draw_words(
    size_t index, int chains, uint32_t stream, uint64_t draw, const uint64_t *keys, Words *words) {
  const Words steps = {0, 1, 2, 3, 4, 5, 6, 7};
  Words a[CHAINS], b[CHAINS], c[CHAINS], d[CHAINS];
  UNROLLED for (int i = 0; i < chains; i++) {
    a[i] = steps + (index / 2 + 8 * i);
    b[i] = (Words)(uint64_t)stream;
    c[i] = (Words)(draw & UINT32_MAX);
    d[i] = (Words)(draw >> 32);
  }
  UNROLLED for (int round = 0; round < 10; round++) {
    UNROLLED for (int i = 0; i < chains; i++) {
      Words left = (a[i] & UINT32_MAX) * 0xD2511F53, right = (c[i] & UINT32_MAX) * 0xCD9E8D57;
      a[i] = UPPER_HALF(right) ^ b[i] ^ keys[2 * round];
      c[i] = UPPER_HALF(left) ^ d[i] ^ keys[2 * round + 1];
      b[i] = right;
      d[i] = left;
    }
  }
  UNROLLED for (int i = 0; i < chains; i++) {
    Words first = JOINED(a[i], b[i]), second = JOINED(c[i], d[i]);
    words[2 * i] = SHUFFLE(first, second, 0, 1, 8, 9, 2, 3, 10, 11);
    words[2 * i + 1] = SHUFFLE(first, second, 4, 5, 12, 13, 6, 7, 14, 15);
  }
}

/// Odd multiples of 2⁻⁵³ between 0 and 1.
INLINE Numbers uniforms(Words bits) {
  return (Numbers)(bits >> 12 | 0x3FF0000000000000) - (1 - 0x1p-53);
}

/// How many numbers go through the table at a time: what is stored as a vector is read one by one
/// only when it has long been stored.
#define BATCH 128

/// Takes sixteen words for each chain apart: significands with the signs of the numbers, and places
/// of the table.
INLINE void prepare_normals(const Words *words, int chains, uint64_t *parts, uint64_t *places) {
  const uint64_t sign = 1ull << 63, part = 0x3FFFFFFFFFFF, one = 0x3FF0000000000000;
  UNROLLED for (int i = 0; i < 2 * chains; i++) {
#if defined(HAS_TERNARY_LOGIC)
    // An odd number whose size is 2⁵³ times the smaller tail, of the sign of the normal number.
    Masks odd = (Masks)words[i] >> 11 | 1;
    Words tail = (Words)__builtin_convertvector(odd, Numbers);
    const uint64_t lowest = 1023;
    *(Words *)(parts + 8 * i) = (tail & (part | sign)) | one;
#else
    Words upper = (Words)((Masks)words[i] >> 63);
    Words tail = (Words)uniforms(words[i] ^ upper);
    const uint64_t lowest = 1023 - 53;
    *(Words *)(parts + 8 * i) = (tail & part) | one | (words[i] & sign);
#endif
    *(Words *)(places + 8 * i) = (tail >> 44 & 0x7FFFC) - (lowest << 8);
  }
}

/// Eight normal numbers of their prepared words.
INLINE Numbers normals_of(const uint64_t *parts, const uint64_t *places, const double *table) {
  const uint64_t sign = 1ull << 63;
  Numbers coefficients[4];
  transpose_quads(table, places, coefficients);
  Words part = *(const Words *)parts;
  Numbers x = (Numbers)(part & ~sign) - (1 + 0x1p-7);
  Numbers result = coefficients[0];
  UNROLLED for (int power = 1; power < 4; power++) result = result * x + coefficients[power];
  return (Numbers)((Words)result ^ (part & sign));
}

/// Fills at most BATCH normal numbers.
INLINE void fill_normals(
    double *numbers, size_t index, size_t count, uint32_t stream, uint64_t draw,
    const uint64_t *keys, const double *table) {
  _Alignas(64) uint64_t parts[BATCH], places[BATCH];
  Words words[2 * CHAINS];
  size_t first = 0;
  for (; first + 16 * CHAINS <= count; first += 16 * CHAINS) {
    draw_words(index + first, CHAINS, stream, draw, keys, words);
    prepare_normals(words, CHAINS, parts + first, places + first);
  }
  for (; first < count; first += 16) {
    draw_words(index + first, 1, stream, draw, keys, words);
    prepare_normals(words, 1, parts + first, places + first);
  }
  for (size_t i = 0; i < count; i += 8) {
    store_first(numbers + i, normals_of(parts + i, places + i, table), count - i);
  }
}

/// See `ckernels_table.fill`.
static void fill(
    double *numbers, size_t count, uint32_t stream, uint64_t draw, const uint64_t *keys,
    const double *table) {
  if (table) {
    for (size_t index = 0; index < count; index += BATCH) {
      size_t batch = count - index < BATCH ? count - index : BATCH;
      fill_normals(numbers + index, index, batch, stream, draw, keys, table);
    }
    return;
  }
  for (size_t index = 0; index < count; index += 16) {
    Words words[2 * CHAINS];
    draw_words(index, 1, stream, draw, keys, words);
    store_first(numbers + index, uniforms(words[0]), count - index);
    if (index + 8 < count) {
      store_first(numbers + index + 8, uniforms(words[1]), count - index - 8);
    }
  }
}

/// eˣ where it is not an ordinary number: infinite, subnormal, 0 or NaN; or any other.
static double exponential(double x, const uint64_t *powers) {
  if (x != x) return x;
  if (x > 710) return __builtin_inf();
  if (x < -746) return 0;
  double shifted = x * 0x1.71547652b82fep+7 + 0x1.8p52;
  int64_t steps;
  __builtin_memcpy(&steps, &shifted, 8);
  const uint64_t *entry = powers + 2 * (steps & 127);
  uint64_t bits = entry[0] + ((uint64_t)(steps & 127) << 45);
  double power, error;
  __builtin_memcpy(&power, &bits, 8);
  __builtin_memcpy(&error, entry + 1, 8);
  double multiple = shifted - 0x1.8p52;
  double rest = x - multiple * 0x1.62e42fefp-8 - multiple * 0x1.473de6af278edp-41;
  double square = rest * rest;
  double second = 1.0 / 2 + rest * (1.0 / 6);
  double fourth = 1.0 / 24 + rest * (1.0 / 120);
  double correction = (error + square * (second + square * fourth)) + rest;
  // The power of two comes in two parts, neither out of range; only the last product is rounded.
  int64_t exponent = (int64_t)((uint64_t)steps << 13) >> 20;
  int64_t half = exponent / 2, other = exponent - half;
  uint64_t half_bits = (uint64_t)(1023 + half) << 52, other_bits = (uint64_t)(1023 + other) << 52;
  double half_power, other_power;
  __builtin_memcpy(&half_power, &half_bits, 8);
  __builtin_memcpy(&other_power, &other_bits, 8);
  return (power + power * correction) * half_power * other_power;
}

/// The first and the second numbers of eight pairs, at some places of a table.
INLINE void split_pairs(
    const double *table, const uint64_t *places, Numbers *first, Numbers *second) {
  Numbers rows[2];
  UNROLLED for (int i = 0; i < 2; i++) {
    LoosePair pairs[4];
    UNROLLED for (int j = 0; j < 4; j++) {
      pairs[j] = *(const LoosePair *)(table + places[2 * j + i]);
    }
    rows[i] = SHUFFLE(
      SHUFFLE(pairs[0], pairs[1], 0, 1, 2, 3), SHUFFLE(pairs[2], pairs[3], 0, 1, 2, 3), 0, 1, 2, 3,
      4, 5, 6, 7);
  }
  *first = SHUFFLE(rows[0], rows[1], 0, 8, 2, 10, 4, 12, 6, 14);
  *second = SHUFFLE(rows[0], rows[1], 1, 9, 3, 11, 5, 13, 7, 15);
}

/// What is added to a multiple of (ln 2)/128 so that its whole part stands in the lowest bits.
#define ROUNDER 0x1.8p52

/// The exponentials of eight numbers within ±354, by their multiples of (ln 2)/128 with the rounder
/// added and the places of their powers.
INLINE Numbers ordinary_exponentials(
    Numbers x, Numbers shifted, const uint64_t *places, const uint64_t *powers) {
  Numbers even, odd;
  split_pairs((const double *)powers, places, &even, &odd);
  Numbers multiple = shifted - ROUNDER;
  Numbers rest = x - multiple * 0x1.62e42fefp-8 - multiple * 0x1.473de6af278edp-41;
  Numbers square = rest * rest;
  Numbers second = 1.0 / 2 + rest * (1.0 / 6);
  Numbers fourth = 1.0 / 24 + rest * (1.0 / 120);
  Numbers correction = (odd + square * (second + square * fourth)) + rest;
  Numbers power = (Numbers)((Words)even + ((Words)shifted << 45));
  return power + power * correction;
}

/// Replaces at most BATCH numbers, a multiple of 8, by their exponentials.
INLINE void exponentiate_batch(double *numbers, size_t count, const uint64_t *powers) {
  _Alignas(64) uint64_t places[BATCH];
  _Alignas(64) double all_shifted[BATCH];
  // Steps from −2¹⁶ on; a number out of range sets a bit from the seventeenth on.
  const uint64_t lowest = 0x4338000000000000 - (1 << 16);
  Words steps = (Words)(uint64_t)0;
  for (size_t i = 0; i < count; i += 8) {
    Numbers shifted = load_numbers(numbers + i) * 0x1.71547652b82fep+7 + ROUNDER;
    *(Numbers *)(all_shifted + i) = shifted;
    steps |= (Words)shifted - lowest;
    *(Words *)(places + i) = ((Words)shifted & 127) << 1;
  }
  if (__builtin_reduce_or(steps) >> 17 != 0) {
    for (size_t i = 0; i < count; i++) numbers[i] = exponential(numbers[i], powers);
    return;
  }
  for (size_t i = 0; i < count; i += 8) {
    Numbers x = load_numbers(numbers + i), shifted = *(const Numbers *)(all_shifted + i);
    store_numbers(numbers + i, ordinary_exponentials(x, shifted, places + i, powers));
  }
}

/// See `ckernels_table.exponentiate`.
static void exponentiate(double *numbers, size_t count, const uint64_t *powers) {
  size_t whole = count / 8 * 8;
  for (size_t first = 0; first < whole; first += BATCH) {
    size_t batch = whole - first < BATCH ? whole - first : BATCH;
    exponentiate_batch(numbers + first, batch, powers);
  }
  for (size_t i = whole; i < count; i++) numbers[i] = exponential(numbers[i], powers);
}

/// See `ckernels_table.interpolate`.
static void interpolate(
    double *numbers, size_t count, double lowest, double cells, const double *table) {
  _Alignas(64) uint64_t places[BATCH];
  size_t whole = count / 8 * 8;
  for (size_t first = 0; first < whole; first += BATCH) {
    double *batch = numbers + first;
    size_t size = whole - first < BATCH ? whole - first : BATCH;
    for (size_t i = 0; i < size; i += 8) {
      Numbers place = (load_numbers(batch + i) - lowest) * cells;
      Words cell = __builtin_convertvector(__builtin_convertvector(place, HalfKeys), Words);
      *(Words *)(places + i) = cell << 2;
    }
    for (size_t i = 0; i < size; i += 8) {
      Numbers place = (load_numbers(batch + i) - lowest) * cells;
      HalfKeys cell = __builtin_convertvector(place, HalfKeys);
      Numbers x = place - __builtin_convertvector(cell, Numbers);
      Numbers coefficients[4];
      transpose_quads(table, places + i, coefficients);
      Numbers result = coefficients[0];
      UNROLLED for (int power = 1; power < 4; power++) result = result * x + coefficients[power];
      store_numbers(batch + i, result);
    }
  }
  for (size_t i = whole; i < count; i++) {
    double place = (numbers[i] - lowest) * cells;
    int64_t cell = (int64_t)place;
    double x = place - (double)cell;
    const double *row = table + 4 * cell;
    numbers[i] = ((row[0] * x + row[1]) * x + row[2]) * x + row[3];
  }
}
