import os, sys

kind = sys.argv[1]
if kind == "small":
    for i in range(100000):
        os.close(os.open(f"/tmp/{i}", os.O_WRONLY | os.O_CREAT))
    print("100000 files")
    sys.exit()
file = os.open("/tmp/file", os.O_WRONLY | os.O_CREAT)
if kind == "sparse":
    os.truncate(file, 1 << 40)
elif kind == "fallocate":
    os.posix_fallocate(file, 0, 1 << 33)
else:
    while True:
        os.write(file, bytes(65536))
