// The XML parser that calls back for each element, without a tree in memory.
#include <expat.h>
