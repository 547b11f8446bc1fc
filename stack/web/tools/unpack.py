"""Takes out of wheels the few files that are used: unpack.py WHEELS FOLDER, or unpack.py --deno WHEELS FOLDER."""

import pathlib
import sys
import zipfile

MONACO = "monaco/monaco-editor/"
# What the editor loads for the languages of the platform; the whole tree is four times as large.
EDITOR = [
    "loader.js",
    "editor/editor.main.js",
    "editor/editor.main.css",
    "editor/editor.main.nls.js",
    "base/worker/workerMain.js",
    "base/browser/ui/codicons/codicon/codicon.ttf",
    *(f"basic-languages/{name}/{name}.js" for name in ("cpp", "java", "javascript", "python")),
]


def take(wheel, wanted, folder):
    """`wanted` maps names in the wheel to names below the folder."""
    with zipfile.ZipFile(wheel) as archive:
        for name, target in wanted.items():
            path = folder / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(name))


def only(folder, pattern):
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        sys.exit(f"console: expected one {pattern} in {folder}, found {len(found)}")
    return found[0]


def main():
    *options, source, target = sys.argv[1:]
    source, target = pathlib.Path(source), pathlib.Path(target)
    if options == ["--deno"]:
        wheel = only(source, "deno-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            program = next(name for name in archive.namelist() if name.endswith("/deno"))
        return take(wheel, {program: "deno"}, target)
    monaco = only(source, "monaco_qt-*.whl")
    take(monaco, {f"{MONACO}min/vs/{name}": f"vs/{name}" for name in EDITOR}, target)
    take(monaco, {MONACO + name: f"vs/{name}" for name in ("LICENSE", "ThirdPartyNotices.txt")}, target)
    take(monaco, {MONACO + "package.json": "monaco.json"}, target)
    nicegui = only(source, "nicegui-*.whl")
    take(nicegui, {"nicegui/static/tailwindcss.min.js": "tailwindcss.min.js"}, target)


main()
