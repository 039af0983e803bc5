// The kernels with what the compiler takes for granted.
#include "CountKernel.h"
#include "DrawKernels.h"
#include "PairKernel.h"
#include "RowKernels.h"
#include "SumKernel.h"
#include "TopKernel.h"

const ckernels_table ckernels_baseline = {
  1024, rank, count_top, count_smaller, fill, fill_rows, exponentiate, interpolate, lay_rows,
  lay_columns, mix_rows, grow_rows, raise_largest, sum_columns, sum_rows, divide_rows};
