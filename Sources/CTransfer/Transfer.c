#define _GNU_SOURCE
#include "CTransfer.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// The options and codes of curl that are used, by their numbers in curl/curl.h.
enum {
  CURLOPT_WRITEDATA = 10001,
  CURLOPT_URL = 10002,
  CURLOPT_PROXY = 10004,
  CURLOPT_ERRORBUFFER = 10010,
  CURLOPT_POSTFIELDS = 10015,
  CURLOPT_USERAGENT = 10018,
  CURLOPT_LOW_SPEED_LIMIT = 19,
  CURLOPT_LOW_SPEED_TIME = 20,
  CURLOPT_HTTPHEADER = 10023,
  CURLOPT_HEADERDATA = 10029,
  CURLOPT_POST = 47,
  CURLOPT_FOLLOWLOCATION = 52,
  CURLOPT_SSL_VERIFYPEER = 64,
  CURLOPT_MAXREDIRS = 68,
  CURLOPT_SSL_VERIFYHOST = 81,
  CURLOPT_NOSIGNAL = 99,
  CURLOPT_ACCEPT_ENCODING = 10102,
  CURLOPT_TIMEOUT_MS = 155,
  CURLOPT_CONNECTTIMEOUT_MS = 156,
  CURLOPT_POSTREDIR = 161,
  CURLOPT_PROTOCOLS = 181,
  CURLOPT_REDIR_PROTOCOLS = 182,
  CURLOPT_PROTOCOLS_STR = 10318,
  CURLOPT_REDIR_PROTOCOLS_STR = 10319,
  CURLOPT_WRITEFUNCTION = 20011,
  CURLOPT_HEADERFUNCTION = 20079,
  CURLOPT_POSTFIELDSIZE_LARGE = 30120,
  CURLINFO_RESPONSE_CODE = 0x200002,
  CURL_GLOBAL_ALL = 3,
  CURL_REDIR_POST_ALL = 7,
  CURLPROTO_HTTP = 1,
  CURLPROTO_HTTPS = 2,
  CURLE_OK = 0,
  CURLE_UNSUPPORTED_PROTOCOL = 1,
  CURLE_URL_MALFORMAT = 3,
  CURLE_COULDNT_RESOLVE_PROXY = 5,
  CURLE_COULDNT_RESOLVE_HOST = 6,
  CURLE_COULDNT_CONNECT = 7,
  CURLE_WEIRD_SERVER_REPLY = 8,
  CURLE_HTTP2 = 16,
  CURLE_PARTIAL_FILE = 18,
  CURLE_WRITE_ERROR = 23,
  CURLE_OUT_OF_MEMORY = 27,
  CURLE_OPERATION_TIMEDOUT = 28,
  CURLE_SSL_CONNECT_ERROR = 35,
  CURLE_TOO_MANY_REDIRECTS = 47,
  CURLE_GOT_NOTHING = 52,
  CURLE_SEND_ERROR = 55,
  CURLE_RECV_ERROR = 56,
  CURLE_PEER_FAILED_VERIFICATION = 60,
  CURLE_BAD_CONTENT_ENCODING = 61,
  CURLE_SSL_CACERT_BADFILE = 77,
  CURLE_SSL_ISSUER_ERROR = 83,
  CURLE_HTTP2_STREAM = 92,
};

typedef struct slist slist;

struct ctransfer_library {
  int (*global_init)(long);
  void *(*init)(void);
  int (*setopt)(void *, int, ...);
  int (*perform)(void *);
  int (*getinfo)(void *, int, ...);
  void (*cleanup)(void *);
  const char *(*strerror)(int);
  slist *(*append)(slist *, const char *);
  void (*free_all)(slist *);
};

