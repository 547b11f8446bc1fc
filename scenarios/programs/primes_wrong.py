"""Counts one too many: it ends well, with the wrong answer."""
import sys

limit = int(sys.stdin.readline())
sieve = bytearray([1]) * limit
for number in range(2, int(limit**0.5) + 1):
    if sieve[number]:
        sieve[number * number :: number] = bytes(len(range(number * number, limit, number)))
print(sum(sieve) - 1)
