import os, sys

number = 0
while True:
    os.write(1 + number % 2 if sys.argv[1] == "both" else int(sys.argv[1]), b"x" * 65536)
    number += 1
