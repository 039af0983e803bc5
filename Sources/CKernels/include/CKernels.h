// What regionsim has in C, as Swift has no way to say it.
#pragma once

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
