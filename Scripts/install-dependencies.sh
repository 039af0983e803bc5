#!/bin/sh
# Installs what building regionsim needs and is not there: OpenBLAS (libopenblas-dev), and with the
# argument "python" what a Python virtual environment needs. Where it may not install, it says what
# to install and stops.
set -eu

packages=""
compiler=${CC:-$(command -v cc || command -v clang || echo cc)}

has_openblas() {
  printf '#include <cblas.h>\nint main(void) { return 0; }\n' > "$work/probe.c"
  flags=$(pkg-config --cflags --libs openblas 2>/dev/null || echo -lopenblas)
  # shellcheck disable=SC2086
  $compiler "$work/probe.c" $flags -o "$work/probe" 2>/dev/null
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
else
  check_swift
  if ! command -v pkg-config >/dev/null 2>&1; then packages="pkg-config"; fi
  if ! has_openblas; then packages="$packages libopenblas-dev"; fi
fi

packages=${packages# }
if [ -n "$packages" ]; then install_packages; fi
