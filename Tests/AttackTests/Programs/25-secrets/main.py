import os, sys

for name, value in os.environ.items():
    print(f"{name}={value}")


def show(path, start=0, size=1 << 16):
    try:
        with open(path, "rb") as file:
            file.seek(start)
            sys.stderr.buffer.write(file.read(size))
    except (OSError, ValueError):
        pass


for process in [name for name in os.listdir("/proc") if name.isdigit()] + ["self", str(os.getppid())]:
    for name in ("environ", "cmdline", "stack"):
        show(f"/proc/{process}/{name}")
    try:
        areas = [line.split() for line in open(f"/proc/{process}/maps")]
    except OSError:
        continue
    for area in areas:
        if area[-1] == "[stack]":
            start, end = (int(text, 16) for text in area[0].split("-"))
            show(f"/proc/{process}/mem", start, end - start)
for path in sys.argv[1:]:
    show(path)