const ctransfer_library *ctransfer_load(const char *name, char *reason, size_t size) {
  void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    const char *why = dlerror();
    snprintf(reason, size, "%s", why ? why : name);
    return NULL;
  }
  ctransfer_library *library = calloc(1, sizeof *library);
  if (!library) {
    snprintf(reason, size, "%s: no memory", name);
    return NULL;
  }
  const struct {
    void **function;
    const char *symbol;
  } wanted[] = {
      {(void **)&library->global_init, "curl_global_init"},
      {(void **)&library->init, "curl_easy_init"},
      {(void **)&library->setopt, "curl_easy_setopt"},
      {(void **)&library->perform, "curl_easy_perform"},
      {(void **)&library->getinfo, "curl_easy_getinfo"},
      {(void **)&library->cleanup, "curl_easy_cleanup"},
      {(void **)&library->strerror, "curl_easy_strerror"},
      {(void **)&library->append, "curl_slist_append"},
      {(void **)&library->free_all, "curl_slist_free_all"},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    *wanted[i].function = dlsym(handle, wanted[i].symbol);
    if (!*wanted[i].function) {
      snprintf(reason, size, "%s has no %s: it is not libcurl", name, wanted[i].symbol);
      free(library);
      return NULL;
    }
  }
  int code = library->global_init(CURL_GLOBAL_ALL);
  if (code != CURLE_OK) {
    snprintf(reason, size, "%s: %s", name, library->strerror(code));
    free(library);
    return NULL;
  }
  return library;
}

// Bytes as they arrive. The capacity doubles, so that appending costs O(1) a byte.
typedef struct {
  unsigned char *bytes;
  size_t size, capacity, maximum;
  int is_full;
  /// Of a header, whether the empty line after it was there.
  int is_ended;
} buffer;

static int append_bytes(buffer *to, const char *bytes, size_t count) {
  if (count > to->maximum - to->size) {
    to->is_full = 1;
    return 0;
  }
  if (to->size + count > to->capacity) {
    size_t capacity = to->capacity ? to->capacity : 16384;
    while (capacity < to->size + count) capacity *= 2;
    unsigned char *grown = realloc(to->bytes, capacity);
    if (!grown) return 0;
    to->bytes = grown;
    to->capacity = capacity;
  }
  memcpy(to->bytes + to->size, bytes, count);
  to->size += count;
  return 1;
}

static size_t take_body(char *bytes, size_t one, size_t count, void *body) {
  size_t size = one * count;
  return append_bytes(body, bytes, size) ? size : size + 1;
}

static size_t take_header(char *bytes, size_t one, size_t count, void *header) {
  size_t size = one * count;
  // Each answer begins with its status: of those before a redirect nothing is kept.
  buffer *to = header;
  if (size > 5 && memcmp(bytes, "HTTP/", 5) == 0) to->size = to->is_ended = 0;
  if (bytes[0] == '\n' || (size > 1 && bytes[0] == '\r' && bytes[1] == '\n')) to->is_ended = 1;
  return append_bytes(to, bytes, size) ? size : size + 1;
}

static ctransfer_outcome outcome_of(int code, int is_full) {
  if (is_full) return CTRANSFER_TOO_LARGE;
  switch (code) {
    case CURLE_OK: return CTRANSFER_DONE;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT: return CTRANSFER_UNREACHABLE;
    case CURLE_OPERATION_TIMEDOUT: return CTRANSFER_TIMED_OUT;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_PARTIAL_FILE:
    case CURLE_WRITE_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_BAD_CONTENT_ENCODING: return CTRANSFER_INTERRUPTED;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return CTRANSFER_UNTRUSTED;
    case CURLE_TOO_MANY_REDIRECTS: return CTRANSFER_REDIRECTED;
    case CURLE_URL_MALFORMAT: return CTRANSFER_BAD_URL;
    default: return CTRANSFER_FAILED;
  }
}

// Which protocols are spoken: HTTP and HTTPS, and from HTTPS no redirect to HTTP. curl 7.85 and later
// take them by name; before, by number.
static int set_protocols(const ctransfer_library *curl, void *handle, const char *url) {
  int is_secure = strncasecmp(url, "https:", 6) == 0;
  int code = curl->setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  if (code == CURLE_OK) {
    return curl->setopt(
        handle, CURLOPT_REDIR_PROTOCOLS_STR, is_secure ? "https" : "http,https");
  }
  long both = CURLPROTO_HTTP | CURLPROTO_HTTPS;
  code = curl->setopt(handle, CURLOPT_PROTOCOLS, both);
  if (code != CURLE_OK) return code;
  return curl->setopt(handle, CURLOPT_REDIR_PROTOCOLS, is_secure ? (long)CURLPROTO_HTTPS : both);
}

