#include "CWorkbook.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <xlsxwriter.h>

// The functions of the library, with the types of its header.
static __typeof__(workbook_new_opt) *new_workbook;
static __typeof__(workbook_add_worksheet) *add_worksheet;
static __typeof__(workbook_set_properties) *set_properties;
static __typeof__(workbook_close) *close_workbook;
static __typeof__(worksheet_write_string) *write_string;
static __typeof__(worksheet_write_number) *write_number;
static __typeof__(lxw_strerror) *describe;
static __typeof__(worksheet_set_column) *set_column;
static __typeof__(worksheet_freeze_panes) *freeze_panes;
static __typeof__(worksheet_autofilter) *set_autofilter;
static __typeof__(worksheet_insert_chart) *insert_chart;
static __typeof__(workbook_add_format) *add_format;
static __typeof__(workbook_add_chart) *add_chart;
static __typeof__(format_set_bold) *set_bold;
static __typeof__(format_set_num_format) *set_number_format;
static __typeof__(format_set_text_wrap) *set_wrap;
static __typeof__(format_set_bg_color) *set_ground;
static __typeof__(format_set_bottom) *set_bottom;
static __typeof__(format_set_align) *set_alignment;
static __typeof__(format_set_font_size) *set_font_size;
static __typeof__(chart_add_series) *add_series;
static __typeof__(chart_series_set_name) *set_series_name;
static __typeof__(chart_series_set_categories) *set_categories;
static __typeof__(chart_series_set_values) *set_values;
static __typeof__(chart_title_set_name) *set_chart_title;
static __typeof__(chart_axis_set_name) *set_axis_name;
static __typeof__(chart_axis_set_reverse) *reverse_axis;
static __typeof__(chart_legend_set_position) *set_legend;

static pthread_once_t loaded = PTHREAD_ONCE_INIT;
static bool is_loaded;

// The styles, each with the number formats of -1 to MOST_DECIMALS decimals.
enum { STYLES = 5, MOST_DECIMALS = 6 };

struct CWorkbook {
  lxw_workbook *workbook;
  lxw_worksheet *sheet;
  lxw_format *formats[STYLES][MOST_DECIMALS + 2];
};

