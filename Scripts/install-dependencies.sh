#!/bin/sh
# Installs what regionsim needs and is not there: OpenBLAS (libopenblas0) and libcurl (libcurl4), which it
# loads when it runs, the libraries of workbooks (libminizip-dev, zlib1g-dev, libexpat1-dev,
# libxlsxwriter-dev); with the argument "python" what a Python virtual environment needs, and with
# "presentation" the programs with which packs and reports are tried: Chromium, LibreOffice and the fonts
# of charts. Where it may not install, it says what to install and stops.
set -eu

packages=""
compiler=${CC:-$(command -v cc || command -v clang || echo cc)}

# Whether one of the libraries that regionsim looks for when it runs can be loaded.
can_load() {
  cat > "$work/probe.c" <<'EOF'
#include <dlfcn.h>

int main(int count, char **names) {
  for (int i = 1; i < count; i++) {
    if (dlopen(names[i], RTLD_LAZY)) return 0;
  }
  return 1;
}
EOF
  $compiler "$work/probe.c" -ldl -o "$work/probe" && OPENBLAS_NUM_THREADS=1 "$work/probe" "$@"
}

has_openblas() {
  if [ -n "${REGIONSIM_OPENBLAS:-}" ]; then can_load "$REGIONSIM_OPENBLAS"; return; fi
  can_load libopenblas.so.0 libopenblas.so /opt/homebrew/opt/openblas/lib/libopenblas.dylib \
    /usr/local/opt/openblas/lib/libopenblas.dylib
}

has_curl() {
  if [ -n "${REGIONSIM_CURL:-}" ]; then can_load "$REGIONSIM_CURL"; return; fi
  can_load libcurl.so.4 libcurl-gnutls.so.4 libcurl.4.dylib /usr/lib/libcurl.4.dylib
}

# The package of libcurl: its name has t64 in newer releases, where the old one is only provided.
curl_package() {
  if apt-cache show libcurl4t64 >/dev/null 2>&1; then echo libcurl4t64; else echo libcurl4; fi
}

# Whether the compiler finds a header.
has_header() {
  echo "#include <$1>" | $compiler -x c -fsyntax-only - 2>/dev/null
}

check_swift() {
  if ! command -v "${SWIFT:-swift}" >/dev/null 2>&1; then
    echo "Swift is missing. Install Swift 6.2 or later: https://www.swift.org/install/" >&2
    exit 1
  fi
  version=$("${SWIFT:-swift}" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p')
  major=${version%%.*}
  minor=${version#*.}
  if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
    echo "Swift $version is too old. Install Swift 6.2 or later: https://www.swift.org/install/" >&2
    exit 1
  fi
}

install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing: $packages (names in Debian and Ubuntu). Install them, then run make again." >&2
    exit 1
  fi
  if [ "$(id -u)" -eq 0 ]; then
    run=""
  elif command -v sudo >/dev/null 2>&1; then
    run="sudo"
  else
    echo "Missing: $packages. You are not root and there is no sudo. Ask an administrator to run:" >&2
    echo "  apt-get update && apt-get install -y $packages" >&2
    echo "Then run make again." >&2
    exit 1
  fi
  echo "Installing $packages"
  # shellcheck disable=SC2086
  $run apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "${1:-}" = "python" ]; then
  if ! python3 -c 'import venv, ensurepip' >/dev/null 2>&1; then packages="python3-venv"; fi
elif [ "${1:-}" = "presentation" ]; then
  has_any() { for name in "$@"; do command -v "$name" >/dev/null 2>&1 && return; done; return 1; }
  if ! has_any chromium chromium-browser google-chrome; then packages="chromium"; fi
  if ! has_any soffice libreoffice; then packages="$packages libreoffice-calc"; fi
  if ! fc-match Arial 2>/dev/null | grep -qi 'arial\|liberation'; then
    packages="$packages fontconfig fonts-liberation"
  fi
else
  check_swift
  if ! has_openblas; then packages="libopenblas0"; fi
  if ! has_curl; then packages="$packages $(curl_package) ca-certificates"; fi
  # Workbooks are read through minizip and expat; to write them the program loads libxlsxwriter.
  if ! has_header zlib.h; then packages="$packages zlib1g-dev"; fi
  if ! has_header minizip/unzip.h; then packages="$packages libminizip-dev"; fi
  if ! has_header expat.h; then packages="$packages libexpat1-dev"; fi
  if ! has_header xlsxwriter.h; then packages="$packages libxlsxwriter-dev"; fi
fi

if [ -n "$packages" ]; then install_packages; fi
