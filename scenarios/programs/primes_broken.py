"""Never closes what it opens: the compile error of an exercise."""
print(sum([1, 2, 3)
