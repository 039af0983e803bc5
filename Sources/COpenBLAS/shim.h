// The part of OpenBLAS that regionsim calls: CBLAS and OpenBLAS' own settings.
#pragma once
#include <cblas.h>
