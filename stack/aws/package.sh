#!/usr/bin/env bash
# Makes a Lambda package of a built program: stack/aws/package.sh PROGRAM ZIP
# The zip holds the program with every library that it was linked with, the C library and its loader included, so it
# runs on provided.al2023 whatever distribution built it. The same program gives the same zip, byte for byte.
set -euo pipefail

fail() {
  printf 'package: %s\n' "$1" >&2
  exit "${2:-1}"
}

[ $# -eq 2 ] || fail 'usage: stack/aws/package.sh PROGRAM ZIP' 2
program=$1 zip=$2
[ -x "$program" ] || fail "there is no program $program: build it with \`make build\`" 2
name=$(basename "$program")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/lib"
cp -L "$program" "$work/$name"
strip "$work/$name" 2>/dev/null || true

# Lines of ldd: "NAME => PATH (ADDRESS)", and "PATH (ADDRESS)" for the loader.
while read -r library; do
  cp -L "$library" "$work/lib/"
done < <(ldd "$program" | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }')
if missing=$(ldd "$program" | awk '/not found/ { print $1 }') && [ -n "$missing" ]; then
  fail "$program needs libraries that are not here: $missing"
fi
loader=$(basename "$(ldd "$program" | awk '$1 ~ /\/ld-linux/ { print $1 }')")
[ -n "$loader" ] || fail "$program is not linked dynamically"

cat >"$work/bootstrap" <<SCRIPT
#!/bin/sh
exec /var/task/lib/$loader --library-path /var/task/lib --argv0 /var/task/$name /var/task/$name
SCRIPT
chmod 755 "$work/bootstrap" "$work/$name"
# Fixed times and order: a package changes when its contents do.
mkdir -p "$(dirname "$zip")"
python3 - "$work" "$zip" <<'PYTHON'
import pathlib, sys, zipfile
root, target = pathlib.Path(sys.argv[1]), sys.argv[2]
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        entry = zipfile.ZipInfo(str(path.relative_to(root)), (1980, 1, 1, 0, 0, 0))
        entry.external_attr = 0o100755 << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        package.writestr(entry, path.read_bytes())
PYTHON
bytes=$(stat -c %s "$zip")
[ "$bytes" -le 52428800 ] || fail "$zip has $bytes bytes; Lambda takes 50 MB"
printf 'package: %s, %d kB\n' "$zip" $((bytes / 1024))
