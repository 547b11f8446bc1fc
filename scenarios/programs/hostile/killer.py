# Kills everything that it may, and then looks whether it still stands.
import os
import signal

# A parent of 0 is one outside, and would mean its own group.
for target in [1, os.getppid() or 1, -1]:
    try:
        os.kill(target, signal.SIGKILL)
    except OSError:
        pass
print("still here")
