"""Tries every divisor of every number, without end: the time limit of an exercise."""
number = 2
while True:
    all(number % divisor for divisor in range(2, number))
    number += 1
