import sys

print(len(sys.stdin.buffer.read()) if len(sys.argv) == 1 else 0)
