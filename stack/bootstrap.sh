#!/usr/bin/env bash
# Installs what rce-bench needs from Debian's or Ubuntu's packages. Says nothing when nothing is missing.
# Usage: stack/bootstrap.sh [--check|--peers]     --check only tells what is missing, and exits 1 if anything is;
#                                                 --peers installs what `make bench` compares with, as far as it can
set -euo pipefail

fail() {
  printf 'bootstrap: %s\n' "$@" >&2
  exit 1
}

swift_is_new_enough() {
  local version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
  [ -n "$version" ] || return 1
  # shellcheck disable=SC2086
  set -- $version
  [ "$1" -gt 6 ] || { [ "$1" -eq 6 ] && [ "$2" -ge 2 ]; }
}

require_swift() {
  command -v swift >/dev/null 2>&1 || fail \
    'no Swift toolchain found: `swift` is not in PATH.' \
    'Install Swift 6.2 or later from https://www.swift.org/install/linux/ and open a new shell.'
  swift_is_new_enough || fail \
    "the Swift toolchain is too old: $(swift --version 2>/dev/null | head -n 1)" \
    'rce-bench needs Swift 6.2 or later: https://www.swift.org/install/linux/'
}

# A library is there when its package is; a program is there when it can be run, wherever it came from.
missing_packages() {
  local package
  for package in libcurl4-openssl-dev libssl-dev libhiredis-dev libmicrohttpd-dev libsqlite3-dev libseccomp-dev zlib1g-dev; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
  command -v redis-server >/dev/null || echo redis-server
  command -v bwrap >/dev/null || echo bubblewrap
  command -v g++ >/dev/null || echo g++
  command -v javac >/dev/null || java_package
  command -v python3 >/dev/null || echo python3
  command -v node >/dev/null || echo nodejs
  command -v openssl >/dev/null || echo openssl
  command -v nghttpx >/dev/null || [ -x /usr/sbin/nghttpx ] || echo nghttp2-proxy
  command -v git >/dev/null || echo git
  # Only the tests of schemas and pages need these, and skip without them where a distribution has none.
  command -v chromium >/dev/null || candidate chromium
  /usr/bin/python3 -c 'import jsonschema' 2>/dev/null || candidate python3-jsonschema
  /usr/bin/python3 -c 'import yaml' 2>/dev/null || candidate python3-yaml
  python3 -c 'import ensurepip' 2>/dev/null || candidate python3-venv
}

# The package, where the distribution offers it; Ubuntu's chromium is a snap and cannot be installed in a container.
candidate() {
  local offered
  offered=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: //p')
  case $offered in '' | '(none)' | *snap*) ;; *) echo "$1" ;; esac
}

# Java 17 where the distribution has it, otherwise its default.
java_package() {
  if apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1; then
    echo openjdk-17-jdk-headless
  else
    echo default-jdk-headless
  fi
}

install() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "cannot install $* without root: run as root, or install sudo."
    as_root=(sudo)
  fi
  printf 'bootstrap: installing %s\n' "$*" >&2
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
    >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "apt-get could not install: $* (its whole output is in $log)"
  fi
  rm -f "$log"
}

# Other load generators, and a server that is quicker than all of them.
missing_peers() {
  command -v wrk >/dev/null || echo wrk
  command -v hey >/dev/null || echo hey
  command -v h2load >/dev/null || echo nghttp2-client
  [ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || echo nginx-light
}

if [ "${1:-}" = --peers ]; then
  mapfile -t missing < <(missing_peers)
  [ "${#missing[@]}" -eq 0 ] || (install "${missing[@]}") || echo 'bootstrap: comparisons without them are left out' >&2
  exit 0
fi

require_swift
command -v dpkg-query >/dev/null || fail 'this script knows Debian and Ubuntu (dpkg, apt-get); see README.md for the list.'
mapfile -t missing < <(missing_packages)
[ "${#missing[@]}" -eq 0 ] && exit 0
if [ "${1:-}" = --check ]; then
  printf 'bootstrap: missing: %s\n' "${missing[*]}" >&2
  exit 1
fi
install "${missing[@]}"
# A new machine has no package lists before its first update, so what a distribution offers is only known now.
mapfile -t missing < <(missing_packages)
[ "${#missing[@]}" -eq 0 ] || install "${missing[@]}"
mapfile -t missing < <(missing_packages)
[ "${#missing[@]}" -eq 0 ] || fail "still missing after the installation: ${missing[*]}"
