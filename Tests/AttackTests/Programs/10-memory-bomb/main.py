import mmap, os, sys

kept = []
while True:
    kind = sys.argv[1]
    if kind == "heap":
        kept.append(b"x" * (1 << 20))
    elif kind == "shared":
        kept.append(mmap.mmap(-1, 1 << 20))
        kept[-1].write(b"x" * (1 << 20))
    elif kind == "tmp":
        open(f"/tmp/{len(kept)}", "wb").write(b"x" * (1 << 20))
        kept.append(None)
    elif kind == "memfd":
        kept.append(os.memfd_create("m"))
        os.write(kept[-1], b"x" * (1 << 20))
