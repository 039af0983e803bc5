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

// Begins a workbook at a path, with one sheet where `sheet` is not empty. `result` gets 0 or why not; NULL where it is not 0.
// The library holds a row in memory, so cells come row by row.
CWorkbook *_Nullable cworkbook_begin(const char *_Nonnull path, const char *_Nonnull sheet,
                                     const char *_Nonnull title, int *_Nonnull result);

// Writes a text cell; the first row and column are 0. Whether it could be written.
bool cworkbook_text(CWorkbook *_Nonnull workbook, uint32_t row, uint16_t column,
                    const char *_Nonnull text);

// Writes a number cell. The library writes 16 digits, so that numbers of 15 digits are kept.
bool cworkbook_number(CWorkbook *_Nonnull workbook, uint32_t row, uint16_t column, double number);

// What a cell looks like.
typedef enum {
  CWORKBOOK_PLAIN = 0,
  CWORKBOOK_HEADING = 1,  // bold, over a line, wrapped
  CWORKBOOK_TITLE = 2,    // large and bold
  CWORKBOOK_NOTE = 3,     // wrapped
  CWORKBOOK_MARKED = 4,   // bold, on a ground
} CWorkbookStyle;

// Adds a sheet; what is written from now on goes there. Whether the name could be used.
bool cworkbook_sheet(CWorkbook *_Nonnull workbook, const char *_Nonnull name);

// Writes a text cell with a style.
bool cworkbook_styled_text(CWorkbook *_Nonnull workbook, uint32_t row, uint16_t column,
                           const char *_Nonnull text, CWorkbookStyle style);

// Writes a number cell, shown with some decimals and a space or comma between thousands, or without
// decimals and such a sign where `decimals` is -1, as years are.
bool cworkbook_styled_number(CWorkbook *_Nonnull workbook, uint32_t row, uint16_t column,
                             double number, int decimals, CWorkbookStyle style);

// Sets the width of a column, in characters.
void cworkbook_width(CWorkbook *_Nonnull workbook, uint16_t column, double width);

// Keeps the rows above, and the columns before, in view.
void cworkbook_freeze(CWorkbook *_Nonnull workbook, uint32_t row, uint16_t column);

// Puts a filter on the headings of a range.
void cworkbook_filter(CWorkbook *_Nonnull workbook, uint32_t first_row, uint16_t first_column,
                      uint32_t last_row, uint16_t last_column);

// A native chart of the sheet that was added last.
typedef struct CWorkbookChart CWorkbookChart;

// Cells of one column, from a row to a row.
typedef struct {
  uint32_t first_row, last_row;
  uint16_t first_column, last_column;
} CWorkbookCells;

// Begins a chart of bars or lines; NULL where the library refuses. It is freed with the workbook.
CWorkbookChart *_Nullable cworkbook_chart(CWorkbook *_Nonnull workbook, bool is_line,
                                          const char *_Nonnull title, const char *_Nonnull axis,
                                          bool is_reversed);

// Adds a series to a chart.
void cworkbook_series(CWorkbook *_Nonnull workbook, CWorkbookChart *_Nonnull chart,
                      const char *_Nonnull name, const char *_Nonnull sheet,
                      CWorkbookCells categories, CWorkbookCells values);

// Places a chart with its corner on a cell.
bool cworkbook_place(CWorkbook *_Nonnull workbook, CWorkbookChart *_Nonnull chart, uint32_t row,
                     uint16_t column);

// Writes the file and frees the workbook. 0, or the library's number of its error.
int cworkbook_end(CWorkbook *_Nonnull workbook);

// What the library says of one of its errors.
const char *_Nonnull cworkbook_error(int number);
