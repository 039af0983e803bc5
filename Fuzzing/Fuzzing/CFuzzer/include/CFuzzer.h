// The entry of libFuzzer for programs that have a main of their own
// (https://llvm.org/docs/LibFuzzer.html).
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(
  int *_Nonnull argc,
  char *_Nullable *_Nonnull *_Nonnull argv,
  int (*_Nonnull callback)(const uint8_t *_Nullable data, size_t size)
);
