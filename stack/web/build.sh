#!/usr/bin/env bash
# Builds the web console into stack/web/dist: `stack/web/build.sh`, then `rce-api --console stack/web/dist`.
# Usage: stack/web/build.sh [--lint]      --lint only checks style and format of the sources, with deno
# React, Axios, esbuild and the TypeScript compiler are Debian's packages; Monaco and Tailwind come out of wheels that are
# pinned by their hashes. Everything that is not ours stays below .third_party and dist, which git ignores.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"
third=.third_party

fail() {
  printf 'console: %s\n' "$@" >&2
  exit 1
}

missing_packages() {
  local package
  for package in node-react node-react-dom node-axios esbuild node-typescript; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
  command -v node >/dev/null || echo nodejs
  python3 -m pip --version >/dev/null 2>&1 || echo python3-pip
}

install_packages() {
  local as_root=() log
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  printf 'console: installing %s\n' "$*" >&2
  log=$(mktemp)
  { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; fail "apt-get could not install: $*"; }
  rm -f "$log"
}

# Takes wheels of a list of hashes into a folder, once for each state of the list.
wheels() {
  local list=$1 folder=$third/$2
  cmp -s "$list" "$folder/list" && return 0
  rm -rf "$folder"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes -r "$list" -d "$folder" ||
    fail "the wheels of stack/web/$list cannot be had, or their hashes differ."
  cp "$list" "$folder/list"
}

# The files of `wheels` that the console is made of, each where the steps below look for it.
unpack() {
  local unpacked=$third/unpacked
  cmp -s web-assets.txt "$unpacked/list" && return 0
  rm -rf "$unpacked"
  python3 tools/unpack.py "$third/assets" "$unpacked"
  cp web-assets.txt "$unpacked/list"
}

if [ "${1:-}" = --lint ]; then
  [ "$(uname -m)" = x86_64 ] || { echo 'console: style is not checked: the pinned deno is for x86-64' >&2; exit 0; }
  wheels web-lint.txt lint
  [ -x "$third/deno" ] || { python3 tools/unpack.py --deno "$third/lint" "$third" && chmod +x "$third/deno"; }
  export DENO_NO_UPDATE_CHECK=1
  "$third/deno" fmt --quiet --check --config deno.json src
  exec "$third/deno" lint --quiet --config deno.json src
fi
[ $# -eq 0 ] || fail "unknown option $1; the only one is --lint."

mapfile -t missing < <(missing_packages)
[ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
wheels web-assets.txt assets
unpack

tsc --project tsconfig.json
rm -rf .build dist
mkdir -p .build dist/assets
# Debian keeps JavaScript modules where Node of another origin does not look by itself.
export NODE_PATH=/usr/share/nodejs
esbuild src/main.tsx --bundle --minify --format=esm --target=es2020 --jsx=automatic --log-level=warning \
  --define:process.env.NODE_ENV='"production"' --entry-names='[name]-[hash]' --outdir=dist/assets --legal-comments=linked
esbuild src/theme.ts --bundle --minify --format=iife --target=es2020 --log-level=warning \
  --entry-names='[name]-[hash]' --outdir=dist/assets
node tools/tailwind.mjs "$third/unpacked/tailwindcss.min.js" src .build/main.css
node tools/assemble.mjs "$third/unpacked" .build/main.css dist
