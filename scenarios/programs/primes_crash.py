"""Reads a number that is not there: the runtime error of an exercise."""
import sys

limit = int(sys.stdin.readline())
print([number for number in range(limit)][limit])
