// Vectors of 512 bits and what every kernel does with them.
//
// The compiler cuts them into what the level has. Products and sums are never fused, so that every
// level rounds alike.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang fp contract(off)
// Functions that take vectors are all inlined, so how they are passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define VECTOR(type, count, alignment) \
  type __attribute__((ext_vector_type(count), aligned(alignment)))

typedef VECTOR(double, 8, 64) Numbers;
typedef VECTOR(double, 8, 8) LooseNumbers;
typedef VECTOR(double, 4, 8) LooseQuad;
typedef VECTOR(double, 2, 8) LoosePair;
typedef VECTOR(uint64_t, 8, 64) Words;
typedef VECTOR(int64_t, 8, 64) Masks;
typedef VECTOR(uint32_t, 16, 64) Keys;
typedef VECTOR(int32_t, 16, 64) KeyMasks;
typedef VECTOR(int32_t, 8, 32) HalfKeys;
typedef bool Bits __attribute__((ext_vector_type(16)));

#define INLINE static inline __attribute__((always_inline))
#define UNROLLED _Pragma("clang loop unroll(full)")
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)

/// `a` where the mask is set, `b` elsewhere.
#define CHOOSE(mask, a, b) ((mask) ? (a) : (b))

#define NUMBERS(value) ((Numbers)(value))

INLINE Numbers load_numbers(const double *from) { return *(const LooseNumbers *)from; }
INLINE void store_numbers(double *to, Numbers numbers) { *(LooseNumbers *)to = numbers; }

/// Stores the first numbers, eight at most.
INLINE void store_first(double *to, Numbers numbers, size_t count) {
  if (count >= 8) {
    store_numbers(to, numbers);
  } else {
    for (size_t i = 0; i < count; i++) to[i] = numbers[i];
  }
}

INLINE Keys both_halves(HalfKeys low, HalfKeys high) {
  return (Keys)SHUFFLE(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

/// A bit for each lane that is set.
INLINE uint16_t bits_of(KeyMasks masks) {
  Bits bits = __builtin_convertvector(masks != 0, Bits);
  uint16_t word;
  __builtin_memcpy(&word, &bits, sizeof word);
  return word;
}

/// Turns eight rows of eight numbers into their columns.
INLINE void transpose_numbers(Numbers *r) {
  Numbers s[8];
  UNROLLED for (int i = 0; i < 8; i += 2) {
    s[i] = SHUFFLE(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    s[i + 1] = SHUFFLE(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  UNROLLED for (int i = 0; i < 8; i += 4) {
    UNROLLED for (int j = i; j < i + 2; j++) {
      r[j] = SHUFFLE(s[j], s[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      r[j + 2] = SHUFFLE(s[j], s[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  UNROLLED for (int i = 0; i < 4; i++) {
    s[i] = SHUFFLE(r[i], r[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    s[i + 4] = SHUFFLE(r[i], r[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
  UNROLLED for (int i = 0; i < 8; i++) r[i] = s[i];
}

/// Eight rows of four numbers, at some places of a table, as four vectors of eight.
INLINE void transpose_quads(const double *table, const uint64_t *places, Numbers *columns) {
  Numbers r[4], s[4];
  UNROLLED for (int i = 0; i < 4; i++) {
    r[i] = SHUFFLE(
      *(const LooseQuad *)(table + places[i]), *(const LooseQuad *)(table + places[i + 4]),
      0, 1, 2, 3, 4, 5, 6, 7);
  }
  UNROLLED for (int i = 0; i < 4; i += 2) {
    s[i] = SHUFFLE(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    s[i + 1] = SHUFFLE(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  UNROLLED for (int i = 0; i < 2; i++) {
    columns[i] = SHUFFLE(s[i], s[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    columns[i + 2] = SHUFFLE(s[i], s[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
}

/// Turns sixteen rows of sixteen keys into their columns: four times, rows i and i + 8 are
/// interleaved.
INLINE void transpose_keys(Keys *r) {
  Keys s[16];
  UNROLLED for (int turn = 0; turn < 4; turn++) {
    UNROLLED for (int i = 0; i < 8; i++) {
      s[2 * i] =
        SHUFFLE(r[i], r[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      s[2 * i + 1] =
        SHUFFLE(r[i], r[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    UNROLLED for (int i = 0; i < 16; i++) r[i] = s[i];
  }
}
