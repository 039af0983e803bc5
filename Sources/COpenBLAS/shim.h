// The part of OpenBLAS that regionsim calls: CBLAS, OpenBLAS' own settings, and of LAPACK the Fortran
// routines in use, which its header declares under types of its own.
#pragma once
#include <cblas.h>

/// The Cholesky factor of a symmetric positive definite matrix, in place.
void dpotrf_(const char *uplo, const blasint *n, double *a, const blasint *lda, blasint *info);
