// The kernels for x86-64-v4, whose features are named one by one: with the level's own name the
// compiler prefers vectors of 256 bits, which sort half as fast.
#if defined(__x86_64__)
// Functions of three inputs in one instruction, and twice as many registers.
#define HAS_TERNARY_LOGIC
#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,bmi2,fma"))), \
  apply_to = function)
#include "CountKernel.h"
#include "DrawKernels.h"
#include "PairKernel.h"
#include "RowKernels.h"
#include "SumKernel.h"
#include "TopKernel.h"
#pragma clang attribute pop

const ckernels_table ckernels_avx512 = {
  2048, rank, count_top, count_smaller, fill, fill_rows, exponentiate, interpolate, lay_rows,
  lay_columns, mix_rows, grow_rows, raise_largest, sum_columns, sum_rows, divide_rows};
#endif
