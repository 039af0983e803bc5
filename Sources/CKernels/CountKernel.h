// Who has a smaller place than one entry, in many columns of places.
#pragma once
#include "CKernels.h"
#include "Vectors.h"

typedef VECTOR(uint16_t, 32, 2) Places;

/// See `ckernels_table.count_smaller`.
///
/// Of 32 entries it is counted in as many bits as a place has.
static void count_smaller(
    const uint16_t *places, size_t stride, size_t columns, size_t unit, size_t count,
    uint32_t *counts) {
  size_t first = 0;
  for (; first + 32 <= count; first += 32) {
    Places smaller = 0;
    for (size_t column = 0; column < columns; column++) {
      const uint16_t *start = places + column * stride;
      smaller -= (Places)(*(const Places *)(start + first) < start[unit]);
    }
    UNROLLED for (int i = 0; i < 32; i++) counts[first + i] += smaller[i];
  }
  for (; first < count; first++) {
    for (size_t column = 0; column < columns; column++) {
      const uint16_t *start = places + column * stride;
      counts[first] += start[first] < start[unit];
    }
  }
}
