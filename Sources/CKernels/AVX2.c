// The kernels for x86-64-v3.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#include "CountKernel.h"
#include "DrawKernels.h"
#include "PairKernel.h"
#include "RowKernels.h"
#include "SumKernel.h"
#include "TopKernel.h"
#pragma clang attribute pop

const ckernels_table ckernels_avx2 = {
  1024, rank, count_top, count_smaller, fill, fill_rows, exponentiate, interpolate, lay_rows,
  lay_columns, mix_rows, grow_rows, raise_largest, sum_columns, sum_rows, divide_rows};
#endif