static void load(void) {
  const char *own = getenv("REGIONSIM_XLSXWRITER");
  const char *names[] = {
      own && *own ? own : "libxlsxwriter.so.4",
      "libxlsxwriter.so",
      "libxlsxwriter.so.5",
      "libxlsxwriter.so.8",
      "/opt/homebrew/opt/libxlsxwriter/lib/libxlsxwriter.dylib",
      "/usr/local/opt/libxlsxwriter/lib/libxlsxwriter.dylib",
  };
  size_t count = own && *own ? 1 : sizeof names / sizeof *names;
  void *library = NULL;
  for (size_t i = 0; i < count && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  is_loaded = true;
#define FIND(name, function)                                    \
  name = (__typeof__(name))dlsym(library, #function);           \
  is_loaded = is_loaded && name
  FIND(new_workbook, workbook_new_opt);
  FIND(add_worksheet, workbook_add_worksheet);
  FIND(set_properties, workbook_set_properties);
  FIND(close_workbook, workbook_close);
  FIND(write_string, worksheet_write_string);
  FIND(write_number, worksheet_write_number);
  FIND(describe, lxw_strerror);
  FIND(set_column, worksheet_set_column);
  FIND(freeze_panes, worksheet_freeze_panes);
  FIND(set_autofilter, worksheet_autofilter);
  FIND(insert_chart, worksheet_insert_chart);
  FIND(add_format, workbook_add_format);
  FIND(add_chart, workbook_add_chart);
  FIND(set_bold, format_set_bold);
  FIND(set_number_format, format_set_num_format);
  FIND(set_wrap, format_set_text_wrap);
  FIND(set_ground, format_set_bg_color);
  FIND(set_bottom, format_set_bottom);
  FIND(set_alignment, format_set_align);
  FIND(set_font_size, format_set_font_size);
  FIND(add_series, chart_add_series);
  FIND(set_series_name, chart_series_set_name);
  FIND(set_categories, chart_series_set_categories);
  FIND(set_values, chart_series_set_values);
  FIND(set_chart_title, chart_title_set_name);
  FIND(set_axis_name, chart_axis_set_name);
  FIND(reverse_axis, chart_axis_set_reverse);
  FIND(set_legend, chart_legend_set_position);
#undef FIND
}

CWorkbook *cworkbook_begin(const char *path, const char *sheet, const char *title, int *result) {
  pthread_once(&loaded, load);
  *result = CWORKBOOK_LIBRARY_MISSING;
  if (!is_loaded) return NULL;
  *result = CWORKBOOK_UNWRITABLE;
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  lxw_workbook *workbook = new_workbook(path, &options);
  if (!workbook) return NULL;
  // One moment for all files, so that the same figures give the same bytes.
  lxw_doc_properties properties = {.title = (char *)title, .created = 946684800};
  set_properties(workbook, &properties);
  lxw_worksheet *added = *sheet ? add_worksheet(workbook, sheet) : NULL;
  CWorkbook *result_workbook = added || !*sheet ? calloc(1, sizeof *result_workbook) : NULL;
  if (!result_workbook) {
    close_workbook(workbook);
    return NULL;
  }
  result_workbook->workbook = workbook;
  result_workbook->sheet = added;
  *result = CWORKBOOK_OK;
  return result_workbook;
}

bool cworkbook_text(CWorkbook *workbook, uint32_t row, uint16_t column, const char *text) {
  return write_string(workbook->sheet, row, column, text, NULL) == LXW_NO_ERROR;
}

bool cworkbook_number(CWorkbook *workbook, uint32_t row, uint16_t column, double number) {
  return write_number(workbook->sheet, row, column, number, NULL) == LXW_NO_ERROR;
}

bool cworkbook_sheet(CWorkbook *workbook, const char *name) {
  workbook->sheet = add_worksheet(workbook->workbook, name);
  return workbook->sheet != NULL;
}

// The format of a style and some decimals; made when it is first used.
static lxw_format *format(CWorkbook *workbook, CWorkbookStyle style, int decimals) {
  static const char *numbers[] = {"0",       "#,##0",      "#,##0.0",      "#,##0.00",
                                  "#,##0.000", "#,##0.0000", "#,##0.00000", "#,##0.000000"};
  if (decimals < -1) decimals = -1;
  if (decimals > MOST_DECIMALS) decimals = MOST_DECIMALS;
  lxw_format **found = &workbook->formats[style][decimals + 1];
  if (*found) return *found;
  *found = add_format(workbook->workbook);
  set_number_format(*found, numbers[decimals + 1]);
  set_alignment(*found, LXW_ALIGN_VERTICAL_TOP);
  if (style == CWORKBOOK_HEADING || style == CWORKBOOK_TITLE || style == CWORKBOOK_MARKED) {
    set_bold(*found);
  }
  if (style == CWORKBOOK_HEADING || style == CWORKBOOK_NOTE) set_wrap(*found);
  if (style == CWORKBOOK_HEADING) set_bottom(*found, LXW_BORDER_THIN);
  if (style == CWORKBOOK_TITLE) set_font_size(*found, 14);
  if (style == CWORKBOOK_MARKED) set_ground(*found, 0xDDEBF7);
  return *found;
}

bool cworkbook_styled_text(CWorkbook *workbook, uint32_t row, uint16_t column, const char *text,
                           CWorkbookStyle style) {
  lxw_format *look = style == CWORKBOOK_PLAIN ? NULL : format(workbook, style, 0);
  return write_string(workbook->sheet, row, column, text, look) == LXW_NO_ERROR;
}

bool cworkbook_styled_number(CWorkbook *workbook, uint32_t row, uint16_t column, double number,
                             int decimals, CWorkbookStyle style) {
  return write_number(workbook->sheet, row, column, number, format(workbook, style, decimals)) ==
         LXW_NO_ERROR;
}

void cworkbook_width(CWorkbook *workbook, uint16_t column, double width) {
  set_column(workbook->sheet, column, column, width, NULL);
}

void cworkbook_freeze(CWorkbook *workbook, uint32_t row, uint16_t column) {
  freeze_panes(workbook->sheet, row, column);
}

void cworkbook_filter(CWorkbook *workbook, uint32_t first_row, uint16_t first_column,
                      uint32_t last_row, uint16_t last_column) {
  set_autofilter(workbook->sheet, first_row, first_column, last_row, last_column);
}

CWorkbookChart *cworkbook_chart(CWorkbook *workbook, bool is_line, const char *title,
                                const char *axis, bool is_reversed) {
  lxw_chart *chart =
      add_chart(workbook->workbook, is_line ? LXW_CHART_LINE : LXW_CHART_COLUMN);
  if (!chart) return NULL;
  set_chart_title(chart, title);
  set_axis_name(chart->y_axis, axis);
  if (is_reversed) reverse_axis(chart->y_axis);
  set_legend(chart, LXW_CHART_LEGEND_BOTTOM);
  return (CWorkbookChart *)chart;
}

void cworkbook_series(CWorkbook *workbook, CWorkbookChart *chart, const char *name,
                      const char *sheet, CWorkbookCells categories, CWorkbookCells values) {
  (void)workbook;
  lxw_chart_series *series = add_series((lxw_chart *)chart, NULL, NULL);
  if (!series) return;
  set_series_name(series, name);
  set_categories(series, sheet, categories.first_row, categories.first_column, categories.last_row,
                 categories.last_column);
  set_values(series, sheet, values.first_row, values.first_column, values.last_row,
             values.last_column);
}

bool cworkbook_place(CWorkbook *workbook, CWorkbookChart *chart, uint32_t row, uint16_t column) {
  return insert_chart(workbook->sheet, row, column, (lxw_chart *)chart) == LXW_NO_ERROR;
}

int cworkbook_end(CWorkbook *workbook) {
  int result = close_workbook(workbook->workbook);
  free(workbook);
  return result;
}

const char *cworkbook_error(int number) {
  return is_loaded ? describe((lxw_error)number) : "The library is not loaded.";
}
