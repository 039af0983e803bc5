// The kernels with what the compiler takes for granted.
#include "DrawKernels.h"
#include "PairKernel.h"
#include "SumKernel.h"
#include "TopKernel.h"

const ckernels_table ckernels_baseline = {
  1024, rank, count_top, fill, exponentiate, interpolate, mix_paths, raise_largest,
  sum_columns};