static int set_options(
    const ctransfer_library *curl, void *handle, const ctransfer_request *request, slist *headers,
    buffer *header, buffer *body, char *message) {
  int code = CURLE_OK;
#define SET(option, value) \
  if (code == CURLE_OK) code = curl->setopt(handle, option, value)
  SET(CURLOPT_ERRORBUFFER, message);
  SET(CURLOPT_URL, request->url);
  SET(CURLOPT_USERAGENT, request->user_agent);
  SET(CURLOPT_HTTPHEADER, (void *)headers);
  SET(CURLOPT_NOSIGNAL, 1L);
  SET(CURLOPT_CONNECTTIMEOUT_MS, request->connect_milliseconds);
  SET(CURLOPT_TIMEOUT_MS, request->total_milliseconds);
  SET(CURLOPT_LOW_SPEED_LIMIT, 1L);
  SET(CURLOPT_LOW_SPEED_TIME, request->stall_seconds);
  SET(CURLOPT_FOLLOWLOCATION, 1L);
  SET(CURLOPT_MAXREDIRS, request->redirects);
  SET(CURLOPT_POSTREDIR, (long)CURL_REDIR_POST_ALL);
  SET(CURLOPT_SSL_VERIFYPEER, 1L);
  SET(CURLOPT_SSL_VERIFYHOST, 2L);
  // The empty text means every compression that this curl can undo.
  SET(CURLOPT_ACCEPT_ENCODING, "");
  SET(CURLOPT_WRITEFUNCTION, take_body);
  SET(CURLOPT_WRITEDATA, (void *)body);
  SET(CURLOPT_HEADERFUNCTION, take_header);
  SET(CURLOPT_HEADERDATA, (void *)header);
  if (!request->uses_proxies) { SET(CURLOPT_PROXY, ""); }
  if (request->body) {
    SET(CURLOPT_POST, 1L);
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (long long)request->body_size);
    SET(CURLOPT_POSTFIELDS, (const void *)request->body);
  }
#undef SET
  return code == CURLE_OK ? set_protocols(curl, handle, request->url) : code;
}

// Runs the exchange with SIGPIPE held back: a peer that closes early must be an error, not the end of
// the program, and what the program does on that signal otherwise is not touched.
static int perform(const ctransfer_library *curl, void *handle) {
  sigset_t pipe, before, pending;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  sigpending(&pending);
  int was_pending = sigismember(&pending, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  int code = curl->perform(handle);
  sigpending(&pending);
  if (!was_pending && sigismember(&pending, SIGPIPE)) {
    int signal;
    sigwait(&pipe, &signal);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return code;
}

void ctransfer_send(
    const ctransfer_library *curl, const ctransfer_request *request,
    ctransfer_response *response) {
  memset(response, 0, sizeof *response);
  response->outcome = CTRANSFER_FAILED;
  buffer header = {.maximum = 1 << 20};
  buffer body = {.maximum = request->maximum_size};
  slist *headers = NULL;
  int code = CURLE_OUT_OF_MEMORY;
  void *handle = curl->init();
  int is_complete = handle != NULL;
  for (size_t i = 0; is_complete && request->headers[i]; i++) {
    slist *longer = curl->append(headers, request->headers[i]);
    if (longer) headers = longer;
    is_complete = longer != NULL;
  }
  if (is_complete) {
    code = set_options(curl, handle, request, headers, &header, &body, response->message);
    if (code == CURLE_OK) code = perform(curl, handle);
  }
  response->outcome = outcome_of(code, header.is_full || body.is_full);
  // A connection that is cut within the header is to curl an answer without a body.
  if (code == CURLE_OK && !header.is_ended) {
    response->outcome = CTRANSFER_INTERRUPTED;
    snprintf(response->message, sizeof response->message, "the header is not whole");
  }
  // From HTTPS to HTTP curl says that the protocol is not supported: a redirect that is not followed.
  if (code == CURLE_UNSUPPORTED_PROTOCOL && header.size > 0) {
    response->outcome = CTRANSFER_REDIRECTED;
  }
  if (handle) curl->getinfo(handle, CURLINFO_RESPONSE_CODE, &response->status);
  if (code != CURLE_OK && !response->message[0]) {
    snprintf(response->message, sizeof response->message, "%s", curl->strerror(code));
  }
  if (handle) curl->cleanup(handle);
  curl->free_all(headers);
  response->header = header.bytes;
  response->header_size = header.size;
  response->body = body.bytes;
  response->body_size = body.size;
}

void ctransfer_release(ctransfer_response *response) {
  free(response->header);
  free(response->body);
  memset(response, 0, sizeof *response);
}
