#include "CKernels.h"

extern const ckernels_table ckernels_baseline;
#if defined(__x86_64__)
extern const ckernels_table ckernels_avx2;
extern const ckernels_table ckernels_avx512;
#endif

const ckernels_table *ckernels_at(int level) {
  switch (level) {
    case CKERNELS_LEVEL_BASELINE: return &ckernels_baseline;
#if defined(__x86_64__)
    case CKERNELS_LEVEL_V3: return &ckernels_avx2;
    case CKERNELS_LEVEL_V4: return &ckernels_avx512;
#endif
    default: return 0;
  }
}
