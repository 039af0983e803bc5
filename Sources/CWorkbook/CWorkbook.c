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

static pthread_once_t loaded = PTHREAD_ONCE_INIT;
static bool is_loaded;

struct CWorkbook {
  lxw_workbook *workbook;
  lxw_worksheet *sheet;
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
  new_workbook = (__typeof__(new_workbook))dlsym(library, "workbook_new_opt");
  add_worksheet = (__typeof__(add_worksheet))dlsym(library, "workbook_add_worksheet");
  set_properties = (__typeof__(set_properties))dlsym(library, "workbook_set_properties");
  close_workbook = (__typeof__(close_workbook))dlsym(library, "workbook_close");
  write_string = (__typeof__(write_string))dlsym(library, "worksheet_write_string");
  write_number = (__typeof__(write_number))dlsym(library, "worksheet_write_number");
  describe = (__typeof__(describe))dlsym(library, "lxw_strerror");
  is_loaded = new_workbook && add_worksheet && set_properties && close_workbook && write_string &&
              write_number && describe;
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
  lxw_worksheet *added = add_worksheet(workbook, sheet);
  CWorkbook *result_workbook = added ? malloc(sizeof *result_workbook) : NULL;
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

int cworkbook_end(CWorkbook *workbook) {
  int result = close_workbook(workbook->workbook);
  free(workbook);
  return result;
}

const char *cworkbook_error(int number) {
  return is_loaded ? describe((lxw_error)number) : "The library is not loaded.";
}
