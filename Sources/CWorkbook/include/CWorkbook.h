#pragma once

#include <stdbool.h>
#include <stdint.h>

// Workbooks (xlsx) written through libxlsxwriter, which is loaded when the first is begun: linked, its
// libcrypto would cost every start of the program a millisecond.

typedef struct CWorkbook CWorkbook;

// Why a workbook cannot be begun.
enum {
  CWORKBOOK_OK = 0,
  CWORKBOOK_LIBRARY_MISSING = 1,
  CWORKBOOK_UNWRITABLE = 2,
};

// Begins a workbook at a path, with one sheet. `result` gets 0 or why not; NULL where it is not 0.
// The library holds a row in memory, so cells come row by row.
CWorkbook *_Nullable cworkbook_begin(const char *_Nonnull path, const char *_Nonnull sheet,
                                     const char *_Nonnull title, int *_Nonnull result);

// Writes a text cell; the first row and column are 0. Whether it could be written.
bool cworkbook_text(CWorkbook *_Nonnull workbook, uint32_t row, uint16_t column,
                    const char *_Nonnull text);

// Writes a number cell. The library writes 16 digits, so that numbers of 15 digits are kept.
bool cworkbook_number(CWorkbook *_Nonnull workbook, uint32_t row, uint16_t column, double number);

// Writes the file and frees the workbook. 0, or the library's number of its error.
int cworkbook_end(CWorkbook *_Nonnull workbook);

// What the library says of one of its errors.
const char *_Nonnull cworkbook_error(int number);
