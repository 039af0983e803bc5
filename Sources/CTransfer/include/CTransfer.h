#ifndef REGIONSIM_CTRANSFER_H
#define REGIONSIM_CTRANSFER_H

#include <stddef.h>

/// libcurl, loaded with `dlopen`, and one HTTP exchange over it.
///
/// It is C because `curl_easy_setopt` takes a variable number of arguments, which Swift cannot call.
/// No header of curl is needed to build: the numbers of its options are part of its ABI, which has
/// kept them since 2006 (https://curl.se/libcurl/abi.html), and stand in Transfer.c with their names.

/// The functions of a loaded library.
typedef struct ctransfer_library ctransfer_library;

/// What is sent.
typedef struct {
  const char *url;
  /// Lines such as `Accept: application/json`, ended by a null pointer.
  const char *const *headers;
  /// The body of a POST; a null pointer makes it a GET.
  const unsigned char *body;
  size_t body_size;
  const char *user_agent;
  long connect_milliseconds;
  long total_milliseconds;
  /// After so many seconds without a byte the exchange is given up.
  long stall_seconds;
  long redirects;
  /// The largest body that is taken, after decompression.
  size_t maximum_size;
  /// Whether the proxies that the environment names are used.
  int uses_proxies;
} ctransfer_request;

/// How an exchange went.
typedef enum {
  CTRANSFER_DONE,
  CTRANSFER_UNREACHABLE,
  CTRANSFER_TIMED_OUT,
  CTRANSFER_INTERRUPTED,
  CTRANSFER_UNTRUSTED,
  CTRANSFER_REDIRECTED,
  CTRANSFER_TOO_LARGE,
  CTRANSFER_BAD_URL,
  CTRANSFER_FAILED
} ctransfer_outcome;

/// What came back; to be released.
typedef struct {
  ctransfer_outcome outcome;
  long status;
  /// The header of the last answer, its lines ended by CR LF.
  unsigned char *header;
  size_t header_size;
  unsigned char *body;
  size_t body_size;
  /// What curl says of a failure.
  char message[512];
} ctransfer_response;

/// Loads a library and initialises it.
///
/// `name` is a name or path as `dlopen` takes it; `reason` gets why it cannot be used, of at most
/// `size` bytes. Returns a null pointer then. The library stays loaded.
const ctransfer_library *ctransfer_load(const char *name, char *reason, size_t size);

/// Sends a request and waits for the answer.
void ctransfer_send(
    const ctransfer_library *library, const ctransfer_request *request,
    ctransfer_response *response);

/// Frees what a response holds.
void ctransfer_release(ctransfer_response *response);

#endif
