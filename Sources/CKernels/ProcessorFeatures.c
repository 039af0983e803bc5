#include "CKernels.h"

#if defined(__x86_64__)

// The compiler's own tests count a feature only where the operating system saves its registers.

int ckernels_processor_level(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") ||
      !__builtin_cpu_supports("bmi2")) {
    return CKERNELS_LEVEL_BASELINE;
  }
  if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512dq") ||
      !__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("avx512vl") ||
      !__builtin_cpu_supports("avx512cd")) {
    return CKERNELS_LEVEL_V3;
  }
  return CKERNELS_LEVEL_V4;
}

int ckernels_processor_is_intel(void) {
  __builtin_cpu_init();
  return __builtin_cpu_is("intel") ? 1 : 0;
}

#else

int ckernels_processor_level(void) { return CKERNELS_LEVEL_BASELINE; }

int ckernels_processor_is_intel(void) { return 0; }

#endif
