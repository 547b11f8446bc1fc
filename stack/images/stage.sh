#!/usr/bin/env bash
# Puts what an image is built from into one folder: stack/images/stage.sh BINARIES FOLDER PROGRAM...
# The programs, and of the libraries that they were linked with those that no Debian package brings: Swift's.
set -euo pipefail

fail() {
  printf 'stage: %s\n' "$1" >&2
  exit 2
}

[ $# -ge 3 ] || fail 'usage: stack/images/stage.sh BINARIES FOLDER PROGRAM...'
binaries=$1 folder=$2
shift 2
rm -rf "$folder"
mkdir -p "$folder"
for program in "$@"; do
  [ -f "$binaries/$program" ] || fail "there is no $binaries/$program: build it with \`make build\`"
  cp -L "$binaries/$program" "$folder/"
  while read -r library; do
    cp -Lu "$library" "$folder/"
  done < <(ldd "$binaries/$program" 2>/dev/null | awk '$3 ~ /\/swift\/linux\// { print $3 }')
  strip "$folder/$program" 2>/dev/null || true
done
